package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that earlier releases wrote, kept as {@code stored/<name>-v<version>.txt}: on each pair of
 * lines an event's bytes in hexadecimal, then its content as it is read today: a later field at its
 * default.
 */
class StoredEventsTest {
    private static final int EVENTS = 5;

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void everyVersionIsStillRead(EventType<R> type)
            throws IOException {
        for (int version = 1; version <= type.version(); version++) {
            List<String> lines = stored(type, version);
            assertThat(lines).hasSize(2 * EVENTS);
            for (int i = 0; i < lines.size(); i += 2) {
                byte[] bytes = HexFormat.of().parseHex(lines.get(i));

                R event = new EventDecoder().decode(type, bytes);

                assertThat(event).hasToString(lines.get(i + 1));
                if (version == type.version()) {
                    assertThat(new EventEncoder<>(type).encode(event)).isEqualTo(bytes);
                }
            }
        }
    }

    private static <R extends SpecificRecordBase> List<String> stored(
            EventType<R> type, int version) throws IOException {
        String name = "stored/" + type.name() + "-v" + version + ".txt";
        try (InputStream in = StoredEventsTest.class.getResourceAsStream(name)) {
            if (in == null) {
                Path written = write(type, Path.of("target", name));
                throw new AssertionError("Events to store as " + name + " are in " + written);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static <R extends SpecificRecordBase> Path write(EventType<R> type, Path file)
            throws IOException {
        RandomEvents events = new RandomEvents(11);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            byte[] bytes = new EventEncoder<>(type).encode(events.next(type));
            lines.append(HexFormat.of().formatHex(bytes)).append('\n');
            lines.append(new EventDecoder().decode(type, bytes)).append('\n');
        }
        Files.createDirectories(file.getParent());
        return Files.writeString(file, lines);
    }
}
