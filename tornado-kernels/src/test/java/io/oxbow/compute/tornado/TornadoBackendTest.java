package io.oxbow.compute.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.ComputeBackendContract;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.PlanCase;
import io.oxbow.compute.PlanCatalogue;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract, on the plans made of operations that have a device kernel. */
class TornadoBackendTest extends ComputeBackendContract {

    @Override
    protected ComputeBackend backend() {
        return new TornadoBackend();
    }

    @Override
    protected List<PlanCase> cases() {
        return PlanCatalogue.cases().stream()
                .filter(planCase -> planCase.plan().ops().stream().allMatch(StepGraph::knows))
                .toList();
    }

    @Test
    void movesMoreRowsThanFitOneTransfer() {
        StepPlan plan = cases().get(cases().size() - 1).plan();
        int[] slots = {8, 0, 5, 3, 6};
        StateRows written = new StateRows(plan.layout(), slots.length);
        for (int i = 0; i < written.floats().length; i++) {
            written.floats()[i] = i;
        }
        StateRows read = new StateRows(plan.layout(), slots.length);
        try (StepKernel kernel = backend().prepare(plan, 4, 2);
                StateTable table = kernel.newTable(9)) {
            table.writeRows(slots, slots.length, written);
            table.readRows(slots, slots.length, read);
        }

        assertThat(read.floats()).isEqualTo(written.floats());
    }

    @Test
    void refusesStateItCannotKeepOnTheDevice() {
        StepPlan.Builder builder = StepPlan.builder(1);
        builder.state().i64("steps");
        StepPlan plan =
                builder.build(
                        OutputLayout.builder().add(OutputLayout.HEAD, builder.input()).build());

        assertThatThrownBy(() -> backend().prepare(plan, 1, 1))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("64-bit integers")
                .hasMessageContaining("'vector' or 'scalar'");
    }
}
