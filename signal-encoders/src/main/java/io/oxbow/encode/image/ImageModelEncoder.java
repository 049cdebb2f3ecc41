package io.oxbow.encode.image;

import io.oxbow.encode.EncoderIdentity;
import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.encode.video.LumaFrame;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.encode.video.PictureHealth;

/**
 * An image model's vector of each picture, and behind it, if asked for, the motion of {@link
 * LumaMotionEncoder}, without which nothing in a vector says how much is going on. That encoder
 * also says whether a picture can be believed; its references are all that this one remembers.
 *
 * <p>Takes in as many pictures as the model takes in one run. Shares the model with others, and
 * does not close it.
 */
public final class ImageModelEncoder implements FrameEncoder {
    private static final String FORMAT = "image-model.v1";
    private static final int SHOWN_DIGITS = 12;

    private final ImageModel model;
    private final boolean appendsMotion;
    private final String id;
    private final long hash;
    private final ImageInput input;
    private final LumaMotionEncoder motion = new LumaMotionEncoder();
    private final float[] motionFeatures = new float[LumaMotionEncoder.DIM];
    private final float[] pictures;
    private final float[] vectors;
    private final float[] motions;
    private int taken;

    /**
     * @param sha256 of the model's file, hexadecimal; the vectors' meaning hangs on it
     * @throws ImageModelException if the settings do not fit the model
     */
    public ImageModelEncoder(ImageModel model, String sha256, ImageModelSettings settings) {
        this.model = model;
        this.appendsMotion = settings.appendsMotion();
        this.id = FORMAT + ":" + sha256.substring(0, SHOWN_DIGITS);
        this.hash =
                EncoderIdentity.hashOf(
                        String.join(
                                " ",
                                FORMAT,
                                sha256,
                                model.shape().toString(),
                                settings.mean().toString(),
                                settings.std().toString(),
                                settings.output(),
                                String.valueOf(appendsMotion)));
        this.input = new ImageInput(model.shape(), settings);
        int capacity = model.maxPictures();
        this.pictures = new float[Math.multiplyExact(capacity, model.shape().floats())];
        this.vectors = new float[Math.multiplyExact(capacity, model.dim())];
        this.motions = new float[capacity];
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int dim() {
        return model.dim() + (appendsMotion ? 1 : 0);
    }

    @Override
    public int activityChannel() {
        return appendsMotion ? model.dim() : -1;
    }

    @Override
    public String channelName(int channel) {
        return channel == model.dim() ? "motion in the picture" : "embedding " + channel;
    }

    @Override
    public int capacity() {
        return motions.length;
    }

    @Override
    public void take(LumaFrame frame, long timeMillis) {
        if (taken == motions.length) {
            throw new IllegalStateException(taken + " pictures wait already");
        }
        motion.encode(frame, timeMillis, motionFeatures, 0);
        motions[taken] = motionFeatures[motion.activityChannel()];
        input.write(frame, pictures, taken * model.shape().floats());
        taken++;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImageModelException if the model fails; the pictures are then lost
     */
    @Override
    public int encodeTaken(float[] target, int offset) {
        int count = taken;
        taken = 0;
        if (count == 0) {
            return 0;
        }
        model.run(pictures, count, vectors);
        int dim = model.dim();
        for (int i = 0; i < count; i++) {
            int at = offset + i * dim();
            System.arraycopy(vectors, i * dim, target, at, dim);
            if (appendsMotion) {
                target[at + dim] = motions[i];
            }
        }
        return count;
    }

    @Override
    public PictureHealth health() {
        return motion.health();
    }

    @Override
    public int stateFloats() {
        return motion.stateFloats();
    }

    @Override
    public void save(float[] target, int offset) {
        motion.save(target, offset);
    }

    @Override
    public void restore(float[] source, int offset) {
        taken = 0;
        motion.restore(source, offset);
    }

    @Override
    public void reset() {
        taken = 0;
        motion.reset();
    }
}
