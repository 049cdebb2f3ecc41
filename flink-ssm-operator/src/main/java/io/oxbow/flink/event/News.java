package io.oxbow.flink.event;

/**
 * One thing that is otherwise than at the same time a day before.
 *
 * @param kind {@code activity}, {@code busiest}, {@code unusual} or {@code health}
 * @param what what it is about: a stretch of the day, a channel's name, a health in lower case;
 *     empty for {@code activity}
 * @param ratio for {@code activity}: to the day before; NaN otherwise
 */
public record News(String kind, String what, float ratio) {}
