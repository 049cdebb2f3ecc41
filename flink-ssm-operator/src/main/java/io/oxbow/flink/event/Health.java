package io.oxbow.flink.event;

/** Whether the sensor can be believed. The constants' order is part of the wire format. */
public enum Health {
    OK,
    COVERED,
    DEFOCUSED,
    MOVED,
    /** Night or infrared: a change of the picture, not an alarm. */
    NIGHT,
    FROZEN,
    OFFLINE,
    UNKNOWN
}
