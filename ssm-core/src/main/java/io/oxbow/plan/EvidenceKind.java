package io.oxbow.plan;

/** What can speak for a token being unusual. The constants' order is part of the wire format. */
public enum EvidenceKind {
    /** A value beyond all that the channel has shown. */
    RANGE,
    /** An average over the last tokens, against a longer one, beyond all before. */
    LEVEL,
    /** A value of a size that is rare in the channel. */
    SIZE,
    /** A value far from its forecast. */
    FORECAST,
    /** The same value again and again, in a channel that moves. */
    FLATLINE,
    /** A value within the channel's range that it hardly ever takes. */
    DENSITY
}
