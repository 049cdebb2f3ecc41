package io.oxbow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.bench.pipeline.CpuWatch.Part;
import org.junit.jupiter.api.Test;

class CpuWatchTest {
    private static final String SOURCE = "Source: read observations -> refuse damaged (1/2)#0";
    private static final String TASK =
            "Oxbow inference -> Inferences -> Map -> Sink: Writer (2/2)#1";

    @Test
    void threadsAreToldApartByTheNamesThatFlinkAndKafkaGiveThem() {
        assertThat(Part.of(SOURCE)).isEqualTo(Part.SOURCES);
        assertThat(Part.of(TASK)).isEqualTo(Part.TASKS);
        assertThat(Part.of("Source Data Fetcher for " + SOURCE)).isEqualTo(Part.FETCHERS);
        assertThat(Part.of("kafka-producer-network-thread | producer-bench-0-1"))
                .isEqualTo(Part.PRODUCERS);
        assertThat(Part.of("Time Trigger for " + TASK)).isEqualTo(Part.OTHERS);
        assertThat(Part.of("OutputFlusher for " + SOURCE)).isEqualTo(Part.OTHERS);
        assertThat(Part.of("flink-metrics-scheduler-1")).isEqualTo(Part.OTHERS);
    }

    @Test
    void whatAnEventTookTravelsAsText() {
        CpuPerEvent cpu = new CpuPerEvent(6.1, 1.2, 1.9, 1.1, 0.7, 4.9, Double.NaN);
        assertThat(CpuPerEvent.of(cpu.argument())).isEqualTo(cpu);
    }
}
