package io.oxbow.flink.event;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a stretch of a stream's time looked like, as of the end of the stretch: which event or
 * watermark closed it makes no difference.
 *
 * @param kind {@code hour}, {@code day}, {@code week}, or another length such as {@code 10s}
 * @param to exclusive
 * @param asOf event time of the last event seen before {@code to}
 * @param stateVersion events absorbed up to {@code asOf}
 * @param events events of this stretch
 * @param coverage share of the stretch for which there were data, 0..1
 * @param meanActivity exact mean over the events of this stretch
 * @param usualActivity what the stream's own past at these hours of the week leads to expect; NaN
 *     while it has no such past
 * @param yesterdayActivity exact mean over the events of the same stretch a day earlier; NaN if
 *     none are remembered
 * @param dailyRhythm share of the hours' differences over the last week that the hour of the day
 *     explains, judged on days left out; NaN while there are fewer than three days
 * @param weeklyRhythm the same for the hour of the week, judged before each hour was learned; NaN
 *     while there is no second week
 * @param novelty the anomaly score's curve
 * @param channels curves of the remembered channels
 * @param busiest the cell of the curve with the highest exact mean, or {@link Stretch#NONE}
 * @param quietest the cell of the curve with the lowest exact mean, or {@link Stretch#NONE}
 * @param peaks most unusual first
 * @param health intervals that touch this stretch, oldest first; not clipped to it
 * @param news what is otherwise than a day before
 * @param text one paragraph for people
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Summary(
        String streamId,
        String kind,
        long from,
        long to,
        long asOf,
        long stateVersion,
        long events,
        float coverage,
        float meanActivity,
        float usualActivity,
        float yesterdayActivity,
        float dailyRhythm,
        float weeklyRhythm,
        Timeline activity,
        Timeline novelty,
        List<ChannelCurve> channels,
        Stretch busiest,
        Stretch quietest,
        List<Peak> peaks,
        List<HealthInterval> health,
        List<News> news,
        String text) {
    public Summary {
        peaks = List.copyOf(peaks);
        health = List.copyOf(health);
        channels = List.copyOf(channels);
        news = List.copyOf(news);
    }
}
