package io.oxbow.bench.pipeline;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The same bank of complex modes as {@link io.oxbow.bench.BenchmarkPlans#diagonalScan}, as one
 * would first write it: an array in {@code ValueState}, read and written back for every event.
 */
final class NaiveScan
        extends KeyedProcessFunction<Integer, Tuple3<Integer, Integer, Float>, Float> {
    private static final long serialVersionUID = 1L;

    private final int modes;
    private transient ValueState<float[]> state;
    private transient float[] turnRe;
    private transient float[] turnIm;

    /**
     * @param modes complex modes a stream, two floats each
     */
    NaiveScan(int modes) {
        this.modes = modes;
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "modes",
                                        PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO));
        turnRe = new float[modes];
        turnIm = new float[modes];
        for (int i = 0; i < modes; i++) {
            turnRe[i] = (float) (0.98 * Math.cos(Math.PI * i / modes));
            turnIm[i] = (float) (0.98 * Math.sin(Math.PI * i / modes));
        }
    }

    @Override
    public void processElement(
            Tuple3<Integer, Integer, Float> reading, Context context, Collector<Float> out)
            throws Exception {
        float[] x = state.value();
        if (x == null) {
            x = new float[2 * modes];
        }
        float u = reading.f2;
        float sum = 0;
        for (int i = 0; i < modes; i++) {
            float re = turnRe[i] * x[i] - turnIm[i] * x[modes + i] + 0.1f * u;
            float im = turnRe[i] * x[modes + i] + turnIm[i] * x[i];
            x[i] = re;
            x[modes + i] = im;
            sum += re - im;
        }
        state.update(x);
        out.collect(sum);
    }
}
