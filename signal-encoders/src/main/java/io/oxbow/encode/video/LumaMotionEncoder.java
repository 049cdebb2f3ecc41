package io.oxbow.encode.video;

import io.oxbow.encode.EncoderIdentity;
import java.util.List;

/**
 * LumaMotion-64 v1: what a fixed camera's frame looks like and what moves in it, in 64 numbers, of
 * its luma averaged to g, a grid of 64 x 48 cells. Levels run from 0 to 255.
 *
 * <p>Slow references are the background {@code B += 0.02 (g - B)} and means of the gradient and
 * chroma energies with the same weight. They stand still while {@link #health} finds the picture
 * tampered with. {@code s} is the mean of {@code g - B}, the change of light; {@code motion} is
 * {@code relu(|g - B - s| - 4)}. Tiles are 6 columns x 4 rows, row by row.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>0..23</td><td>mean g of a tile / 255</td></tr>
 *   <tr><td>24..47</td><td>log1p of the mean motion of a tile</td></tr>
 *   <tr><td>48, 49</td><td>mean and standard deviation of g / 255</td></tr>
 *   <tr><td>50</td><td>gradient energy: log1p of the mean of gx^2 + gy^2, differences of next cells</td></tr>
 *   <tr><td>51</td><td>its ratio to its reference, (now + 1) / (reference + 1)</td></tr>
 *   <tr><td>52</td><td>share of cells with g below 32</td></tr>
 *   <tr><td>53</td><td>chroma energy: mean of |Cb - 128| + |Cr - 128|, / 255; 0 for grey pictures</td></tr>
 *   <tr><td>54</td><td>log1p of the mean |g - previous g|</td></tr>
 *   <tr><td>55</td><td>share of cells with |g - previous g| above 4</td></tr>
 *   <tr><td>56, 57</td><td>centroid of the motion, x and y in 0..1; 0.5 where nothing moves</td></tr>
 *   <tr><td>58</td><td>log1p of the mean motion of the picture; the activity</td></tr>
 *   <tr><td>59</td><td>1 if every cell equals the frame before, else 0</td></tr>
 *   <tr><td>60</td><td>s / 255</td></tr>
 *   <tr><td>61</td><td>chroma energy's ratio to its reference, (now + 1) / (reference + 1), levels</td></tr>
 *   <tr><td>62</td><td>global shift against B by phase correlation / 64 cells; 0 unless the shifted views
 *       agree clearly better</td></tr>
 *   <tr><td>63</td><td>log1p of the seconds since the last frame; 0 for the first</td></tr>
 * </table>
 *
 * <p>A picture of another size starts the references anew. Allocates nothing per frame. One
 * instance a stream, one thread at a time.
 */
public final class LumaMotionEncoder implements FrameEncoder {
    public static final String ID = "luma-motion-64.v1";
    public static final int DIM = 64;

    /** Floats that {@link #save} writes. */
    public static final int STATE_FLOATS =
            8 + SlowReferences.STATE_FLOATS + LumaGrid.CELLS + TamperDetector.STATE_FLOATS;

    private static final long HASH = EncoderIdentity.hashOf(ID);
    private static final int ACTIVITY = 58;
    private static final float DEAD_ZONE = 4;
    private static final float DARK_LEVEL = 32;

    private final LumaGrid averager = new LumaGrid();
    private final float[] tileSums = new float[Tiles.COUNT];
    private final float[] motion = new float[LumaGrid.CELLS];
    private float[] grid = new float[LumaGrid.CELLS];
    private float[] previous = new float[LumaGrid.CELLS];
    private final SlowReferences references = new SlowReferences();
    private TamperDetector detector = new TamperDetector();
    private long lastMillis;
    private int width;
    private int height;
    private boolean hasLast;
    private final float[] taken = new float[DIM];
    private boolean hasTaken;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public long hash() {
        return HASH;
    }

    @Override
    public int dim() {
        return DIM;
    }

    @Override
    public int activityChannel() {
        return ACTIVITY;
    }

    @Override
    public String channelName(int channel) {
        return PictureFeatures.nameOf(channel);
    }

    @Override
    public List<Integer> tellingChannels() {
        return PictureFeatures.TELLING;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public void take(LumaFrame frame, long timeMillis) {
        if (hasTaken) {
            throw new IllegalStateException("a picture waits already");
        }
        encode(frame, timeMillis, taken, 0);
        hasTaken = true;
    }

    @Override
    public int encodeTaken(float[] vectors, int offset) {
        if (!hasTaken) {
            return 0;
        }
        System.arraycopy(taken, 0, vectors, offset, DIM);
        hasTaken = false;
        return 1;
    }

    @Override
    public void encode(LumaFrame frame, long timeMillis, float[] features, int offset) {
        boolean first = frame.width() != width || frame.height() != height;
        averager.average(frame, grid);
        float chroma = ChromaEnergy.of(frame);
        float gradient = gradientEnergy(grid);
        if (first) {
            start(frame, gradient, chroma);
        }
        float difference = writeDifference(features, offset);
        detector.update(timeMillis, frame, grid, difference, chroma);
        writePicture(features, offset);
        writeMotion(features, offset);
        features[offset + 50] = (float) Math.log1p(gradient);
        features[offset + 51] = (gradient + 1) / (references.gradient() + 1);
        features[offset + 53] = Float.isNaN(chroma) ? 0 : chroma / 255;
        features[offset + 59] = !first && difference == 0 ? 1 : 0;
        features[offset + 61] = Float.isNaN(chroma) ? 1 : (chroma + 1) / (references.chroma() + 1);
        features[offset + 62] = detector.shiftCells() / LumaGrid.WIDTH;
        features[offset + 63] =
                hasLast ? (float) Math.log1p(Math.max(0, timeMillis - lastMillis) / 1e3) : 0;
        if (detector.adoptsView()) {
            references.adopt(grid, gradient, chroma);
        }
        if (detector.learns()) {
            references.learn(grid, gradient, chroma);
        }
        swapGrids();
        lastMillis = timeMillis;
        hasLast = true;
    }

    @Override
    public PictureHealth health() {
        return detector.health();
    }

    /**
     * Event time at which {@link #health} took its present value: earlier than the frame that first
     * reported it, since a change must hold for a while to count.
     */
    public long healthSinceMillis() {
        return detector.sinceMillis();
    }

    @Override
    public int stateFloats() {
        return STATE_FLOATS;
    }

    @Override
    public void save(float[] target, int offset) {
        FloatWriter writer = new FloatWriter(target, offset);
        writer.put(width & 0xffff).put(width >>> 16).put(height & 0xffff).put(height >>> 16);
        writer.put(hasLast ? 1 : 0).putLong(lastMillis);
        references.save(writer);
        writer.put(previous);
        detector.save(writer);
    }

    @Override
    public void restore(float[] source, int offset) {
        try {
            FloatReader reader = new FloatReader(source, offset);
            width = reader.getInt(1 << 16) | reader.getInt(1 << 15) << 16;
            height = reader.getInt(1 << 16) | reader.getInt(1 << 15) << 16;
            hasLast = reader.getInt(2) == 1;
            lastMillis = reader.getLong();
            references.restore(reader);
            reader.get(previous);
            detector.restore(reader);
        } catch (IllegalArgumentException e) {
            reset();
            throw e;
        }
    }

    @Override
    public void reset() {
        hasTaken = false;
        width = 0;
        height = 0;
        hasLast = false;
        detector = new TamperDetector();
    }

    private void start(LumaFrame frame, float gradient, float chroma) {
        width = frame.width();
        height = frame.height();
        detector = new TamperDetector();
        System.arraycopy(grid, 0, previous, 0, LumaGrid.CELLS);
        references.adopt(grid, gradient, chroma);
    }

    private void swapGrids() {
        float[] kept = previous;
        previous = grid;
        grid = kept;
    }

    private float writeDifference(float[] features, int offset) {
        float[] g = grid;
        float[] p = previous;
        float sum = 0;
        int changed = 0;
        for (int i = 0; i < LumaGrid.CELLS; i++) {
            float difference = Math.abs(g[i] - p[i]);
            sum += difference;
            changed += difference > DEAD_ZONE ? 1 : 0;
        }
        float mean = sum / LumaGrid.CELLS;
        features[offset + 54] = (float) Math.log1p(mean);
        features[offset + 55] = (float) changed / LumaGrid.CELLS;
        return mean;
    }

    /** Tiles' luma, mean, deviation and dark share. */
    private void writePicture(float[] features, int offset) {
        float[] g = grid;
        double sum = 0;
        double squares = 0;
        int dark = 0;
        for (int i = 0; i < LumaGrid.CELLS; i++) {
            float value = g[i];
            sum += value;
            squares += value * value;
            dark += value < DARK_LEVEL ? 1 : 0;
        }
        Tiles.sum(g, tileSums);
        for (int tile = 0; tile < Tiles.COUNT; tile++) {
            features[offset + tile] = tileSums[tile] / (Tiles.cells(tile) * 255f);
        }
        double mean = sum / LumaGrid.CELLS;
        double variance = Math.max(0, squares / LumaGrid.CELLS - mean * mean);
        features[offset + 48] = (float) (mean / 255);
        features[offset + 49] = (float) (Math.sqrt(variance) / 255);
        features[offset + 52] = (float) dark / LumaGrid.CELLS;
    }

    /** Change of light, motion of tiles and picture, and the motion's centroid. */
    private void writeMotion(float[] features, int offset) {
        float[] background = references.background();
        float light = lightChange(background);
        double total = 0;
        double momentX = 0;
        double momentY = 0;
        for (int y = 0, i = 0; y < LumaGrid.HEIGHT; y++) {
            double row = 0;
            for (int x = 0; x < LumaGrid.WIDTH; x++, i++) {
                float moved = Math.max(0, Math.abs(grid[i] - background[i] - light) - DEAD_ZONE);
                motion[i] = moved;
                row += moved;
                momentX += moved * x;
            }
            total += row;
            momentY += row * y;
        }
        Tiles.sum(motion, tileSums);
        for (int tile = 0; tile < Tiles.COUNT; tile++) {
            features[offset + Tiles.COUNT + tile] =
                    (float) Math.log1p(tileSums[tile] / Tiles.cells(tile));
        }
        boolean moves = total > 0;
        features[offset + 56] = moves ? (float) ((momentX / total + 0.5) / LumaGrid.WIDTH) : 0.5f;
        features[offset + 57] = moves ? (float) ((momentY / total + 0.5) / LumaGrid.HEIGHT) : 0.5f;
        features[offset + ACTIVITY] = (float) Math.log1p(total / LumaGrid.CELLS);
        features[offset + 60] = light / 255;
    }

    private float lightChange(float[] background) {
        double sum = 0;
        for (int i = 0; i < LumaGrid.CELLS; i++) {
            sum += grid[i] - background[i];
        }
        return (float) (sum / LumaGrid.CELLS);
    }

    private static float gradientEnergy(float[] g) {
        float sum = 0;
        for (int y = 0; y < LumaGrid.HEIGHT - 1; y++) {
            int row = y * LumaGrid.WIDTH;
            for (int i = row; i < row + LumaGrid.WIDTH - 1; i++) {
                float right = g[i + 1] - g[i];
                float down = g[i + LumaGrid.WIDTH] - g[i];
                sum += right * right + down * down;
            }
        }
        return sum / ((LumaGrid.HEIGHT - 1) * (LumaGrid.WIDTH - 1));
    }
}
