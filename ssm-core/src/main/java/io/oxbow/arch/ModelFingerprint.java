package io.oxbow.arch;

import io.oxbow.json.Json;
import io.oxbow.model.Fingerprint;
import io.oxbow.safetensors.TensorInfo;
import io.oxbow.safetensors.Tensors;
import java.util.Map;
import java.util.TreeMap;

/** The identity of a model: what its config says, what the user changed, and every weight. */
final class ModelFingerprint {

    private ModelFingerprint() {}

    static long of(Json.Obj config, Tensors weights, Map<String, String> overrides) {
        Fingerprint.Builder digest = Fingerprint.builder();
        digest.add(config.toString());
        digest.add(new TreeMap<>(overrides).toString());
        for (String name : weights.names()) {
            TensorInfo tensor = weights.info(name);
            digest.add(name).add(tensor.dtype().name()).add(tensor.shape().toString());
            digest.add(weights.bytes(name));
        }
        return digest.value();
    }
}
