package io.oxbow.encode.video;

import java.util.List;

/** What people call the features of {@link LumaMotionEncoder}: by the region of the picture. */
final class PictureFeatures {
    /** Light of the whole picture, share of it that moves, detail. */
    static final List<Integer> TELLING = List.of(48, 55, 50);

    private static final String[] ROWS = {"top", "upper middle", "lower middle", "bottom"};
    private static final String[] COLUMNS = {
        "far left", "left", "centre left", "centre right", "right", "far right"
    };

    /** From the first feature behind the tiles on. */
    private static final String[] WHOLE = {
        "light of the picture",
        "contrast of the picture",
        "detail of the picture",
        "sharpness of the picture",
        "dark part of the picture",
        "colour of the picture",
        "change from picture to picture",
        "changing part of the picture",
        "sideways place of the motion",
        "height of the motion",
        "motion in the picture",
        "repeated picture",
        "change of light",
        "change of colour",
        "shift of the view",
        "time between pictures"
    };

    private PictureFeatures() {}

    static String nameOf(int channel) {
        if (channel < Tiles.COUNT) {
            return "light at the " + region(channel);
        }
        return channel < 2 * Tiles.COUNT
                ? "motion at the " + region(channel - Tiles.COUNT)
                : WHOLE[channel - 2 * Tiles.COUNT];
    }

    private static String region(int tile) {
        return ROWS[tile / COLUMNS.length] + ", " + COLUMNS[tile % COLUMNS.length];
    }
}
