package io.oxbow.encode.video;

/** How far a picture's chroma lies from grey. */
final class ChromaEnergy {
    private static final int SAMPLED_ROWS = 60;

    private ChromaEnergy() {}

    /**
     * Mean of |Cb - 128| + |Cr - 128| over about 60 evenly spread rows, in levels; NaN for a
     * picture without chroma.
     */
    static float of(LumaFrame frame) {
        if (!frame.hasChroma()) {
            return Float.NaN;
        }
        int width = frame.chromaWidth();
        int height = frame.chromaHeight();
        int step = Math.max(1, height / SAMPLED_ROWS);
        byte[] blue = frame.chromaBlue();
        byte[] red = frame.chromaRed();
        long sum = 0;
        int rows = 0;
        for (int y = 0; y < height; y += step) {
            int row = y * frame.chromaStride();
            int rowSum = 0;
            for (int i = row; i < row + width; i++) {
                rowSum += Math.abs((blue[i] & 0xff) - 128) + Math.abs((red[i] & 0xff) - 128);
            }
            sum += rowSum;
            rows++;
        }
        return (float) ((double) sum / ((long) rows * width));
    }
}
