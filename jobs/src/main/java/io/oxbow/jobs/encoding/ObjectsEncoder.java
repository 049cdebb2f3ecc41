package io.oxbow.jobs.encoding;

import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.encode.objects.SeenObject;
import io.oxbow.flink.event.Recording;
import io.oxbow.kafka.DeepStreamFrame;
import io.oxbow.kafka.EventDecodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects that DeepStream found in a picture to a vector. */
final class ObjectsEncoder implements SignalEncoder {
    private static final Pattern FORMAT = Pattern.compile("deepstream/(\\d{1,9})x(\\d{1,9})");

    private final ObjectEncoder encoder = new ObjectEncoder();

    @Override
    public long hash(Recording recording) {
        return encoder.hash();
    }

    @Override
    public Encoded encode(Recording recording, float[] references) throws RecordingException {
        Matcher format = FORMAT.matcher(recording.format());
        if (!format.matches()) {
            throw new RecordingException(
                    "objects of the format '" + recording.format() + "' are not read");
        }
        List<SeenObject> objects =
                objects(
                        recording.bytes(),
                        Integer.parseInt(format.group(1)),
                        Integer.parseInt(format.group(2)));
        References.resume(encoder, references);
        float[] features = new float[ObjectEncoder.DIM];
        encoder.encode(objects, recording.eventTime(), features, 0);
        return new Encoded(encoder.hash(), features, recording.health(), References.of(encoder));
    }

    private static List<SeenObject> objects(byte[] bytes, int width, int height)
            throws RecordingException {
        DeepStreamFrame frame;
        try {
            frame = DeepStreamFrame.parse(bytes);
        } catch (EventDecodingException e) {
            throw new RecordingException(e.getMessage());
        }
        List<SeenObject> objects = new ArrayList<>(frame.boxes().size());
        for (DeepStreamFrame.Box box : frame.boxes()) {
            objects.add(
                    new SeenObject(
                            box.kind(),
                            box.track(),
                            box.left() / width,
                            box.top() / height,
                            box.right() / width,
                            box.bottom() / height));
        }
        return objects;
    }
}
