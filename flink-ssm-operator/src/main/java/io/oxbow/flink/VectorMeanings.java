package io.oxbow.flink;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** What vectors mean, by the hash of the encoder that made them. Immutable. */
public final class VectorMeanings implements Serializable {
    /** Knows no encoder. */
    public static final VectorMeanings NONE = new VectorMeanings(Map.of(), VectorMeaning.UNKNOWN);

    private static final long serialVersionUID = 1L;

    private final HashMap<Long, VectorMeaning> byEncoder;
    private final VectorMeaning otherwise;

    /**
     * @param byEncoder by {@code encoderHash}
     * @param otherwise of vectors whose encoder is not among them or not stated
     */
    public VectorMeanings(Map<Long, VectorMeaning> byEncoder, VectorMeaning otherwise) {
        this.byEncoder = new HashMap<>(byEncoder);
        this.otherwise = otherwise;
    }

    /** The same, but for vectors whose encoder is not among these. */
    public VectorMeanings withOthers(VectorMeaning others) {
        return new VectorMeanings(byEncoder, others);
    }

    /** What that encoder's vectors mean. */
    public VectorMeaning of(long encoderHash) {
        return byEncoder.getOrDefault(encoderHash, otherwise);
    }
}
