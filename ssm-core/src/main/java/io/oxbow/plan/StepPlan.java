package io.oxbow.plan;

import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What happens to one token: a straight list of {@link StepOp}s over per-token registers and the
 * stream's state. The meeting point of architectures, which write plans, and backends, which run
 * them. Immutable and safe to share between threads.
 */
public final class StepPlan {
    private final List<Register> registers;
    private final List<StepOp> ops;
    private final StateRows initial;
    private final OutputLayout outputs;

    private StepPlan(
            List<Register> registers, List<StepOp> ops, StateRows initial, OutputLayout outputs) {
        this.registers = List.copyOf(registers);
        this.ops = List.copyOf(ops);
        this.initial = initial;
        this.outputs = outputs;
    }

    /** Starts a plan whose tokens have {@code inputDim} floats. */
    public static Builder builder(int inputDim) {
        return new Builder(inputDim);
    }

    public int inputDim() {
        return registers.get(0).width();
    }

    /** Register 0 is the input. */
    public List<Register> registers() {
        return registers;
    }

    /** In order of execution. */
    public List<StepOp> ops() {
        return ops;
    }

    /**
     * How many ids the input may be, 0 to one less; empty where the input is numbers and not the id
     * of a token.
     */
    public OptionalInt vocabulary() {
        return ops.stream()
                .filter(op -> op instanceof Embedding)
                .map(op -> (Embedding) op)
                .filter(embedding -> embedding.in().equals(registers.get(0)))
                .mapToInt(Embedding::rows)
                .min();
    }

    public StateLayout layout() {
        return initial.layout();
    }

    /** One row: the state of a stream that has seen nothing. Not to be written. */
    public StateRows initial() {
        return initial;
    }

    public OutputLayout outputs() {
        return outputs;
    }

    /** The same plan with the weights of its projections rounded to {@code format}. */
    public StepPlan withWeights(WeightFormat format) {
        if (format == WeightFormat.F32) {
            return this;
        }
        List<StepOp> rounded = new ArrayList<>(ops.size());
        for (StepOp op : ops) {
            rounded.add(op instanceof Linear linear ? linear.rounded(format) : op);
        }
        return new StepPlan(registers, rounded, initial, outputs);
    }

    /** Collects a plan. Not thread-safe. */
    public static final class Builder {
        private final List<Register> registers = new ArrayList<>();
        private final List<StepOp> ops = new ArrayList<>();
        private final StateLayout.Builder layout = StateLayout.builder();

        private Builder(int inputDim) {
            register("input", inputDim);
        }

        public Register input() {
            return registers.get(0);
        }

        public Register register(String name, int width) {
            if (width <= 0) {
                throw new IllegalArgumentException(
                        "register '" + name + "' has the width " + width);
            }
            Register register = new Register(registers.size(), name, width);
            registers.add(register);
            return register;
        }

        /** The state layout being collected: add segments here. */
        public StateLayout.Builder state() {
            return layout;
        }

        public Builder add(StepOp op) {
            ops.add(op);
            return this;
        }

        /** A plan whose initial state is all zeros. */
        public StepPlan build(OutputLayout outputs) {
            return build(outputs, rows -> {});
        }

        /**
         * @param initialise fills the one row of the initial state, given zeroed
         */
        public StepPlan build(OutputLayout outputs, Consumer<StateRows> initialise) {
            StateRows initial = new StateRows(layout.build(), 1);
            initialise.accept(initial);
            return new StepPlan(registers, ops, initial, outputs);
        }
    }
}
