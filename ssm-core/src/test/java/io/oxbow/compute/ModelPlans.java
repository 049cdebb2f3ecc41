package io.oxbow.compute;

import io.oxbow.arch.SampleModels;
import io.oxbow.model.SsmModel;
import java.util.ArrayList;
import java.util.List;

/** Whole models, one and more of every architecture. */
final class ModelPlans {

    private ModelPlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (SsmModel model : SampleModels.all()) {
            String name =
                    "model %d, %s %s"
                            .formatted(cases.size(), model.architecture(), model.timeMode());
            cases.add(new PlanCase(name, model.plan()));
        }
        return cases;
    }
}
