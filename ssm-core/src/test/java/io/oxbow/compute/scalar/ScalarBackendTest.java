package io.oxbow.compute.scalar;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.ComputeBackendContract;

class ScalarBackendTest extends ComputeBackendContract {

    @Override
    protected ComputeBackend backend() {
        return new ScalarBackend();
    }
}
