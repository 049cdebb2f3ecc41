package io.oxbow.flink.inference;

import io.oxbow.compute.OutputBatch;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.plan.OutputLayout;
import java.util.Arrays;

/** Makes {@link Inference}s of the model's output rows. Allocates them and nothing else. */
final class InferenceReader {
    private static final float[] LEFT_OUT = {};

    /** An event that is less unusual is part of no anomaly, and carries no evidence. */
    private static final float UNUSUAL_P_VALUE = 0.05f;

    private static final float UNUSUAL_SCORE = 0.5f;

    private final int width;
    private final int activityChannel;
    private final VectorMeanings meanings;

    /** Of the last event, since most jobs know one encoder. */
    private long encoderHash;

    private int encoderActivity;
    private final OutputLayout.Field score;
    private final OutputLayout.Field pValue;
    private final OutputLayout.Field forecast;
    private final OutputLayout.Field attribution;
    private final OutputLayout.Field embedding;
    private final OutputLayout.Field head;
    private final OutputLayout.Field evidence;

    /** Fields that the model lacks or the settings leave out are empty in every inference. */
    InferenceReader(OutputLayout layout, InferenceSettings settings) {
        this.width = layout.width();
        this.activityChannel = settings.activityChannel();
        this.meanings = settings.meanings();
        this.encoderActivity = meanings.of(encoderHash).activityChannel();
        this.score = field(layout, OutputLayout.SCORE, true);
        this.pValue = field(layout, OutputLayout.P_VALUE, true);
        this.forecast = field(layout, OutputLayout.FORECAST, settings.forecast());
        this.attribution = field(layout, OutputLayout.ATTRIBUTION, settings.attribution());
        this.embedding = field(layout, OutputLayout.EMBEDDING, settings.embedding());
        this.head = field(layout, OutputLayout.HEAD, true);
        this.evidence = field(layout, OutputLayout.EVIDENCE, true);
    }

    private static OutputLayout.Field field(OutputLayout layout, String name, boolean wanted) {
        return wanted ? layout.field(name).orElse(null) : null;
    }

    Inference read(Observation event, long stateVersion, OutputBatch outputs, int row) {
        float[] values = outputs.values();
        int at = row * width;
        float itsScore = single(score, values, at, 0);
        float itsPValue = single(pValue, values, at, Float.NaN);
        boolean unusual = itsPValue <= UNUSUAL_P_VALUE || itsScore > UNUSUAL_SCORE;
        return new Inference(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                event.ingestTime(),
                event.encoderHash(),
                stateVersion,
                event.health(),
                activity(event),
                itsScore,
                itsPValue,
                event.values(),
                slice(forecast, values, at),
                slice(attribution, values, at),
                slice(embedding, values, at),
                slice(head, values, at),
                unusual ? slice(evidence, values, at) : LEFT_OUT);
    }

    private float activity(Observation event) {
        float[] input = event.values();
        if (event.encoderHash() != encoderHash) {
            encoderHash = event.encoderHash();
            encoderActivity = meanings.of(encoderHash).activityChannel();
        }
        int channel = activityChannel >= 0 ? activityChannel : encoderActivity;
        if (channel >= 0) {
            return input[channel];
        }
        double sum = 0;
        for (float value : input) {
            sum += value;
        }
        return (float) (sum / input.length);
    }

    private static float single(
            OutputLayout.Field field, float[] values, int at, float whenLacking) {
        return field == null ? whenLacking : values[at + field.offset()];
    }

    private static float[] slice(OutputLayout.Field field, float[] values, int at) {
        if (field == null) {
            return LEFT_OUT;
        }
        int from = at + field.offset();
        return Arrays.copyOfRange(values, from, from + field.width());
    }
}
