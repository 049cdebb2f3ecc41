package io.oxbow.bench.plan;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.inference.ModelSource;
import io.oxbow.flink.summary.StreamSummaries;
import io.oxbow.kafka.EventEncoder;
import io.oxbow.kafka.EventMapping;
import io.oxbow.kafka.EventMappings;
import java.io.IOException;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;

/** What can be told without running a job: bytes of states and of records. */
final class MeasuredCosts {
    /** Key, timestamp, CloudEvents headers and framing of a record, before compression. */
    private static final int RECORD_OVERHEAD = 230;

    private MeasuredCosts() {}

    /**
     * @param model its reference, for example {@code memory}
     * @param inputDim floats of an event
     * @param coreRate as measured by {@code bench pipeline}
     * @param writesInferences whether each event's inference is written
     */
    static Costs of(String model, int inputDim, double coreRate, boolean writesInferences)
            throws IOException {
        Configuration options =
                new Configuration()
                        .set(OxbowOptions.MODEL_URI, model)
                        .set(OxbowOptions.MODEL_INPUT_DIM, inputDim);
        long modelBytes = ModelSource.of(options).load().plan().layout().bytes();
        float[] values = values(inputDim);
        long in =
                bytes(
                        EventMappings.OBSERVATION,
                        new Observation(
                                "camera-0000001",
                                1,
                                1_000_000,
                                1_795_500_000_000L,
                                1_795_500_000_040L,
                                42,
                                values,
                                Health.OK,
                                Origin.NONE));
        long out =
                writesInferences
                        ? bytes(
                                EventMappings.INFERENCE,
                                new Inference(
                                        "camera-0000001",
                                        1,
                                        1_000_000,
                                        1_795_500_000_000L,
                                        1_795_500_000_040L,
                                        42,
                                        1_000_000,
                                        Health.OK,
                                        0.5f,
                                        0.5f,
                                        0.5f,
                                        values,
                                        values,
                                        values,
                                        new float[0],
                                        new float[0],
                                        new float[0]))
                        : 0;
        return new Costs(coreRate, modelBytes, StreamSummaries.bytesPerStream(options), in, out);
    }

    private static <V, R extends SpecificRecordBase> long bytes(
            EventMapping<V, R> mapping, V value) {
        return new EventEncoder<>(mapping.type()).encode(mapping.toRecord(value)).length
                + RECORD_OVERHEAD;
    }

    private static float[] values(int count) {
        Random random = new Random(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
