package io.oxbow.bench.drift;

import io.oxbow.plan.StepPlan;
import io.oxbow.plan.TrapezoidScan;
import java.util.List;

/**
 * The state of a Mamba-3 as its next token sees it. The scan turns B, C and with them the state by
 * angles that add up for ever; only differences of angles reach an output, and turning everything
 * by the same angle changes nothing. So two states are compared after each is turned back by its
 * own angles, and the angles by themselves.
 */
final class TurnedBack {
    private final List<TrapezoidScan> scans;

    TurnedBack(StepPlan plan) {
        this.scans =
                plan.ops().stream()
                        .filter(op -> op instanceof TrapezoidScan)
                        .map(op -> (TrapezoidScan) op)
                        .toList();
    }

    /** Turns a row in place; leaves one without angles as it is. */
    void apply(double[] row) {
        for (TrapezoidScan scan : scans) {
            int angles = scan.rotation().width();
            int modes = scan.modes();
            int headDim = scan.channels() / scan.heads();
            for (int head = 0; head < scan.heads(); head++) {
                for (int j = 0; j < angles; j++) {
                    int at = head * angles + j;
                    double angle =
                            row[scan.state().angle().offset() + at]
                                    + row[scan.state().angleLow().offset() + at];
                    turn(row, scan.state().k().offset() + head * modes + 2 * j, 1, -angle);
                    int first = scan.state().h().offset() + (head * modes + 2 * j) * headDim;
                    for (int p = 0; p < headDim; p++) {
                        turn(row, first + p, headDim, -angle);
                    }
                }
            }
        }
    }

    private static void turn(double[] row, int at, int stride, double angle) {
        double first = row[at];
        double second = row[at + stride];
        row[at] = first * Math.cos(angle) - second * Math.sin(angle);
        row[at + stride] = first * Math.sin(angle) + second * Math.cos(angle);
    }
}
