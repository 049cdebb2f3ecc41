package io.oxbow.bench.diary;

/**
 * What Oxbow said of a fleet's week against the fleet's diary.
 *
 * @param plantedFound planted events with a peak in the answers within a minute
 * @param worstSeconds how far the worst of those was off
 * @param outagesFound outages told of as offline, ending at the first picture after
 * @param curveCells hours of the last day compared with the truth, all cameras
 * @param curveWithin share of them within the bound their curve stated
 * @param curveErrorHolds whether no curve was off by more, root mean square, than it stated
 * @param summaryStateBytes bytes of one stream's memory for answers
 * @param modelStateBytes bytes of one stream's model state
 * @param rawFeatureBytes bytes one stream's features of the week would have taken
 * @param groupAnswered streams in the answer to one question for the whole fleet
 */
record DiaryReport(
        int cameras,
        int days,
        long events,
        int planted,
        int plantedFound,
        double worstSeconds,
        int outages,
        int outagesFound,
        int curveCells,
        double curveWithin,
        boolean curveErrorHolds,
        int daySummaries,
        long summaryStateBytes,
        long modelStateBytes,
        long rawFeatureBytes,
        int queries,
        double queryMillisP50,
        double queryMillisP99,
        int groupAnswered,
        int groupMissing,
        int crashes,
        int rescales,
        double replaySeconds) {

    String text() {
        return String.join(
                System.lineSeparator(),
                "%d cameras, %d days, %,d events, %d crashes, %d of them with a rescale, %.0f s"
                        .formatted(cameras, days, events, crashes, rescales, replaySeconds),
                "planted events in the answers within a minute: %d of %d, worst %.0f s"
                        .formatted(plantedFound, planted, worstSeconds),
                "outages told of: %d of %d".formatted(outagesFound, outages),
                "hours of the last day: %d, %.1f %% within the stated bound, stated error %s"
                        .formatted(
                                curveCells,
                                100 * curveWithin,
                                curveErrorHolds ? "holds" : "does not hold"),
                "a stream's memory: %,d bytes for answers, %,d of the model; its features: %,d"
                        .formatted(summaryStateBytes, modelStateBytes, rawFeatureBytes),
                "%d questions, p50 %.1f ms, p99 %.1f ms"
                        .formatted(queries, queryMillisP50, queryMillisP99),
                "one question for all: %d streams answered, %d did not"
                        .formatted(groupAnswered, groupMissing));
    }
}
