package io.oxbow.compute.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.ComputeBackendContract;
import io.oxbow.compute.PlanCase;
import io.oxbow.compute.PlanCatalogue;
import io.oxbow.plan.StepOp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract, unchanged, on every plan. */
class TornadoBackendTest extends ComputeBackendContract {
    private final PooledTables backend = new PooledTables(new TornadoBackend());
    private final List<PlanCase> cases = PlanCatalogue.cases();

    @Override
    protected ComputeBackend backend() {
        return backend;
    }

    /** The same plans for every test, so that they find their tables again. */
    @Override
    protected List<PlanCase> cases() {
        return cases;
    }

    @AfterAll
    void closeTables() {
        backend.close();
        assertThat(Device.at(0).taken()).isZero();
    }

    @Test
    void everyOperationOfTheCatalogueHasAKernel() {
        Set<String> without = new TreeSet<>();
        for (PlanCase planCase : cases) {
            for (StepOp op : planCase.plan().ops()) {
                if (DeviceOps.find(op).isEmpty()) {
                    without.add(op.describe());
                }
            }
        }
        assertThat(without).isEmpty();
    }
}
