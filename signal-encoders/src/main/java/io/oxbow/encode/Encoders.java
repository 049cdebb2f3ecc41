package io.oxbow.encode;

import io.oxbow.encode.video.LumaMotionEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The encoders there are, by their ids. A new encoder is a class and a line here. */
public final class Encoders {
    private static final Map<String, Supplier<? extends Encoder>> ENCODERS =
            new TreeMap<>(Map.of(LumaMotionEncoder.ID, LumaMotionEncoder::new));

    private Encoders() {}

    public static List<String> ids() {
        return List.copyOf(ENCODERS.keySet());
    }

    /** A new encoder for one stream; empty if no encoder has this id. */
    public static Optional<Encoder> create(String id) {
        Supplier<? extends Encoder> supplier = ENCODERS.get(id);
        return supplier == null ? Optional.empty() : Optional.of(supplier.get());
    }
}
