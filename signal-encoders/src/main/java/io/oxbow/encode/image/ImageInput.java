package io.oxbow.encode.image;

import io.oxbow.encode.video.LumaFrame;

/**
 * Pictures to the input of a model: the whole picture is resized, whatever its proportions, since
 * what happens at a fixed camera's edge matters as much; then BT.601 to red, green and blue from 0
 * to 1, less the mean, by the deviation. Grey models see the luma. Allocates only when the size of
 * the pictures changes. One thread.
 */
final class ImageInput {
    private final ImageShape shape;
    private final float[] means;
    private final float[] deviations;
    private final float[] luma;
    private final float[] blue;
    private final float[] red;
    private TriangleFilter lumaColumns;
    private TriangleFilter lumaRows;
    private TriangleFilter chromaColumns;
    private TriangleFilter chromaRows;
    private float[] row = {};

    ImageInput(ImageShape shape, ImageModelSettings settings) {
        settings.requireChannels(shape.channels());
        this.shape = shape;
        this.means = new float[shape.channels()];
        this.deviations = new float[shape.channels()];
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = (float) settings.meanOf(channel);
            deviations[channel] = (float) settings.stdOf(channel);
        }
        int pixels = shape.height() * shape.width();
        this.luma = new float[pixels];
        this.blue = new float[shape.channels() == 1 ? 0 : pixels];
        this.red = new float[blue.length];
    }

    /** Writes {@link ImageShape#floats} values from {@code offset}. */
    void write(LumaFrame frame, float[] target, int offset) {
        fit(frame);
        resize(frame.luma(), frame.lumaStride(), lumaColumns, lumaRows, luma);
        boolean coloured = shape.channels() == 3 && frame.hasChroma();
        if (coloured) {
            int stride = frame.chromaStride();
            resize(frame.chromaBlue(), stride, chromaColumns, chromaRows, blue);
            resize(frame.chromaRed(), stride, chromaColumns, chromaRows, red);
        }
        float black = frame.fullRange() ? 0 : 16;
        float lumaScale = 1 / (frame.fullRange() ? 255f : 219f);
        float chromaScale = 1 / (frame.fullRange() ? 255f : 224f);
        int pixels = luma.length;
        int step = shape.channelsFirst() ? 1 : shape.channels();
        int plane = shape.channelsFirst() ? pixels : 1;
        for (int i = 0, at = offset; i < pixels; i++, at += step) {
            float y = (luma[i] - black) * lumaScale;
            if (shape.channels() == 1) {
                target[at] = normal(y, 0);
                continue;
            }
            float cb = coloured ? (blue[i] - 128) * chromaScale : 0;
            float cr = coloured ? (red[i] - 128) * chromaScale : 0;
            target[at] = normal(y + 1.402f * cr, 0);
            target[at + plane] = normal(y - 0.344136f * cb - 0.714136f * cr, 1);
            target[at + 2 * plane] = normal(y + 1.772f * cb, 2);
        }
    }

    private float normal(float level, int channel) {
        return (Math.max(0, Math.min(1, level)) - means[channel]) / deviations[channel];
    }

    private void fit(LumaFrame frame) {
        if (lumaColumns != null
                && lumaColumns.from() == frame.width()
                && lumaRows.from() == frame.height()) {
            return;
        }
        lumaColumns = new TriangleFilter(frame.width(), shape.width());
        lumaRows = new TriangleFilter(frame.height(), shape.height());
        chromaColumns = new TriangleFilter(frame.chromaWidth(), shape.width());
        chromaRows = new TriangleFilter(frame.chromaHeight(), shape.height());
        row = new float[frame.width()];
    }

    private void resize(
            byte[] plane, int stride, TriangleFilter columns, TriangleFilter rows, float[] target) {
        for (int y = 0; y < rows.to(); y++) {
            rows.mixRows(y, plane, stride, columns.from(), row);
            columns.resizeRow(row, target, y * columns.to());
        }
    }
}
