package io.oxbow.examples;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.inference.ModelSource;
import io.oxbow.flink.inference.SsmInference;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Mamba weights of one's own: a directory with config.json and model.safetensors, in the authors'
 * naming or Hugging Face's, local or on S3.
 */
public final class OwnMamba {
    /** One vector of one stream. */
    public static final class Vector {
        public String stream = "";
        public long millis;
        public float[] values = {};
    }

    private OwnMamba() {}

    /** The hidden representation of every vector, in {@link Inference#embedding}. */
    static DataStream<Inference> embeddings(DataStream<Vector> vectors, String directory)
            throws Exception {
        return SsmInference.from(vectors)
                .streamId(vector -> vector.stream)
                .eventTime(vector -> vector.millis)
                .values(vector -> vector.values)
                .model(directory)
                .option(OxbowOptions.OUTPUT_EMBEDDING, true)
                .verifyModel()
                .build()
                .inferences();
    }

    /** How many floats a vector must have for the model in that directory. */
    static int inputDim(String directory) throws Exception {
        return ModelSource.of(new Configuration().set(OxbowOptions.MODEL_URI, directory))
                .load()
                .inputDim();
    }
}
