package io.oxbow.jobs.golden;

import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a reference file whose names start alike, by their roles. */
final class Reference {
    private static final String DOUBLE = "_f64";

    private final SafetensorsFile file;
    private final String prefix;

    Reference(SafetensorsFile file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    boolean has(String name) {
        return file.tensors().containsKey(prefix + name);
    }

    List<Integer> shape(String name) {
        return file.info(prefix + name).shape();
    }

    /** Whether a tensor holds floating-point numbers. */
    boolean real(String name) {
        return file.info(prefix + name).dtype().real();
    }

    double[] values(String name) {
        return file.doubles(prefix + name);
    }

    /** Features, or token ids as floats. */
    float[] inputs(String name) {
        TensorInfo tensor = file.info(prefix + name);
        if (tensor.dtype().real()) {
            return file.floats(prefix + name);
        }
        long[] ids = file.longs(prefix + name);
        float[] inputs = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            inputs[i] = ids[i];
        }
        return inputs;
    }

    /** Adds the tensor of that name, and the same in double, as references of {@code field}. */
    void outputs(String name, String field, List<GoldenTrial.Output> into) {
        for (String variant : List.of(name, name + DOUBLE)) {
            if (has(variant)) {
                into.add(new GoldenTrial.Output(field, values(variant)));
            }
        }
    }

    /** The step at which a run is to be broken; halfway where the reference names none. */
    int middle(int steps) throws IOException {
        if (!has("mid_step")) {
            return Math.max(1, steps / 2);
        }
        long middle = file.longs(prefix + "mid_step")[0];
        if (middle < 1 || middle >= steps) {
            throw new IOException("mid_step is " + middle + " of " + steps + " steps");
        }
        return (int) middle;
    }

    /** All reference states: tensors named mid.NAME, final.NAME, and the same in double. */
    List<GoldenTrial.State> states(int middle, int steps) {
        List<GoldenTrial.State> states = new ArrayList<>();
        for (String name : file.tensors().keySet()) {
            for (String moment : List.of("mid_f64.", "mid.", "final_f64.", "final.")) {
                if (name.startsWith(prefix + moment)) {
                    states.add(
                            new GoldenTrial.State(
                                    name.substring(prefix.length() + moment.length()),
                                    moment.startsWith("mid") ? middle : steps,
                                    file.doubles(name)));
                }
            }
        }
        return states;
    }
}
