package io.oxbow.flink.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Resident streams for tests that have no state behind them. */
public final class TestResidentStreams {

    private TestResidentStreams() {}

    /** As many streams, their slots in no order. */
    public static List<ResidentStream<String>> of(int count) {
        List<ResidentStream<String>> streams = new ArrayList<>();
        for (int slot = 0; slot < count; slot++) {
            ResidentStream<String> stream = new ResidentStream<>(slot);
            stream.occupy("stream-" + slot);
            streams.add(stream);
        }
        Collections.shuffle(streams, new Random(count));
        return streams;
    }
}
