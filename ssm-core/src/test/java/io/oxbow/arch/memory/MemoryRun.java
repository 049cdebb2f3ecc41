package io.oxbow.arch.memory;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.Outlook;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;
import io.oxbow.plan.EvidenceKind;
import io.oxbow.plan.OutputLayout;
import java.util.Arrays;
import java.util.Comparator;

/** One stream through the memory model, a token at a time. */
final class MemoryRun implements AutoCloseable {
    private static final int[] SLOT = {0};

    private final SsmModel model;
    private final StepKernel kernel;
    private final StateTable table;
    private final TokenBatch batch;
    private final OutputBatch outputs;

    MemoryRun(MemoryConfig config) {
        this.model = MemoryModel.build(config);
        this.kernel = new ScalarBackend().prepare(model.plan(), 1, 1);
        this.table = kernel.newTable(1);
        this.batch = new TokenBatch(model.inputDim(), 1, 1);
        this.outputs = new OutputBatch(model.plan().outputs(), 1);
        table.initRows(SLOT, 1);
        batch.offsets()[1] = 1;
        batch.dt()[0] = 1;
        batch.size(1, 1);
    }

    void step(long eventTime, float... values) {
        batch.eventTimes()[0] = eventTime;
        System.arraycopy(values, 0, batch.tokens(), 0, values.length);
        kernel.run(batch, table, outputs);
    }

    float score() {
        return output(OutputLayout.SCORE, 0);
    }

    float pValue() {
        return output(OutputLayout.P_VALUE, 0);
    }

    float forecast(int channel) {
        return output(OutputLayout.FORECAST, channel);
    }

    float attribution(int channel) {
        return output(OutputLayout.ATTRIBUTION, channel);
    }

    /** Decimal digits of a kind of evidence. */
    float evidence(EvidenceKind kind) {
        return output(OutputLayout.EVIDENCE, kind.ordinal());
    }

    /** The channel that a kind of evidence is strongest in. */
    int evidenceChannel(EvidenceKind kind) {
        return (int) output(OutputLayout.EVIDENCE, EvidenceKind.values().length + kind.ordinal());
    }

    /** The kind with the most digits. */
    EvidenceKind leading() {
        return Arrays.stream(EvidenceKind.values())
                .max(Comparator.comparingDouble(this::evidence))
                .orElseThrow();
    }

    private float output(String name, int index) {
        OutputLayout.Field field = model.plan().outputs().field(name).orElseThrow();
        return outputs.values()[field.offset() + index];
    }

    /** What is expected of the next tokens. */
    Outlook outlook() {
        Outlook outlook = Outlook.of(model.plan()).orElseThrow();
        outlook.read(state(), 0);
        return outlook;
    }

    boolean allOutputsFinite() {
        for (float value : outputs.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    StateRows state() {
        StateRows row = new StateRows(model.plan().layout(), 1);
        table.readRows(SLOT, 1, row);
        return row;
    }

    boolean stateFinite() {
        for (float value : state().floats()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        table.close();
        kernel.close();
    }
}
