package io.oxbow.kafka;

import io.oxbow.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message of NVIDIA DeepStream's {@code nvmsgconv} says: a camera, a time, and boxes. It is
 * JSON or protobuf ({@link DeepStreamProtobuf}).
 *
 * <p>JSON's minimal schema has all objects of a picture, each a text of fields between bars: track,
 * left, top, right, bottom, kind, and attributes that are not used. The full schema has one object
 * a message, {@code object.bbox}, whose kind is the name of the member beside it that is an object
 * itself, such as {@code vehicle}.
 *
 * @param boxes in pixels
 */
public record DeepStreamFrame(String sensorId, long eventTime, List<Box> boxes) {
    static final int MOST_OBJECTS = 10_000;
    private static final int LEAST_FIELDS = 6;
    private static final Set<String> NOT_KINDS =
            Set.of("bbox", "location", "coordinate", "pose", "embedding", "bbox3d");

    /**
     * One object.
     *
     * @param track the tracker's number, -1 if there is none
     */
    public record Box(String kind, long track, float left, float top, float right, float bottom) {}

    /**
     * @throws EventDecodingException if the bytes are no such message
     */
    public static DeepStreamFrame parse(byte[] bytes) throws EventDecodingException {
        if (DeepStreamProtobuf.looksLike(bytes)) {
            return DeepStreamProtobuf.parse(bytes);
        }
        Json.Obj message = ForeignJson.object(bytes);
        long time = ForeignJson.time(ForeignJson.text(message, "@timestamp"));
        if (message.get("objects") instanceof Json.Arr objects) {
            return new DeepStreamFrame(
                    ForeignJson.text(message, "sensorId"), time, minimal(objects));
        }
        String sensor = ForeignJson.text(ForeignJson.object(message, "sensor"), "id");
        Json.Obj object = ForeignJson.object(message, "object");
        return new DeepStreamFrame(sensor, time, List.of(full(object)));
    }

    private static List<Box> minimal(Json.Arr objects) throws EventDecodingException {
        if (objects.elements().size() > MOST_OBJECTS) {
            throw new EventDecodingException(
                    "The message has " + objects.elements().size() + " objects.");
        }
        List<Box> boxes = new ArrayList<>(objects.elements().size());
        for (Json element : objects.elements()) {
            if (!(element instanceof Json.Str text)) {
                throw new EventDecodingException("An object of the message is no text.");
            }
            String[] fields = text.value().split("\\|", -1);
            if (fields.length < LEAST_FIELDS) {
                throw new EventDecodingException(
                        "An object has "
                                + fields.length
                                + " fields, not track|left|top|right|bottom|kind.");
            }
            boxes.add(
                    box(
                            fields[5],
                            fields[0],
                            number(fields[1]),
                            number(fields[2]),
                            number(fields[3]),
                            number(fields[4])));
        }
        return boxes;
    }

    private static Box full(Json.Obj object) throws EventDecodingException {
        Json.Obj bbox = ForeignJson.object(object, "bbox");
        String kind = "";
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (member.getValue() instanceof Json.Obj && !NOT_KINDS.contains(member.getKey())) {
                kind = member.getKey();
            }
        }
        return box(
                kind,
                ForeignJson.text(object, "id"),
                ForeignJson.number(bbox, "topleftx"),
                ForeignJson.number(bbox, "toplefty"),
                ForeignJson.number(bbox, "bottomrightx"),
                ForeignJson.number(bbox, "bottomrighty"));
    }

    /** A box whose corners are numbers and in order. */
    static Box box(String kind, String track, double left, double top, double right, double bottom)
            throws EventDecodingException {
        boolean whole =
                Double.isFinite(left)
                        && Double.isFinite(top)
                        && Double.isFinite(right)
                        && Double.isFinite(bottom)
                        && left <= right
                        && top <= bottom;
        if (!whole) {
            throw new EventDecodingException(
                    "An object's box is "
                            + left
                            + ", "
                            + top
                            + " to "
                            + right
                            + ", "
                            + bottom
                            + ".");
        }
        return new Box(
                kind, track(track), (float) left, (float) top, (float) right, (float) bottom);
    }

    /** The largest number of 64 bits stands for none, and is -1 as a signed one. */
    private static long track(String text) {
        try {
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            // Trackers may name their objects by words too.
            return Integer.toUnsignedLong(text.hashCode());
        }
    }

    private static double number(String text) throws EventDecodingException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new EventDecodingException("'" + text + "' is no coordinate.", e);
        }
    }
}
