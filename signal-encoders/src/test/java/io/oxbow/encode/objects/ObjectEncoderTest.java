package io.oxbow.encode.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectEncoderTest {
    private static final long TIME = 1_795_500_000_123L;

    private final ObjectEncoder encoder = new ObjectEncoder();

    private float[] encode(long millis, SeenObject... objects) {
        float[] features = new float[ObjectEncoder.DIM];
        encoder.encode(List.of(objects), millis, features, 0);
        return features;
    }

    private static SeenObject box(String kind, long track, float x, float y, float side) {
        return new SeenObject(kind, track, x - side / 2, y - side / 2, x + side / 2, y + side / 2);
    }

    @Test
    void countsByKindSizeAndPlace() {
        float[] features =
                encode(
                        TIME,
                        box("Person", 1, 0.1f, 0.1f, 0.1f),
                        box("PEDESTRIAN", 2, 0.9f, 0.9f, 0.6f),
                        box("Bus", 3, 0.4f, 0.1f, 0.01f),
                        box("zebra", SeenObject.UNTRACKED, 1.2f, -0.2f, 0.1f));
        assertThat(features[0]).isEqualTo(4);
        assertThat(features[1]).as("people").isEqualTo(2);
        assertThat(features[6]).as("trucks and buses").isEqualTo(1);
        assertThat(features[8]).as("others").isEqualTo(1);
        assertThat(features[9]).as("over a quarter").isEqualTo(1);
        assertThat(features[17]).as("top left").isEqualTo(1);
        assertThat(features[18]).as("top, second column").isEqualTo(1);
        assertThat(features[20]).as("out of the picture counts at its edge").isEqualTo(1);
        assertThat(features[32]).as("bottom right").isEqualTo(1);
        assertThat(features[33]).as("unknown speeds").isEqualTo(4);
        assertThat(features[46]).as("came").isEqualTo(3);
        assertThat(features[55]).as("largest").isCloseTo(0.36f, within(1e-5f));
    }

    @Test
    void speedAndDirectionComeFromThePictureBefore() {
        encode(TIME, box("car", 7, 0.2f, 0.5f, 0.1f), box("car", 8, 0.5f, 0.5f, 0.1f));
        float[] features =
                encode(
                        TIME + 500,
                        box("car", 7, 0.5f, 0.5f, 0.1f),
                        box("car", 8, 0.5f, 0.51f, 0.1f),
                        box("car", 9, 0.5f, 0.5f, 0.1f));
        assertThat(features[33]).as("unknown").isEqualTo(1);
        assertThat(features[35]).as("slow").isEqualTo(1);
        assertThat(features[37]).as("fast").isEqualTo(1);
        assertThat(features[38]).as("to the right").isEqualTo(1);
        assertThat(features[40]).as("downwards").isEqualTo(1);
        assertThat(features[54]).as("mean speed").isCloseTo((0.6f + 0.02f) / 2, within(1e-4f));
        float[] after = encode(TIME + 1000, box("car", 9, 0.5f, 0.5f, 0.1f));
        assertThat(after[47]).as("went").isEqualTo(2);
        assertThat(after[34]).as("at rest").isEqualTo(1);
    }

    @Test
    void anEmptyPictureIsNoNumberOutOfPlace() {
        float[] features = encode(TIME);
        assertThat(features).doesNotContain(Float.NaN);
        assertThat(features[0]).isZero();
        assertThat(features[50]).isEqualTo(0.5f);
    }

    /** Whatever the cut, the vectors after a restore are those without. */
    @Test
    void whatIsSavedGoesOnBitForBit() {
        Random random = new Random(3);
        ObjectEncoder whole = new ObjectEncoder();
        ObjectEncoder pieced = new ObjectEncoder();
        float[] state = new float[whole.stateFloats()];
        float[] expected = new float[ObjectEncoder.DIM];
        float[] actual = new float[ObjectEncoder.DIM];
        for (int picture = 0; picture < 200; picture++) {
            List<SeenObject> objects = new ArrayList<>();
            int count = random.nextInt(90);
            for (int i = 0; i < count; i++) {
                objects.add(
                        box(
                                "car",
                                random.nextInt(4) == 0 ? -1 : random.nextInt(100) + (1L << 40),
                                random.nextFloat(),
                                random.nextFloat(),
                                random.nextFloat()));
            }
            long millis = TIME + 40L * picture + random.nextInt(40);
            whole.encode(objects, millis, expected, 0);
            ObjectEncoder restored = new ObjectEncoder();
            pieced.save(state, 0);
            restored.restore(state, 0);
            pieced = restored;
            pieced.encode(objects, millis, actual, 0);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void everyChannelHasANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (int channel = 0; channel < encoder.dim(); channel++) {
            assertThat(names.add(encoder.channelName(channel))).isTrue();
        }
    }
}
