package io.oxbow.flink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.TokenBatch;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.state.ResidentStream;
import io.oxbow.flink.state.TestResidentStreams;
import io.oxbow.flink.testing.TestStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
    private static final int STREAMS = 9;
    private static final int MAX_TOKENS = 50;

    @Test
    void packingGroupsStreamsAndKeepsTheirOrder() {
        Random random = new Random(4);
        List<ResidentStream<String>> streams = TestResidentStreams.of(STREAMS);
        MicroBatch batch = new MicroBatch(2, MAX_TOKENS, STREAMS);
        for (int round = 0; round < 50; round++) {
            int size = 1 + random.nextInt(MAX_TOKENS);
            List<ResidentStream<String>> streamOf = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ResidentStream<String> stream = streams.get(random.nextInt(STREAMS));
                streamOf.add(stream);
                batch.add(event(round, i), stream, 0.5f * i, 100 + i);
            }
            assertThat(batch.isFull()).isEqualTo(size == MAX_TOKENS);

            TokenBatch packed = batch.pack();

            assertThat(packed.tokenCount()).isEqualTo(size);
            assertThat(packed.streamCount()).isEqualTo(streamOf.stream().distinct().count());
            for (int s = 0; s < packed.streamCount(); s++) {
                float previous = -1;
                for (int t = packed.offsets()[s]; t < packed.offsets()[s + 1]; t++) {
                    int arrived = (int) packed.tokens()[2 * t + 1];
                    assertThat(streamOf.get(arrived).slot()).isEqualTo(packed.slots()[s]);
                    assertThat((float) arrived).isGreaterThan(previous);
                    assertThat(packed.dt()[t]).isEqualTo(0.5f * arrived);
                    assertThat(packed.eventTimes()[t]).isEqualTo(1_000L * round + arrived);
                    assertThat(batch.row(arrived)).isEqualTo(t);
                    assertThat(batch.stateVersion(arrived)).isEqualTo(100 + arrived);
                    assertThat(batch.event(arrived).seq()).isEqualTo(arrived);
                    previous = arrived;
                }
            }
            assertThat(streams).allMatch(s -> s.isPinned() == streamOf.contains(s));
            batch.clear();
            assertThat(batch.isEmpty()).isTrue();
            assertThat(streams).noneMatch(ResidentStream::isPinned);
        }
    }

    private static Observation event(int round, int i) {
        return TestStreams.event("s", i, 1_000L * round + i, round, i);
    }
}
