package io.oxbow.bench.pipeline;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The same model on the same kernels as one would first write it: the state is an array in {@code
 * ValueState}, read and written back for every event, and each event is a batch of its own.
 */
final class NaiveInference extends KeyedProcessFunction<String, StreamEvent, Inference> {
    private static final long serialVersionUID = 1L;
    private static final int[] ONLY_SLOT = {0};
    private static final float[] NONE = {};

    private final BenchmarkModel source;
    private final String compute;
    private transient ValueState<float[]> floats;
    private transient ValueState<long[]> longs;
    private transient StepKernel kernel;
    private transient StateTable table;
    private transient StateRows row;
    private transient TokenBatch batch;
    private transient OutputBatch outputs;
    private transient OutputLayout layout;

    /**
     * @param compute name of the compute backend
     */
    NaiveInference(BenchmarkModel source, String compute) {
        this.source = source;
        this.compute = compute;
    }

    @Override
    public void open(OpenContext context) {
        floats =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "floats",
                                        PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO));
        longs =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "longs",
                                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        SsmModel model = source.load();
        kernel =
                BackendSelector.load(getClass().getClassLoader())
                        .prepare(compute, model.plan(), 1, 1)
                        .kernel();
        table = kernel.newTable(1);
        row = new StateRows(model.plan().layout(), 1);
        batch = new TokenBatch(model.inputDim(), 1, 1);
        layout = model.plan().outputs();
        outputs = new OutputBatch(layout, 1);
    }

    @Override
    public void processElement(StreamEvent event, Context context, Collector<Inference> out)
            throws Exception {
        Observation seen = (Observation) event;
        float[] x = floats.value();
        if (x == null) {
            table.initRows(ONLY_SLOT, 1);
            x = new float[row.floats().length];
        } else {
            System.arraycopy(x, 0, row.floats(), 0, x.length);
            if (row.longs().length > 0) {
                System.arraycopy(longs.value(), 0, row.longs(), 0, row.longs().length);
            }
            table.writeRows(ONLY_SLOT, 1, row);
        }
        System.arraycopy(seen.values(), 0, batch.tokens(), 0, seen.values().length);
        batch.dt()[0] = 1;
        batch.eventTimes()[0] = seen.eventTime();
        batch.offsets()[1] = 1;
        batch.size(1, 1);
        kernel.run(batch, table, outputs);
        table.readRows(ONLY_SLOT, 1, row);
        System.arraycopy(row.floats(), 0, x, 0, x.length);
        floats.update(x);
        if (row.longs().length > 0) {
            longs.update(row.longs().clone());
        }
        out.collect(inference(seen));
    }

    private Inference inference(Observation seen) {
        float[] score = slice(OutputLayout.SCORE);
        float[] pValue = slice(OutputLayout.P_VALUE);
        return new Inference(
                seen.streamId(),
                seen.epoch(),
                seen.seq(),
                seen.eventTime(),
                seen.ingestTime(),
                seen.encoderHash(),
                seen.seq(),
                seen.health(),
                0,
                score.length == 0 ? 0 : score[0],
                pValue.length == 0 ? Float.NaN : pValue[0],
                seen.values(),
                slice(OutputLayout.FORECAST),
                slice(OutputLayout.ATTRIBUTION),
                NONE,
                slice(OutputLayout.HEAD),
                NONE);
    }

    private float[] slice(String name) {
        OutputLayout.Field field = layout.field(name).orElse(null);
        return field == null
                ? NONE
                : Arrays.copyOfRange(
                        outputs.values(), field.offset(), field.offset() + field.width());
    }

    @Override
    public void close() {
        if (kernel != null) {
            table.close();
            kernel.close();
        }
    }
}
