package io.oxbow.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.plan.StepOp;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanCatalogueTest {

    @Test
    void holdsEveryKindOfOperation() {
        Set<Class<?>> kinds = new HashSet<>();
        for (PlanCase planCase : PlanCatalogue.cases()) {
            for (StepOp op : planCase.plan().ops()) {
                kinds.add(op.getClass());
            }
        }

        assertThat(kinds).containsExactlyInAnyOrder(StepOp.class.getPermittedSubclasses());
    }

    @Test
    void namesEachCaseOnce() {
        assertThat(PlanCatalogue.cases()).extracting(PlanCase::name).doesNotHaveDuplicates();
    }
}
