package io.oxbow.flink.summary;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Summary;

/** Where a {@link StreamWatch} puts what it finds, in the order of event time. */
interface Findings {

    void summary(Summary summary);

    void anomaly(Anomaly anomaly);
}
