package io.oxbow.flink.inference;

import io.oxbow.compute.scalar.Outlook;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.state.ResidentStates;
import io.oxbow.flink.state.ResidentStream;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;

/**
 * Adds to questions about the future what the model expects, read from the stream's state as it is.
 * Events cost nothing by it. Mailbox thread only.
 */
final class ForesightReader {
    /** The kind of question that is about the future. */
    private static final String FORECAST = "forecast";

    private final ResidentStates<?> states;
    private final Outlook outlook;
    private final StateRows row;

    ForesightReader(SsmModel model, ResidentStates<?> states) {
        this.states = states;
        this.outlook = Outlook.of(model.plan()).orElse(null);
        this.row = outlook == null ? null : new StateRows(model.plan().layout(), 1);
    }

    /**
     * The question with what is expected, or the question alone where nothing is. Nothing may be
     * pending, and the question's stream must be the current key.
     */
    StreamSignal of(Query query) throws Exception {
        if (outlook == null || !query.kind().equals(FORECAST)) {
            return query;
        }
        ResidentStream<?> stream = states.ofCurrentKey();
        if (stream.position().steps() == 0) {
            return query;
        }
        states.readRow(stream, row);
        outlook.read(row, 0);
        return Float.isNaN(outlook.expected()[0])
                ? query
                : new Foresight(
                        query,
                        outlook.horizon(),
                        outlook.expected().clone(),
                        outlook.low().clone(),
                        outlook.high().clone());
    }
}
