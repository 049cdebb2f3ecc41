package io.oxbow.kafka;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * DeepStream's protobuf payload, the message {@code nv.Frame}: all objects of a picture. Only what
 * {@link DeepStreamFrame} holds is read, the rest is passed over. Field numbers are those of
 * NVIDIA's {@code nvmsgconv/deepstream_schema/schema.proto}, as published with DeepStream 9 and in
 * its API reference ({@code nv::Frame}, {@code nv::Object}, {@code nv::Bbox}).
 *
 * <p>As protobuf has it, what is zero or empty need not be there, and of what is there twice the
 * last counts.
 */
final class DeepStreamProtobuf {
    private static final int FRAME_VERSION = delimited(1);
    private static final int FRAME_ID = delimited(2);
    private static final int FRAME_TIMESTAMP = delimited(3);
    private static final int FRAME_SENSOR_ID = delimited(4);
    private static final int FRAME_OBJECTS = delimited(5);

    private static final int TIMESTAMP_SECONDS = tag(1, WireFormat.WIRETYPE_VARINT);
    private static final int TIMESTAMP_NANOS = tag(2, WireFormat.WIRETYPE_VARINT);

    private static final int OBJECT_ID = delimited(1);
    private static final int OBJECT_BBOX = delimited(2);
    private static final int OBJECT_TYPE = delimited(3);

    private static final int BBOX_LEFT_X = tag(1, WireFormat.WIRETYPE_FIXED32);
    private static final int BBOX_TOP_Y = tag(2, WireFormat.WIRETYPE_FIXED32);
    private static final int BBOX_RIGHT_X = tag(3, WireFormat.WIRETYPE_FIXED32);
    private static final int BBOX_BOTTOM_Y = tag(4, WireFormat.WIRETYPE_FIXED32);

    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final CodedInputStream in;
    private final List<DeepStreamFrame.Box> boxes = new ArrayList<>();
    private String sensorId = "";
    private boolean timed;
    private long seconds;
    private int nanos;

    private String kind;
    private String track;
    private boolean boxed;
    private final float[] corners = new float[4];

    private DeepStreamProtobuf(byte[] bytes) {
        this.in = CodedInputStream.newInstance(bytes);
    }

    /**
     * Whether it begins as a frame does, and not as JSON: the byte before a frame's version is a
     * newline, which JSON may begin with too.
     */
    static boolean looksLike(byte[] bytes) {
        if (bytes.length == 0) {
            return false;
        }
        int first = bytes[0];
        return (first == FRAME_VERSION || first == FRAME_ID || first == FRAME_TIMESTAMP)
                && firstVisible(bytes) != '{';
    }

    /** The first byte that JSON does not take for blank, or a blank if there is none. */
    private static byte firstVisible(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b;
            }
        }
        return ' ';
    }

    /**
     * @throws EventDecodingException if the bytes are no such message, or it lacks a time
     */
    static DeepStreamFrame parse(byte[] bytes) throws EventDecodingException {
        try {
            return new DeepStreamProtobuf(bytes).frame();
        } catch (EventDecodingException e) {
            throw e;
        } catch (IOException e) {
            throw new EventDecodingException(
                    "The record is no frame of DeepStream in protobuf: " + e.getMessage(), e);
        }
    }

    private DeepStreamFrame frame() throws IOException, EventDecodingException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == FRAME_SENSOR_ID) {
                sensorId = in.readStringRequireUtf8();
            } else if (tag == FRAME_TIMESTAMP) {
                timed = true;
                nested(this::timestamp);
            } else if (tag == FRAME_OBJECTS) {
                addObject();
            } else {
                skip(tag);
            }
        }
        return new DeepStreamFrame(sensorId, eventTime(), boxes);
    }

    private void addObject() throws IOException, EventDecodingException {
        if (boxes.size() == DeepStreamFrame.MOST_OBJECTS) {
            throw new EventDecodingException(
                    "The message has more than " + DeepStreamFrame.MOST_OBJECTS + " objects.");
        }
        kind = "";
        track = "-1";
        boxed = false;
        Arrays.fill(corners, 0);
        nested(this::object);
        if (!boxed) {
            throw new EventDecodingException("An object has no box.");
        }
        boxes.add(DeepStreamFrame.box(kind, track, corners[0], corners[1], corners[2], corners[3]));
    }

    private void timestamp(int tag) throws IOException {
        if (tag == TIMESTAMP_SECONDS) {
            seconds = in.readInt64();
        } else if (tag == TIMESTAMP_NANOS) {
            nanos = in.readInt32();
        } else {
            skip(tag);
        }
    }

    private void object(int tag) throws IOException {
        if (tag == OBJECT_ID) {
            track = in.readStringRequireUtf8();
        } else if (tag == OBJECT_TYPE) {
            kind = in.readStringRequireUtf8();
        } else if (tag == OBJECT_BBOX) {
            boxed = true;
            nested(this::box);
        } else {
            skip(tag);
        }
    }

    private void box(int tag) throws IOException {
        if (tag == BBOX_LEFT_X) {
            corners[0] = in.readFloat();
        } else if (tag == BBOX_TOP_Y) {
            corners[1] = in.readFloat();
        } else if (tag == BBOX_RIGHT_X) {
            corners[2] = in.readFloat();
        } else if (tag == BBOX_BOTTOM_Y) {
            corners[3] = in.readFloat();
        } else {
            skip(tag);
        }
    }

    /** Reads a message within the message, field by field. */
    private void nested(FieldReader fields) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0) {
            throw new InvalidProtocolBufferException("A message has the length " + length + ".");
        }
        int outer = in.pushLimit(length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            fields.read(tag);
        }
        in.popLimit(outer);
    }

    private void skip(int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("A group ends that has not begun.");
        }
    }

    private long eventTime() throws EventDecodingException {
        if (!timed) {
            throw new EventDecodingException("The frame has no timestamp.");
        }
        boolean sound =
                seconds >= 0
                        && seconds < EventChecks.END_OF_TIME / 1_000
                        && nanos >= 0
                        && nanos < NANOS_PER_SECOND;
        if (!sound) {
            throw new EventDecodingException(
                    "The frame's timestamp is " + seconds + " s and " + nanos + " ns.");
        }
        return seconds * 1_000 + nanos / NANOS_PER_MILLI;
    }

    private static int delimited(int field) {
        return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /** What stands before a field's value. */
    private static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    @FunctionalInterface
    private interface FieldReader {
        void read(int tag) throws IOException;
    }
}
