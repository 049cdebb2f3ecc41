package io.oxbow.jobs.model;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.Timeline;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;

/** Tells whoever offered a model what became of it, where questions are answered. */
public final class ModelAnswers implements MapFunction<ModelVerdict, Answer> {
    /** The kind of all these answers. */
    public static final String KIND = "model";

    /** The status of a model that was let through, or that the job has. */
    public static final String OK = "ok";

    private static final long serialVersionUID = 1L;
    private static final String REFUSED = "refused";

    /** What the answer to an update is known by. */
    public static String queryId(ModelUpdate update) {
        return update.modelId() + "/" + update.version();
    }

    @Override
    public Answer map(ModelVerdict verdict) {
        ModelUpdate update = verdict.update();
        return new Answer(
                queryId(update),
                update.modelId(),
                "",
                KIND,
                verdict.outcome() == ModelVerdict.Outcome.REFUSED ? REFUSED : OK,
                0,
                0,
                update.eventTime(),
                0,
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                verdict.text(),
                "");
    }
}
