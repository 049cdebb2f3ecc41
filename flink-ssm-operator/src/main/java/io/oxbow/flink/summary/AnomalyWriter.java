package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.StateReset;
import io.oxbow.plan.EvidenceKind;
import java.util.List;
import java.util.Locale;

/** Makes {@link Anomaly} records, each with its sentence for people. */
final class AnomalyWriter {
    private static final float FARTHEST_SIGMA = 1000;

    /** At a forecast's least error, a step of a thousand deviations of all the channel ever did. */
    private static final float STILL_BEFORE = 1e5f;

    /** One event in a hundred is like that. */
    private static final float TELLING_DIGITS = 2;

    private final VectorMeanings meanings;

    AnomalyWriter(VectorMeanings meanings) {
        this.meanings = meanings;
    }

    /** A novelty that became an alarm, or ended. */
    Anomaly novelty(
            String streamId,
            long encoderHash,
            NoveltyEpisode novelty,
            Anomaly.Phase phase,
            long time) {
        List<Attribution> attribution = novelty.attribution();
        String text =
                phase == Anomaly.Phase.OPEN
                        ? streamId
                                + " became unusual at "
                                + HumanText.clock(time)
                                + ": "
                                + surprise(
                                        meanings.of(encoderHash), attribution, novelty.evidence())
                                + HumanText.rarity(novelty.pValue())
                                + " is like this by chance."
                        : streamId
                                + " is back to normal at "
                                + HumanText.clock(time)
                                + ", "
                                + HumanText.duration(time - novelty.alarmAt())
                                + " after it became unusual; most unusual at "
                                + HumanText.clock(novelty.peakAt())
                                + ".";
        return anomaly(
                streamId,
                "novelty",
                phase,
                novelty.alarmAt(),
                time,
                novelty.score(),
                novelty.pValue(),
                attribution.stream().map(AnomalyWriter::bounded).toList(),
                novelty.evidence(),
                text);
    }

    private static Attribution bounded(Attribution one) {
        float sigma = Math.max(-FARTHEST_SIGMA, Math.min(FARTHEST_SIGMA, one.sigma()));
        return new Attribution(one.channel(), one.expected(), one.seen(), sigma);
    }

    private static String surprise(
            VectorMeaning meaning, List<Attribution> attribution, List<Evidence> evidence) {
        if (attribution.isEmpty()) {
            return "";
        }
        Attribution main = attribution.get(0);
        String name = meaning.nameOf(main.channel());
        String seen =
                Float.isFinite(main.seen()) && Float.isFinite(main.expected())
                        ? " was "
                                + HumanText.number(main.seen())
                                + " where "
                                + HumanText.number(main.expected())
                                + " was expected"
                        : " surprised most";
        boolean still = Math.abs(main.sigma()) >= STILL_BEFORE;
        String distance = still ? "it never moved before" : size(main.sigma()) + " sigma";
        String reason = still ? "" : because(evidence, main);
        return name + seen + " (" + distance + ")" + reason + "; ";
    }

    /** The strongest that is more than the forecast's error, which the sentence says already. */
    private static String because(List<Evidence> evidence, Attribution main) {
        for (Evidence one : evidence) {
            EvidenceKind kind = EvidenceKind.valueOf(one.kind().toUpperCase(Locale.ROOT));
            boolean telling = one.channel() == main.channel() && one.digits() >= TELLING_DIGITS;
            if (telling && kind != EvidenceKind.FORECAST) {
                return HumanText.evidence(kind);
            }
        }
        return "";
    }

    /** Beside a channel that hardly moved, any step is of a size that says nothing more. */
    private static String size(float sigma) {
        return Math.abs(sigma) > FARTHEST_SIGMA
                ? (sigma < 0 ? "below -" : "over ") + HumanText.number(FARTHEST_SIGMA)
                : HumanText.number(sigma);
    }

    /** The sensor's own condition changed; {@code since} names the anomaly. */
    Anomaly health(String streamId, Health kind, Anomaly.Phase phase, long since, long time) {
        String state = HumanText.state(kind);
        String text =
                phase == Anomaly.Phase.OPEN
                        ? streamId + " is " + state + " since " + HumanText.clock(since) + "."
                        : streamId
                                + " is no longer "
                                + state
                                + " at "
                                + HumanText.clock(time)
                                + ", after "
                                + HumanText.duration(time - since)
                                + ".";
        return anomaly(
                streamId,
                kind.name().toLowerCase(Locale.ROOT),
                phase,
                since,
                time,
                Float.NaN,
                Float.NaN,
                List.of(),
                List.of(new Evidence(sign(kind), -1, Float.NaN)),
                text);
    }

    private static String sign(Health kind) {
        return kind == Health.OFFLINE ? "silence" : "health";
    }

    Anomaly stateReset(StateReset reset) {
        String text =
                "The model's memory of "
                        + reset.streamId()
                        + " began anew at "
                        + HumanText.clock(reset.eventTime())
                        + ": "
                        + reset.reason()
                        + ".";
        return anomaly(
                reset.streamId(),
                "state-reset",
                Anomaly.Phase.OPEN,
                reset.eventTime(),
                reset.eventTime(),
                Float.NaN,
                Float.NaN,
                List.of(),
                List.of(),
                text);
    }

    private static Anomaly anomaly(
            String streamId,
            String kind,
            Anomaly.Phase phase,
            long openedAt,
            long time,
            float score,
            float pValue,
            List<Attribution> attribution,
            List<Evidence> evidence,
            String text) {
        return new Anomaly(
                streamId,
                kind,
                phase,
                openedAt,
                time,
                score,
                pValue,
                attribution,
                streamId + "/" + kind + "/" + openedAt,
                text,
                evidence);
    }
}
