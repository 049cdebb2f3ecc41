package io.oxbow.flink.inference;

import io.oxbow.flink.event.ModelUpdate;
import java.io.Serializable;

/** How the models of updates are loaded. Travels to every task. */
@FunctionalInterface
interface OfferedModels extends Serializable {

    /** Where the model of {@code update} comes from; nothing is read yet. */
    ModelSource of(ModelUpdate update);
}
