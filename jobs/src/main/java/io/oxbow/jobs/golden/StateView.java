package io.oxbow.jobs.golden;

import io.oxbow.model.StateLayout;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.TrapezoidScan;
import java.util.ArrayList;
import java.util.List;

/**
 * One tensor of a reference state as a view of our state rows: an index mapping, no arithmetic.
 *
 * <p>Our segments keep the axis along which kernels run last: (modes, channels). The reference has
 * it first: (channels, modes). So a segment of several axes is the transpose of the reference in
 * its last axis against all others, head by head where the scan keeps heads apart, and segments
 * named {@code x.part} lie one after the other along the channels. Angles, which we keep within a
 * turn and the reference does not, are equal when they differ by whole turns.
 */
final class StateView {
    private final List<Segment> parts;
    private final StateLayout layout;
    private final int heads;
    private final int size;

    private StateView(StateLayout layout, List<Segment> parts, int heads) {
        this.layout = layout;
        this.parts = parts;
        this.heads = heads;
        this.size = parts.stream().mapToInt(Segment::length).sum();
    }

    /**
     * The view of the segment of that name, or of its parts.
     *
     * @throws IllegalArgumentException if the plan's layout has neither
     */
    static StateView of(StepPlan plan, String name) {
        StateLayout layout = plan.layout();
        List<Segment> parts = new ArrayList<>();
        for (Segment segment : layout.segments()) {
            boolean part =
                    segment.name().startsWith(name + ".") && !segment.name().endsWith(".low");
            if (segment.name().equals(name) || part) {
                parts.add(segment);
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the model keeps no state '" + name + "'");
        }
        return new StateView(layout, parts, heads(plan, parts.get(0)));
    }

    /** How many equal stretches the scan that owns the segment keeps apart. */
    private static int heads(StepPlan plan, Segment segment) {
        for (StepOp op : plan.ops()) {
            if (op instanceof SsdScan scan && scan.state().equals(segment)) {
                return scan.heads();
            }
            if (op instanceof TrapezoidScan scan && scan.state().h().equals(segment)) {
                return scan.heads();
            }
        }
        return 1;
    }

    /** Elements per stream. */
    int size() {
        return size;
    }

    /** Whether elements are angles, equal when they differ by whole turns. */
    boolean angular() {
        return parts.get(0).name().endsWith("angle_state");
    }

    /** Element {@code index}, in the reference's order, of row {@code row}. */
    double get(StateRows rows, int row, int index) {
        Segment part = part(index);
        return rows.floats()[row * layout.floats() + offset(part, index)];
    }

    /** Sets element {@code index}, in the reference's order, of row {@code row}. */
    void set(StateRows rows, int row, int index, double value) {
        Segment part = part(index);
        rows.floats()[row * layout.floats() + offset(part, index)] = (float) value;
    }

    private Segment part(int index) {
        int from = 0;
        for (Segment part : parts) {
            if (index < from + part.length()) {
                return part;
            }
            from += part.length();
        }
        throw new IndexOutOfBoundsException(index);
    }

    private int offset(Segment part, int index) {
        int within = index;
        for (Segment before : parts) {
            if (before == part) {
                break;
            }
            within -= before.length();
        }
        int axes = part.shape().size();
        int lanes = axes < 2 ? 1 : part.shape().get(axes - 1);
        int head = part.length() / heads;
        int rest = head / lanes;
        int inHead = within % head;
        return part.offset() + within - inHead + inHead % rest * lanes + inHead / rest;
    }
}
