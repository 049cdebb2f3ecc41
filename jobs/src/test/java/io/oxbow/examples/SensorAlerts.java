package io.oxbow.examples;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.inference.SsmInference;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The DataStream API: readings in, the rare ones out. No training, no model file. */
public final class SensorAlerts {
    /** A class with public fields, so that Flink serializes it by itself. */
    public static final class Reading {
        public String sensor = "";
        public long millis;
        public float temperature;
    }

    private SensorAlerts() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        // A collection read by several tasks loses its order; Kafka keeps that of a partition.
        environment.setParallelism(1);
        rare(environment.fromData(LongStream.range(0, 5_000).mapToObj(SensorAlerts::at).toList()))
                .print();
        environment.execute();
    }

    static DataStream<Inference> rare(DataStream<Reading> readings) throws Exception {
        return SsmInference.from(readings)
                .streamId(reading -> reading.sensor)
                .eventTime(reading -> reading.millis)
                .values(reading -> new float[] {reading.temperature})
                .option(OxbowOptions.MODEL_INPUT_DIM, 1)
                .build()
                .inferences()
                .filter(inference -> inference.pValue() < 1e-4);
    }

    /** A slow wave with noise, and a jump at 4000 to where it never was. */
    static Reading at(long i) {
        Reading reading = new Reading();
        reading.sensor = "boiler";
        reading.millis = 1_000 * i;
        double noise = new Random(i).nextGaussian();
        reading.temperature = (float) (60 + 5 * Math.sin(i / 50.0) + 0.3 * noise);
        if (i == 4_000) {
            reading.temperature += 15;
        }
        return reading;
    }
}
