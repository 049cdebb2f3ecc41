package io.oxbow.encode.objects;

/**
 * One object in one picture. Coordinates are shares of the picture, 0 at the left and at the top.
 *
 * @param kind what the detector calls it, for example {@code Person}
 * @param track the tracker's number, the same in every picture; {@link #UNTRACKED} if it has none
 */
public record SeenObject(
        String kind, long track, float left, float top, float right, float bottom) {
    public static final long UNTRACKED = -1;

    float x() {
        return (left + right) / 2;
    }

    float y() {
        return (top + bottom) / 2;
    }

    float area() {
        return (right - left) * (bottom - top);
    }
}
