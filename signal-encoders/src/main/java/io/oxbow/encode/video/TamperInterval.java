package io.oxbow.encode.video;

/**
 * A stretch of a video in which the picture was not itself.
 *
 * @param kind never {@link PictureHealth#OK}
 * @param fromMillis time of its first frame
 * @param toMillis time of the first frame after it
 * @param fromFrame number of its first frame
 * @param toFrame number of the first frame after it
 */
public record TamperInterval(
        PictureHealth kind, long fromMillis, long toMillis, long fromFrame, long toFrame) {}
