package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Health;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodingTest {
    private static final long SEED = 42;

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void whatIsWrittenIsRead(EventType<R> type)
            throws EventDecodingException {
        RandomEvents events = new RandomEvents(SEED);
        EventEncoder<R> encoder = new EventEncoder<>(type);
        EventDecoder decoder = new EventDecoder();
        for (int i = 0; i < 200; i++) {
            R event = events.next(type);
            byte[] bytes = encoder.encode(event);

            R read = decoder.decode(type, bytes);

            assertThat(read).isEqualTo(event);
            assertThat(new EventEncoder<>(type).encode(read)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void everyTruncationIsRefused(EventType<R> type) {
        byte[] bytes = new EventEncoder<>(type).encode(new RandomEvents(SEED).next(type));
        EventDecoder decoder = new EventDecoder();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoder.decode(cut))
                    .isInstanceOf(EventDecodingException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void trailingBytesAreRefused(EventType<R> type) {
        byte[] bytes = new EventEncoder<>(type).encode(new RandomEvents(SEED).next(type));

        assertThatThrownBy(() -> new EventDecoder().decode(Arrays.copyOf(bytes, bytes.length + 3)))
                .isInstanceOf(EventDecodingException.class)
                .hasMessage("3 bytes follow the end of the %s.", type.schema().getName());
    }

    /** Overwritten, inserted, deleted and shuffled bytes: an event or one sentence, never more. */
    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void noDamageEscapes(EventType<R> type) {
        Random random = new Random(SEED);
        RandomEvents events = new RandomEvents(SEED);
        EventEncoder<R> encoder = new EventEncoder<>(type);
        EventDecoder decoder = new EventDecoder();
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = damage(encoder.encode(events.next(type)), random);
            try {
                decoder.decode(damaged);
            } catch (EventDecodingException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s)\\S.*\\S");
            } catch (RuntimeException | Error e) {
                fail("%s escaped for %s", e, Arrays.toString(damaged));
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    private static byte[] damage(byte[] bytes, Random random) {
        int headerLength = EventEncoder.HEADER_LENGTH;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = headerLength + random.nextInt(bytes.length - headerLength);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> {
                    for (int i = at; i < Math.min(at + 9, bytes.length); i++) {
                        bytes[i] = (byte) 0xFF;
                    }
                }
                default -> System.arraycopy(bytes, at, bytes, headerLength, bytes.length - at);
            }
        }
        return bytes;
    }

    @Test
    void noiseIsRefused() {
        Random random = new Random(SEED);
        EventDecoder decoder = new EventDecoder();
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThatThrownBy(() -> decoder.decode(noise))
                    .isInstanceOf(EventDecodingException.class);
        }
    }

    @Test
    void aLengthIsNotBelieved() {
        for (long length : new long[] {1, 1L << 31, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(new byte[] {0, 0x6F, 0x78, 0x02, 0x01});
            writeLong(length, bytes);

            assertThatThrownBy(() -> new EventDecoder().decode(bytes.toByteArray()))
                    .isInstanceOf(EventDecodingException.class)
                    .hasMessage("A string claims a length of %d, but 0 bytes are left.", length);
        }
    }

    @Test
    void aCountIsNotBelieved() {
        for (long count : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(new byte[] {0, 0x6F, 0x78, 0x03, 0x01});
            // streamId "", epoch, seq, eventTime, clockSource, ingestTime, channels, then samples
            bytes.writeBytes(new byte[7]);
            writeLong(count, bytes);

            assertThatThrownBy(() -> new EventDecoder().decode(bytes.toByteArray()))
                    .isInstanceOf(EventDecodingException.class);
        }
    }

    @Test
    void eachDamageHasItsSentence() {
        assertRefused(null, "The record is empty.");
        assertRefused(new byte[0], "The record is empty.");
        assertRefused(
                new byte[] {'{', '"', 'a', '"', ':'},
                "An event begins with a zero byte, this record with 123.");
        assertRefused(new byte[] {0, 1, 2}, "The record ends after 3 bytes, within its schema id.");
        assertRefused(new byte[] {0, 0, 0, 0, 9}, "No schema has the id 9.");
        assertRefused(new byte[] {0, 0x6F, 0x78, 0x02, 0x01}, "The record ends within the event.");
        assertRefused(
                new byte[] {0, 0x6F, 0x78, 0x02, 0x01, 2, (byte) 0xC3},
                "A string is not valid UTF-8.");
    }

    private static void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> new EventDecoder().decode(bytes))
                .isInstanceOf(EventDecodingException.class)
                .hasMessage(sentence);
    }

    @Test
    void anotherTypeIsRefused() {
        byte[] bytes =
                new EventEncoder<>(EventTypes.AUDIO)
                        .encode(new RandomEvents(SEED).next(EventTypes.AUDIO));

        assertThatThrownBy(() -> new EventDecoder().decode(EventTypes.FRAME, bytes))
                .isInstanceOf(EventDecodingException.class)
                .hasMessage("This is an event of type Audio, not Frame.");
    }

    @Test
    void anIncompleteEventIsNotWritten() {
        Features event = features();
        event.put("streamId", null);

        assertThatThrownBy(() -> new EventEncoder<>(EventTypes.FEATURES).encode(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features event is incomplete");
    }

    /** What a producer in another language writes, with fields it knows in an order of its own. */
    @Test
    void aForeignSchemaIsResolved() throws Exception {
        Schema foreign =
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Features",
                                 "namespace": "io.oxbow.kafka.event", "fields": [
                                  {"name": "vector", "type": "bytes"},
                                  {"name": "shelf", "type": {"type": "array", "items": "string"}},
                                  {"name": "dim", "type": "int"},
                                  {"name": "seq", "type": "int"},
                                  {"name": "eventTime", "type": "long"},
                                  {"name": "streamId", "type": "string"}]}
                                """);
        GenericData.Record event = new GenericData.Record(foreign);
        event.put("vector", ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3F}));
        event.put("shelf", List.of("a", "b"));
        event.put("dim", 1);
        event.put("seq", 7);
        event.put("eventTime", 1_000L);
        event.put("streamId", "cam");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 12});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(foreign).write(event, encoder);
        encoder.flush();

        Features read =
                new EventDecoder(id -> id == 12 ? foreign : null)
                        .decode(EventTypes.FEATURES, bytes.toByteArray());

        assertThat(read.getStreamId()).isEqualTo("cam");
        assertThat(read.getSeq()).isEqualTo(7);
        assertThat(read.getEpoch()).isZero();
        assertThat(read.getHealth()).isEqualTo(Health.OK);
        assertThat(read.getDtype()).isEqualTo(ElementType.F32);
        assertThat(Vectors.floats(read.getVector())).containsExactly(1f);
    }

    @Test
    void aSchemaThatIsNoEventIsRefused() {
        Schema other = Schema.createRecord("Invoice", null, "shop", false, List.of());

        assertThatThrownBy(() -> new EventDecoder(id -> other).decode(new byte[] {0, 0, 0, 0, 1}))
                .isInstanceOf(EventDecodingException.class)
                .hasMessage("The schema shop.Invoice describes no event of Oxbow.");
    }

    @Test
    void identitiesNameTheEvent() {
        assertThat(EventTypes.FEATURES.identity(features())).isEqualTo("cam-1/2/3");
        assertThat(EventTypes.FEATURES.key(features())).isEqualTo("cam-1");
        assertThat(EventTypes.FEATURES.eventTime(features())).isEqualTo(4);
        Map<EventType<?>, String> keys = new HashMap<>();
        EventTypes.all().forEach(type -> keys.put(type, type.defaultTopic()));
        assertThat(keys.values()).doesNotHaveDuplicates().contains("oxbow.dead-letters");
    }

    private static Features features() {
        return new Features(
                "cam-1",
                2L,
                3L,
                4L,
                ClockSource.DEVICE,
                5L,
                "luma-motion-64.v1",
                6L,
                1,
                ElementType.F32,
                ByteBuffer.wrap(new byte[4]),
                Health.OK);
    }

    private static void writeLong(long value, ByteArrayOutputStream out) {
        long zigzag = value << 1 ^ value >> 63;
        while ((zigzag & ~0x7FL) != 0) {
            out.write((int) (zigzag & 0x7F | 0x80));
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
    }
}
