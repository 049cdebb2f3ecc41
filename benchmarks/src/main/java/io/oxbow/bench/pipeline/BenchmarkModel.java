package io.oxbow.bench.pipeline;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.flink.inference.ModelSource;
import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import java.util.Locale;
import java.util.OptionalLong;

/** The models that whole jobs are measured with; all take a feature event of 64 floats. */
public enum BenchmarkModel implements ModelSource {
    /** A bank of 32 complex modes a channel: 4,096 floats of state, 16 KiB. */
    S4D {
        @Override
        public SsmModel load() {
            return new SsmModel(
                    "bench",
                    "s4d",
                    BenchmarkPlans.channelScan(CHANNELS, MODES),
                    TimeMode.PER_EVENT,
                    1,
                    OptionalLong.empty());
        }
    },
    /** The same with two modes a channel: 256 floats of state, 1 KiB. */
    SMALL {
        @Override
        public SsmModel load() {
            return new SsmModel(
                    "bench-small",
                    "s4d",
                    BenchmarkPlans.channelScan(CHANNELS, 2),
                    TimeMode.PER_EVENT,
                    2,
                    OptionalLong.empty());
        }
    },
    /** The built-in model with its defaults. */
    MEMORY {
        @Override
        public SsmModel load() {
            return MemoryModel.build(MemoryConfig.forChannels(CHANNELS));
        }
    };

    /** Floats in an event. */
    public static final int CHANNELS = 64;

    private static final int MODES = 32;

    @Override
    public abstract SsmModel load();

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
