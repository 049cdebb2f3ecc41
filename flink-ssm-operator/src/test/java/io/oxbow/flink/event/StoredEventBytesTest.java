package io.oxbow.flink.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events as they lie in the checkpoints of earlier builds are read, with every field they had.
 *
 * <p>Each version of each codec has two resources: the bytes of some events, and their fields, one
 * a line. {@code -Doxbow.stored-events.write=FOLDER} writes those of today; a codec with a new
 * version needs them, and the test says so.
 */
class StoredEventBytesTest {
    private static final String FOLDER = System.getProperty("oxbow.stored-events.write");
    private static final int MOST_BYTES = 4_096;

    @TempDir Path written;

    static List<EventTypeInfo<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void everyVersionIsRead(EventTypeInfo<T> type) throws Exception {
        EventCodec<T> codec = type.codec();
        write(type, FOLDER == null ? written : Path.of(FOLDER));
        Path stored = resources();
        for (int version = 1; version <= codec.version(); version++) {
            Path bytes = stored.resolve(name(codec, version) + ".bin");
            assertThat(bytes).as("-Doxbow.stored-events.write makes it").exists();
            List<String> fields = fields(codec, Files.readAllBytes(bytes));
            List<String> then = Files.readAllLines(stored.resolve(name(codec, version) + ".txt"));
            if (version == codec.version()) {
                assertThat(fields).isEqualTo(then);
                assertThat(again(codec, Files.readAllBytes(bytes)))
                        .as("bytes of version %d as they are written today", version)
                        .isEqualTo(Files.readAllBytes(bytes));
            } else {
                assertThat(fields).containsSubsequence(then);
            }
        }
    }

    private static <T> void write(EventTypeInfo<T> type, Path folder) throws IOException {
        EventCodec<T> codec = type.codec();
        DataOutputSerializer all = new DataOutputSerializer(256);
        for (T sample : SampleEvents.of(type.getTypeClass())) {
            DataOutputSerializer one = new DataOutputSerializer(256);
            codec.writeVersioned(sample, one);
            if (one.length() <= MOST_BYTES) {
                all.write(one.getCopyOfBuffer());
            }
        }
        String name = name(codec, codec.version());
        Files.write(folder.resolve(name + ".bin"), all.getCopyOfBuffer());
        Files.write(folder.resolve(name + ".txt"), fields(codec, all.getCopyOfBuffer()));
    }

    private static List<String> fields(EventCodec<?> codec, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        List<String> lines = new ArrayList<>();
        while (in.available() > 0) {
            Object event = codec.readVersioned(in);
            lines.add(event.getClass().getSimpleName());
            for (Object field : (List<?>) EventContent.of(event)) {
                lines.add("  " + field.toString().replace("\n", "\\n"));
            }
        }
        assertThat(lines).isNotEmpty();
        return lines;
    }

    private static <T> byte[] again(EventCodec<T> codec, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        DataOutputSerializer out = new DataOutputSerializer(bytes.length);
        while (in.available() > 0) {
            codec.writeVersioned(codec.readVersioned(in), out);
        }
        return out.getCopyOfBuffer();
    }

    private static String name(EventCodec<?> codec, int version) {
        return codec.name() + "-v" + version;
    }

    private static Path resources() throws Exception {
        return Path.of(
                        Objects.requireNonNull(
                                        StoredEventBytesTest.class.getResource(
                                                "/stored-state/events/observation-v1.bin"))
                                .toURI())
                .getParent();
    }
}
