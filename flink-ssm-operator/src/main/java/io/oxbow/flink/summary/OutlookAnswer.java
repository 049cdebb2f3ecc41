package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds the model's own forecast to the answer of a question about the future: for each channel that
 * is told of, a curve of what is expected of the next events, and one that is a standard error
 * below and one that is above. They stand as far apart as the stream's events usually do.
 */
final class OutlookAnswer {
    /** A stream of at most so many channels is told of in full. */
    private static final int FEW = 8;

    private final SummarySettings settings;

    OutlookAnswer(SummarySettings settings) {
        this.settings = settings;
    }

    /** The answer with the forecast, or the answer itself where there is nothing to add. */
    Answer with(Answer answer, StreamMemory memory, Foresight foresight) {
        if (!answer.status().equals("ok") || !memory.rhythm().known()) {
            return answer;
        }
        long step = Math.max(1, Math.round(memory.rhythm().meanGap()));
        long from = memory.lastEventTime() + step;
        VectorMeaning meaning = settings.meanings().of(memory.totals().encoderHash());
        List<ChannelCurve> curves = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int channel : channels(meaning, foresight)) {
            String name = meaning.nameOf(channel);
            float error = error(foresight, channel);
            curves.add(curve(channel, name, foresight.expected(), foresight, from, step, error));
            curves.add(
                    curve(channel, name + " low", foresight.low(), foresight, from, step, error));
            curves.add(
                    curve(channel, name + " high", foresight.high(), foresight, from, step, error));
            told.add(name + " " + ends(foresight, channel));
        }
        if (curves.isEmpty()) {
            return answer;
        }
        Map<String, Double> figures = new TreeMap<>(answer.figures());
        figures.put("outlook.events", (double) foresight.horizon());
        figures.put("outlook.stepMillis", (double) step);
        String text =
                answer.text()
                        + " Over the next "
                        + HumanText.counted(foresight.horizon(), "event")
                        + ", "
                        + HumanText.duration(step)
                        + " apart, the model expects "
                        + HumanText.list(told)
                        + ".";
        return answer.with(curves, figures, text);
    }

    /** All of a few; of many those most worth remembering. */
    private List<Integer> channels(VectorMeaning meaning, Foresight foresight) {
        int count = foresight.expected().length / foresight.horizon();
        if (count > FEW) {
            return settings.channelsOf(meaning, count);
        }
        List<Integer> all = new ArrayList<>();
        for (int channel = 0; channel < count; channel++) {
            all.add(channel);
        }
        return all;
    }

    private static ChannelCurve curve(
            int channel,
            String name,
            float[] values,
            Foresight foresight,
            long from,
            long step,
            float error) {
        int horizon = foresight.horizon();
        float[] own = new float[horizon];
        System.arraycopy(values, channel * horizon, own, 0, horizon);
        return new ChannelCurve(channel, name, new Timeline(from, step, own, error, Float.NaN));
    }

    /** Root mean square of the standard errors over the horizon. */
    private static float error(Foresight foresight, int channel) {
        int horizon = foresight.horizon();
        double squares = 0;
        for (int h = 0; h < horizon; h++) {
            double half = half(foresight, channel * horizon + h);
            squares += half * half;
        }
        return (float) Math.sqrt(squares / horizon);
    }

    private static double half(Foresight foresight, int i) {
        return ((double) foresight.high()[i] - foresight.low()[i]) / 2;
    }

    /** {@code 20.1 +- 0.4 next and 21.3 +- 1.2 at the end}. */
    private static String ends(Foresight foresight, int channel) {
        int first = channel * foresight.horizon();
        int last = first + foresight.horizon() - 1;
        return moment(foresight, first)
                + (last == first ? "" : " next and " + moment(foresight, last) + " at the end");
    }

    private static String moment(Foresight foresight, int i) {
        return HumanText.number(foresight.expected()[i])
                + " +- "
                + HumanText.number((float) half(foresight, i));
    }
}
