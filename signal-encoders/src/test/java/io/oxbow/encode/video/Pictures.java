package io.oxbow.encode.video;

import java.util.Random;

/** Synthetic frames and what can be done to them. */
final class Pictures {
    /** 4096 draws of a bell-shaped distribution with deviation 2. */
    private static final double[] NOISE =
            new Random(1).doubles(4096, 0, 1).map(Pictures::bellQuantile).toArray();

    private Pictures() {}

    static LumaFrame flat(int width, int height, int level) {
        byte[] luma = new byte[width * height];
        java.util.Arrays.fill(luma, (byte) level);
        return LumaFrame.gray(width, height, luma);
    }

    /** A seeded view of overlapping boxes and stripes, without noise. */
    static byte[] view(int width, int height, long seed) {
        Random random = new Random(seed);
        byte[] luma = new byte[width * height];
        java.util.Arrays.fill(luma, (byte) 120);
        for (int box = 0; box < 60; box++) {
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int right = Math.min(width, left + 1 + random.nextInt(1 + width / 5));
            int bottom = Math.min(height, top + 1 + random.nextInt(1 + height / 5));
            int level = 40 + random.nextInt(170);
            for (int y = top; y < bottom; y++) {
                java.util.Arrays.fill(luma, y * width + left, y * width + right, (byte) level);
            }
        }
        return luma;
    }

    /** A seeded view of a plain wall and floor with few things in it, without noise. */
    static byte[] bareView(int width, int height, long seed) {
        Random random = new Random(seed);
        byte[] luma = new byte[width * height];
        int floor = height * (65 + random.nextInt(20)) / 100;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int level = y < floor ? 190 - 25 * x / width - 10 * y / height : 120;
                luma[y * width + x] = (byte) level;
            }
        }
        for (int box = 0; box < 4; box++) {
            int left = random.nextInt(width * 8 / 10);
            int top = height / 10 + random.nextInt(height / 2);
            int right = left + width / 12 + random.nextInt(width / 8);
            int bottom = top + height / 10 + random.nextInt(height / 5);
            int level = 60 + random.nextInt(90);
            for (int y = top; y < bottom; y++) {
                java.util.Arrays.fill(luma, y * width + left, y * width + right, (byte) level);
            }
        }
        return luma;
    }

    /** The view with a dark, tall figure before it. */
    static byte[] withFigure(int width, int height, byte[] view, int left, int figureWidth) {
        byte[] luma = view.clone();
        int from = Math.max(0, Math.min(width, left));
        int to = Math.max(0, Math.min(width, left + figureWidth));
        for (int y = height / 10; y < height; y++) {
            java.util.Arrays.fill(luma, y * width + from, y * width + to, (byte) (40 + y % 5));
        }
        return luma;
    }

    /** The view under sensor noise, another for every seed. */
    static LumaFrame noisy(int width, int height, byte[] view, long seed) {
        byte[] luma = new byte[view.length];
        long state = seed * 0x9E3779B97F4A7C15L + 1;
        for (int i = 0; i < luma.length; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            luma[i] = clamp((view[i] & 0xff) + NOISE[(int) (state >>> 52)]);
        }
        return LumaFrame.gray(width, height, luma);
    }

    static byte[] shifted(int width, int height, byte[] view, int right, int down) {
        byte[] luma = new byte[view.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = Math.floorMod(x - right, width);
                luma[y * width + x] = view[Math.floorMod(y - down, height) * width + fromX];
            }
        }
        return luma;
    }

    static byte[] lit(byte[] view, double contrast, double lift) {
        byte[] luma = new byte[view.length];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = clamp(((view[i] & 0xff) - 126) * contrast + 126 + lift);
        }
        return luma;
    }

    /** Three box blurs of the given radius, nearly a Gaussian. */
    static byte[] blurred(int width, int height, byte[] view, int radius) {
        byte[] luma = view;
        for (int pass = 0; pass < 3; pass++) {
            luma = boxBlurred(width, height, luma, radius, 1, width);
            luma = boxBlurred(height, width, luma, radius, width, 1);
        }
        return luma;
    }

    private static byte[] boxBlurred(
            int length, int lines, byte[] view, int radius, int step, int lineStep) {
        byte[] luma = new byte[view.length];
        int size = 2 * radius + 1;
        for (int line = 0; line < lines; line++) {
            int base = line * lineStep;
            int sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += at(view, base, step, k, length);
            }
            for (int i = 0; i < length; i++) {
                luma[base + i * step] = (byte) ((sum + radius) / size);
                sum += at(view, base, step, i + radius + 1, length);
                sum -= at(view, base, step, i - radius, length);
            }
        }
        return luma;
    }

    private static int at(byte[] view, int base, int step, int i, int length) {
        return view[base + step * Math.max(0, Math.min(length - 1, i))] & 0xff;
    }

    /** A logistic bell of deviation 2 is near enough to a normal one. */
    private static double bellQuantile(double share) {
        double bounded = Math.min(0.999, Math.max(0.001, share));
        return 2 * Math.sqrt(3) / Math.PI * Math.log(bounded / (1 - bounded));
    }

    private static byte clamp(double level) {
        return (byte) Math.max(0, Math.min(255, Math.round(level)));
    }
}
