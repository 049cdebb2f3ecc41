package io.oxbow.flink.event;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Samples of every event, the awkward ones included. */
final class SampleEvents {
    private static final List<Object> ALL =
            List.of(
                    observation("cam-1", new float[] {1, -0f, Float.NaN}, Origin.NONE),
                    observation(
                            "Straße/東門", new float[0], new Origin("oxbow.features", 3, 1L << 40)),
                    observation("x".repeat(70_000), new float[300], Origin.NONE),
                    new Recording(
                            "cam-1",
                            1,
                            2,
                            3,
                            4,
                            Recording.Kind.PICTURE,
                            "jpeg",
                            0,
                            0,
                            new byte[] {-1, 0, 1},
                            "s3://Straße/1",
                            "ab12",
                            Health.OK,
                            Origin.NONE),
                    new Query("q-1", "cam-1", "", "history", 1, 2, 0, 3, 4, 5, ""),
                    new Query(
                            "q-2", "", "yard", "peaks", Long.MIN_VALUE, 0, 7, 0, 0, -1, "answers"),
                    new Inference(
                            "cam-1",
                            1,
                            2,
                            3,
                            4,
                            77,
                            5,
                            Health.COVERED,
                            0.5f,
                            0.25f,
                            Float.NaN,
                            new float[] {1},
                            new float[] {2, 3},
                            new float[0],
                            new float[] {Float.MIN_VALUE},
                            new float[] {Float.POSITIVE_INFINITY},
                            new float[] {3.5f, 0, 4, 1}),
                    new StateReset("cam-1", 1, 2, 3, "state not finite"),
                    new Foresight(
                            new Query("q-3", "cam-1", "", "forecast", 0, 0, 0, 0, 0, 5, ""),
                            2,
                            new float[] {1, 2, 3, 4},
                            new float[] {0, 1, 2, Float.NEGATIVE_INFINITY},
                            new float[] {2, 3, 4, -0f}),
                    new Rejected(
                            observation("cam-2", new float[] {7}, Origin.NONE),
                            "inference",
                            "NaN in channel 0"),
                    new Summary(
                            "cam-1",
                            "hour",
                            1,
                            2,
                            3,
                            4,
                            5,
                            0.5f,
                            1.5f,
                            Float.NaN,
                            1.25f,
                            0.75f,
                            Float.NaN,
                            new Timeline(1, 2, new float[] {1, Float.NaN}, 0.25f, 0.5f),
                            Timeline.EMPTY,
                            List.of(new ChannelCurve(3, "light", Timeline.EMPTY)),
                            new Stretch(1, 2, 3),
                            Stretch.NONE,
                            List.of(
                                    new Peak(1, 0.9f, 1e-9f, 34, "light in the middle"),
                                    new Peak(2, 0.8f, 1e-3f, -1, "")),
                            List.of(
                                    new HealthInterval(Health.COVERED, 1, 2),
                                    new HealthInterval(Health.OFFLINE, 1, HealthInterval.OPEN)),
                            List.of(new News("activity", "", 2)),
                            "Quiet at the Straße."),
                    new Roster(
                            new Query("q", "a,b", "a,b", "peaks", 1, 2, 0, 3, 4, 5, ""),
                            List.of("a", "b")),
                    new Anomaly(
                            "cam-1",
                            "novelty",
                            Anomaly.Phase.CLOSE,
                            1,
                            2,
                            0.5f,
                            1e-7f,
                            List.of(new Attribution(3, 0.5f, 2, 6.5f)),
                            "cam-1/novelty/1",
                            "Unusual.",
                            List.of(new Evidence("range", 3, 4.5f))),
                    new Answer(
                            "q-1",
                            "cam-*",
                            "cam-*",
                            "history",
                            "ok",
                            1,
                            2,
                            3,
                            4,
                            Timeline.EMPTY,
                            Timeline.EMPTY,
                            List.of(),
                            List.of(),
                            List.of(new HealthInterval(Health.NIGHT, 1, 2)),
                            List.of(new RankedStream("cam-1", "ok", 0.5, 3, "Three events.")),
                            List.of("cam-2"),
                            Map.of("events", 3.0, "coverage", Double.NaN),
                            "Three events.",
                            ""),
                    update("", Origin.NONE),
                    update("ab".repeat(32), new Origin("oxbow.models", 1, 7)),
                    new ModelVerdict(
                            update("", Origin.NONE),
                            ModelVerdict.Outcome.RESETS_STATES,
                            -1,
                            0x5eedL,
                            "Every memory begins anew."));

    private SampleEvents() {}

    /** All samples that are a {@code T}; at least one. */
    static <T> List<T> of(Class<T> type) {
        Stream<T> samples = ALL.stream().filter(type::isInstance).map(type::cast);
        List<T> found = samples.toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("give SampleEvents a " + type.getSimpleName());
        }
        return found;
    }

    private static ModelUpdate update(String sha256, Origin origin) {
        return new ModelUpdate("Straße", 1L << 40, "s3://models/2", sha256, -3, origin);
    }

    private static Observation observation(String streamId, float[] values, Origin origin) {
        return new Observation(streamId, 1, 2, 3, -4, 0x5eedL, values, Health.FROZEN, origin);
    }
}
