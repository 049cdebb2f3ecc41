package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.CalendarFeatures;

/**
 * {@link CalendarFeatures}: one sine and cosine a cycle, higher harmonics by rotation. {@link
 * StrictMath} gives the same bits on every machine.
 */
final class ScalarCalendarFeatures implements OpKernel {
    private final CalendarFeatures.Cycle[] cycles;
    private final CalendarFeatures op;

    ScalarCalendarFeatures(CalendarFeatures op) {
        this.op = op;
        this.cycles = op.cycles().toArray(CalendarFeatures.Cycle[]::new);
    }

    @Override
    public void run(KernelFrame frame) {
        int tokens = frame.batch().tokenCount();
        long[] times = frame.batch().eventTimes();
        float[] out = frame.values(op.out());
        int width = op.out().width();
        for (int t = 0; t < tokens; t++) {
            int at = t * width;
            for (CalendarFeatures.Cycle cycle : cycles) {
                fill(out, at, times[t], cycle);
                at += 2 * cycle.harmonics();
            }
        }
    }

    private static void fill(float[] out, int at, long time, CalendarFeatures.Cycle cycle) {
        long period = cycle.periodMillis();
        double angle = 2 * Math.PI * Math.floorMod(time, period) / period;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double re = 1;
        double im = 0;
        for (int k = 0; k < cycle.harmonics(); k++) {
            double turned = re * cos - im * sin;
            im = re * sin + im * cos;
            re = turned;
            out[at + 2 * k] = (float) re;
            out[at + 2 * k + 1] = (float) im;
        }
    }
}
