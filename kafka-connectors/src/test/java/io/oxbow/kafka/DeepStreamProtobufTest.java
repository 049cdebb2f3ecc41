package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;
import io.oxbow.flink.event.Recording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The bytes are made by protobuf's own encoder, from a description of the fields at hand. */
class DeepStreamProtobufTest {
    private static final long MILLIS = 1_772_366_400_250L;
    private static final FileDescriptor SCHEMA = schema();

    private static FileDescriptor schema() {
        FileDescriptorProto file =
                FileDescriptorProto.newBuilder()
                        .setSyntax("proto3")
                        .setPackage("nv")
                        .addDependency("google/protobuf/timestamp.proto")
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Frame")
                                        .addField(field("version", 1, Type.TYPE_STRING))
                                        .addField(field("id", 2, Type.TYPE_STRING))
                                        .addField(
                                                message("timestamp", 3, "google.protobuf.Timestamp")
                                                        .setLabel(Label.LABEL_OPTIONAL))
                                        .addField(field("sensorId", 4, Type.TYPE_STRING))
                                        .addField(message("objects", 5, "nv.Object")))
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Object")
                                        .addField(field("id", 1, Type.TYPE_STRING))
                                        .addField(
                                                message("bbox", 2, "nv.Bbox")
                                                        .setLabel(Label.LABEL_OPTIONAL))
                                        .addField(field("type", 3, Type.TYPE_STRING))
                                        .addField(field("confidence", 4, Type.TYPE_FLOAT))
                                        .addField(
                                                message("embedding", 6, "nv.Embedding")
                                                        .setLabel(Label.LABEL_OPTIONAL))
                                        .addField(field("speed", 10, Type.TYPE_FLOAT)))
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Bbox")
                                        .addField(field("leftX", 1, Type.TYPE_FLOAT))
                                        .addField(field("topY", 2, Type.TYPE_FLOAT))
                                        .addField(field("rightX", 3, Type.TYPE_FLOAT))
                                        .addField(field("bottomY", 4, Type.TYPE_FLOAT)))
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Embedding")
                                        .addField(
                                                field("vector", 1, Type.TYPE_FLOAT)
                                                        .setLabel(Label.LABEL_REPEATED)))
                        .build();
        try {
            return FileDescriptor.buildFrom(
                    file, new FileDescriptor[] {TimestampProto.getDescriptor()});
        } catch (com.google.protobuf.Descriptors.DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static FieldDescriptorProto.Builder message(String name, int number, String type) {
        return field(name, number, Type.TYPE_MESSAGE)
                .setTypeName("." + type)
                .setLabel(Label.LABEL_REPEATED);
    }

    /** Names and values in turns; a list is a repeated field's. */
    private static DynamicMessage message(String type, Object... fields) {
        Descriptor descriptor = SCHEMA.findMessageTypeByName(type);
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor);
        for (int i = 0; i < fields.length; i += 2) {
            FieldDescriptor field = descriptor.findFieldByName((String) fields[i]);
            builder.setField(field, fields[i + 1]);
        }
        return builder.build();
    }

    private static Timestamp time() {
        return Timestamp.newBuilder()
                .setSeconds(MILLIS / 1_000)
                .setNanos((int) (MILLIS % 1_000) * 1_000_000 + 999_999)
                .build();
    }

    private static DynamicMessage bbox(float left, float top, float right, float bottom) {
        return message("Bbox", "leftX", left, "topY", top, "rightX", right, "bottomY", bottom);
    }

    private static DynamicMessage person() {
        return message(
                "Object",
                "id",
                "17",
                "bbox",
                bbox(0, 108, 384, 540),
                "type",
                "Person",
                "confidence",
                0.8f,
                "embedding",
                message("Embedding", "vector", List.of(0.1f, -2f, 3f)),
                "speed",
                1.5f);
    }

    private static DynamicMessage vehicle() {
        return message(
                "Object",
                "id",
                "18446744073709551615",
                "bbox",
                bbox(10.5f, 20.25f, 30, 40),
                "type",
                "Vehicle");
    }

    private static byte[] frame(Object... objects) {
        return message(
                        "Frame",
                        "version",
                        "4.0",
                        "id",
                        "252",
                        "timestamp",
                        time(),
                        "sensorId",
                        "gate",
                        "objects",
                        Arrays.asList(objects))
                .toByteArray();
    }

    private static Decoded decode(byte[] bytes) {
        List<Decoded> out = new ArrayList<>();
        Configuration config =
                new Configuration().set(KafkaOptions.INPUTS, List.of("deepstream", "queries"));
        new EventDeserializer(EventExpectation.none(), config)
                .deserialize(
                        new ConsumerRecord<>("oxbow.deepstream", 1, 2, null, bytes),
                        new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return out.get(0);
    }

    private static String refused(byte[] bytes) {
        Decoded decoded = decode(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded).deadLetter().getError();
    }

    @Test
    void aFrameSaysWhatItsJsonSays() throws Exception {
        String json =
                """
                {"version": "4.0", "id": "252", "@timestamp": "2026-03-01T12:00:00.250Z",
                 "sensorId": "gate", "objects": ["17|0|108|384|540|Person",
                  "18446744073709551615|10.5|20.25|30|40|Vehicle"]}
                """;
        DeepStreamFrame frame = DeepStreamFrame.parse(frame(person(), vehicle()));
        assertThat(frame.boxes()).hasSize(2);
        assertThat(frame)
                .isEqualTo(DeepStreamFrame.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(DeepStreamFrame.parse(frame(vehicle(), person())));
        assertThat(DeepStreamFrame.parse(("\n" + json).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(frame);
    }

    @Test
    void aFrameIsARecordingOfObjects() {
        byte[] bytes = frame(person());
        Decoded decoded = decode(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        Recording recording = (Recording) ((Decoded.Accepted) decoded).event();
        assertThat(recording.streamId()).isEqualTo("gate");
        assertThat(recording.eventTime()).isEqualTo(MILLIS);
        assertThat(recording.kind()).isEqualTo(Recording.Kind.OBJECTS);
        assertThat(recording.bytes()).isEqualTo(bytes);
    }

    @Test
    void whatAFrameNeedNotSay() throws Exception {
        DeepStreamFrame empty =
                DeepStreamFrame.parse(
                        message("Frame", "timestamp", time(), "sensorId", "gate").toByteArray());
        assertThat(empty).isEqualTo(new DeepStreamFrame("gate", MILLIS, List.of()));
        DynamicMessage nameless = message("Object", "bbox", bbox(0, 0, 0, 0));
        assertThat(DeepStreamFrame.parse(frame(person(), nameless)).boxes().get(1))
                .isEqualTo(new DeepStreamFrame.Box("", -1, 0, 0, 0, 0));
    }

    @Test
    void brokenFramesAreDeadLettersThatSayWhy() {
        byte[] whole = frame(person());
        assertThat(refused(Arrays.copyOf(whole, whole.length - 3)))
                .startsWith("The record is no frame of DeepStream in protobuf: ");
        assertThat(refused(message("Frame", "version", "4.0", "sensorId", "gate").toByteArray()))
                .isEqualTo("The frame has no timestamp.");
        assertThat(refused(message("Frame", "version", "4.0", "timestamp", time()).toByteArray()))
                .isEqualTo("The event names no stream.");
        assertThat(refused(frame(message("Object", "id", "1")))).isEqualTo("An object has no box.");
        assertThat(refused(frame(message("Object", "bbox", bbox(2, 0, 1, 1)))))
                .contains("box is 2.0, 0.0 to 1.0");
        assertThat(refused(frame(message("Object", "bbox", bbox(Float.NaN, 0, 1, 1)))))
                .contains("box is NaN");
        assertThat(
                        refused(
                                message(
                                                "Frame",
                                                "version",
                                                "4.0",
                                                "timestamp",
                                                Timestamp.newBuilder()
                                                        .setSeconds(Long.MAX_VALUE)
                                                        .build())
                                        .toByteArray()))
                .isEqualTo("The frame's timestamp is 9223372036854775807 s and 0 ns.");
        Object[] crowd = new Object[10_001];
        Arrays.fill(crowd, vehicle());
        assertThat(refused(frame(crowd))).contains("more than 10000 objects");
    }

    @Test
    void textThatIsNoTextIsRefused() {
        ByteString broken =
                ByteString.copyFrom(frame(person()))
                        .concat(ByteString.copyFrom(new byte[] {0x22, 1, (byte) 0xff}));
        assertThat(refused(broken.toByteArray())).contains("invalid UTF-8");
    }

    /** Whatever the bytes are, the job goes on. */
    @Test
    void damagedFramesAreRefusedOrRead() {
        Random random = new Random(11);
        byte[] whole = frame(person(), vehicle());
        int refused = 0;
        for (int trial = 0; trial < 3_000; trial++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (decode(damaged) instanceof Decoded.Refused) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 2_999);
    }

    @Test
    void whatIsNeitherIsRefused() {
        assertThatThrownBy(() -> DeepStreamFrame.parse(new byte[] {8, 1}))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageStartingWith("The record is no JSON: ");
    }
}
