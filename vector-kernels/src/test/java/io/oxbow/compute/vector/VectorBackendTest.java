package io.oxbow.compute.vector;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.ComputeBackendContract;

class VectorBackendTest extends ComputeBackendContract {

    @Override
    protected ComputeBackend backend() {
        return new VectorBackend();
    }
}
