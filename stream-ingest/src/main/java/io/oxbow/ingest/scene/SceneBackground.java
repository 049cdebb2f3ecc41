package io.oxbow.ingest.scene;

import io.oxbow.encode.video.LumaFrame;

/**
 * What stands still: ground, walls and their texture, lit by the day; and a tree, which sways.
 * Painted once, lit anew for each picture.
 */
final class SceneBackground {
    private static final double NIGHT_GAIN = 0.35;
    private static final int TREE_SAMPLES = 3;
    private static final double SWAY_MILLIS = 2_700;
    private static final int COARSE = 24;
    private static final int FINE = 5;

    private static final int GROUND = 21;
    private static final int GRAIN = 22;
    private static final int WALLS = 23;

    private final int width;
    private final int height;
    private final byte[] painted;
    private final byte[] lit = new byte[256];
    private final int treeLeft;
    private final int treeRight;
    private final int treeBottom;

    SceneBackground(SceneKind kind, long seed, int width, int height) {
        this.width = width;
        this.height = height;
        this.painted = new byte[width * height];
        this.treeLeft = width * 3 / 4;
        this.treeRight = width - TREE_SAMPLES - 1;
        this.treeBottom = height * 2 / 5;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                painted[y * width + x] = (byte) level(kind, seed, x, y);
            }
        }
    }

    /** Ground below the lane's upper edge, walls with windows above it. */
    private int level(SceneKind kind, long seed, int x, int y) {
        boolean ground = y > kind.top() * height;
        double level = ground ? 95 : 135;
        level += 34 * patch(seed, GROUND, x / COARSE, y / COARSE);
        level += 22 * patch(seed, GRAIN, x / FINE, y / FINE);
        if (!ground && (x / COARSE + y / COARSE) % 2 == 0) {
            level -= 45 * SceneHash.unit(seed, WALLS, (long) (y / COARSE) * 4096 + x / COARSE);
        }
        return (int) Math.max(16, Math.min(235, level));
    }

    private static double patch(long seed, int purpose, int column, int row) {
        return SceneHash.unit(seed, purpose, (long) row * 4096 + column) - 0.5;
    }

    void paint(LumaFrame frame, long time) {
        double gain = NIGHT_GAIN + (1 - NIGHT_GAIN) * Daylight.light(time);
        for (int level = 0; level < lit.length; level++) {
            lit[level] = (byte) (level * gain);
        }
        byte[] luma = frame.luma();
        for (int i = 0; i < painted.length; i++) {
            luma[i] = lit[painted[i] & 0xFF];
        }
        sway(luma, time);
    }

    private void sway(byte[] luma, long time) {
        int shift = (int) Math.round(TREE_SAMPLES * Math.sin(2 * Math.PI * time / SWAY_MILLIS));
        if (treeLeft + shift < 0 || treeRight <= treeLeft) {
            return;
        }
        for (int y = 0; y < treeBottom; y++) {
            int row = y * width;
            for (int x = treeLeft; x < treeRight; x++) {
                luma[row + x] = lit[painted[row + x + shift] & 0xFF];
            }
        }
    }
}
