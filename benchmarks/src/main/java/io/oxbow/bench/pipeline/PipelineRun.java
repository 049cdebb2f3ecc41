package io.oxbow.bench.pipeline;

import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.StepPlan;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs one {@link PipelineCase} on a cluster inside this process. Prints the seconds of it all, the
 * cluster's start and end included, and those of the job alone.
 */
public final class PipelineRun {
    private static final int CHANNELS = 64;
    private static final int MODES = 32;

    private PipelineRun() {}

    public static void main(String[] arguments) throws Exception {
        PipelineCase run = PipelineCase.of(arguments);
        long start = System.nanoTime();
        JobExecutionResult job = environment(run).execute("bench " + run.job());
        double jobSeconds = job.getNetRuntime(TimeUnit.MILLISECONDS) * 1e-3;
        System.out.println((System.nanoTime() - start) * 1e-9 + " " + jobSeconds);
    }

    /** Floats of state a stream has in the jobs that keep state. */
    static int stateFloats() {
        return 2 * CHANNELS * MODES;
    }

    private static StreamExecutionEnvironment environment(PipelineCase run) {
        Configuration options = new Configuration();
        options.set(StateBackendOptions.STATE_BACKEND, run.backend().toString());
        options.set(PipelineOptions.GENERIC_TYPES, false);
        options.set(OxbowOptions.COMPUTE_BACKEND, run.compute());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        environment.setParallelism(run.parallelism());
        DataStream<Tuple3<Integer, Integer, Float>> readings =
                environment
                        .fromSource(
                                new NumberSequenceSource(1, run.events()),
                                WatermarkStrategy.noWatermarks(),
                                "Numbers")
                        .map(new Readings(run.streams()))
                        .returns(Types.TUPLE(Types.INT, Types.INT, Types.FLOAT));
        switch (run.job()) {
            case IDENTITY ->
                    readings.keyBy(reading -> reading.f0)
                            .map(reading -> reading)
                            .returns(readings.getType())
                            .sinkTo(new DiscardingSink<>());
            case NAIVE ->
                    readings.keyBy(reading -> reading.f0)
                            .process(new NaiveScan(CHANNELS * MODES))
                            .returns(Types.FLOAT)
                            .sinkTo(new DiscardingSink<>());
            case OXBOW ->
                    SsmInference.from(readings)
                            .streamId(reading -> Integer.toString(reading.f0))
                            .eventTime(reading -> reading.f1.longValue())
                            .values(reading -> new float[] {reading.f2})
                            .model(PipelineRun::model)
                            .build()
                            .signals()
                            .sinkTo(new DiscardingSink<>());
        }
        return environment;
    }

    private static SsmModel model() {
        StepPlan plan = BenchmarkPlans.diagonalScan(CHANNELS, MODES);
        return new SsmModel("bench", "s4d", plan, TimeMode.PER_EVENT, 1, OptionalLong.empty());
    }
}
