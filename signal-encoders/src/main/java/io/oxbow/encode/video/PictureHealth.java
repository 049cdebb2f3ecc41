package io.oxbow.encode.video;

/** Whether a camera's picture can be believed. */
public enum PictureHealth {
    OK,
    /** Something hides the view. */
    COVERED,
    /** The view is there without its fine detail. */
    DEFOCUSED,
    /** The camera looks elsewhere. */
    MOVED,
    /** Night or infrared: a change of the picture, not an alarm. */
    NIGHT,
    /** The same picture comes again and again. */
    FROZEN,
    /** The view changed, or is too bare, and nothing sure can be said. */
    UNKNOWN,
    /** No picture comes; said of a stretch of time, never by a frame. */
    OFFLINE
}
