package io.oxbow.jobs.golden;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far one case is from its reference.
 *
 * @param name the case: its place in the folder
 * @param outputMaxAbs largest absolute difference of an output, from the first event to the last
 * @param stateMaxAbs largest absolute difference of a state, in the middle and at the end
 * @param restoredMaxAbs largest absolute difference of an output after the state was taken out in
 *     the middle, serialised and put into another kernel; also after the reference's own state was
 * @param tolerance what outputs must stay within
 * @param stateTolerance what states must stay within: a share of the largest of them
 * @param reading options that decide what the model's config leaves open, where the reference needs
 *     others than the usual ones; else null
 * @param error why the case could not be run, or null
 */
record GoldenResult(
        @JsonProperty("case") String name,
        String backend,
        Double outputMaxAbs,
        Double stateMaxAbs,
        Double restoredMaxAbs,
        Double tolerance,
        Double stateTolerance,
        boolean ok,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reading,
        @JsonInclude(JsonInclude.Include.NON_NULL) String error) {

    static GoldenResult failed(String name, String backend, String error) {
        return new GoldenResult(name, backend, null, null, null, null, null, false, null, error);
    }

    String text() {
        if (error != null) {
            return "FAILED  %-28s %s".formatted(name, error);
        }
        return "%-7s %-28s %-8s output %.1e  restored %.1e  (within %.0e)  state %.1e (within %.1e)%s"
                .formatted(
                        ok ? "ok" : "FAILED",
                        name,
                        backend,
                        outputMaxAbs,
                        restoredMaxAbs,
                        tolerance,
                        stateMaxAbs,
                        stateTolerance,
                        reading == null ? "" : "  read with " + reading);
    }
}
