package io.oxbow.encode;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.encode.sensor.SensorEncoder;
import io.oxbow.encode.video.LumaMotionEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The encoders there are, by their ids. A new encoder is a class and a line here.
 *
 * <p>Each is made for a format of its signal, one number: the sample rate of a sound, the channels
 * of a sensor; a video needs none.
 */
public final class Encoders {
    private record Entry(String id, IntFunction<Encoder> maker) {}

    private static final List<Entry> ENTRIES =
            List.of(
                    new Entry(LogMelEncoder.ID, LogMelEncoder::new),
                    new Entry(LumaMotionEncoder.ID, ignored -> new LumaMotionEncoder()),
                    new Entry(ObjectEncoder.ID, ignored -> new ObjectEncoder()),
                    new Entry(SensorEncoder.ID, SensorEncoder::new));

    private Encoders() {}

    public static List<String> ids() {
        return ENTRIES.stream().map(Entry::id).toList();
    }

    /**
     * A new encoder for one stream; empty if no encoder has this id.
     *
     * @param format sample rate of a sound, channels of a sensor, anything for a video
     */
    public static Optional<Encoder> create(String id, int format) {
        return ENTRIES.stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .map(entry -> entry.maker().apply(format));
    }
}
