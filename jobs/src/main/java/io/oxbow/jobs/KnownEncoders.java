package io.oxbow.jobs;

import io.oxbow.encode.Encoder;
import io.oxbow.encode.Encoders;
import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.VectorMeanings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What vectors mean to the encoders there are, for the operators, which know no encoder. */
final class KnownEncoders {
    /** Of sounds that people have. */
    private static final int[] SAMPLE_RATES = {
        8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000
    };

    private KnownEncoders() {}

    /**
     * Of all encoders whose vectors have that length.
     *
     * @param own around an image model, if there is one
     * @param orFewer or are shorter
     */
    static VectorMeanings meanings(int inputDim, boolean orFewer, Optional<? extends Encoder> own) {
        int[] formats =
                IntStream.concat(IntStream.rangeClosed(1, inputDim), IntStream.of(SAMPLE_RATES))
                        .toArray();
        Map<Long, VectorMeaning> meanings = new HashMap<>();
        own.ifPresent(encoder -> meanings.put(encoder.hash(), meaning(encoder)));
        for (String id : Encoders.ids()) {
            for (int format : formats) {
                make(id, format)
                        .filter(
                                encoder ->
                                        encoder.dim() == inputDim
                                                || orFewer && encoder.dim() < inputDim)
                        .ifPresent(encoder -> meanings.put(encoder.hash(), meaning(encoder)));
            }
        }
        return new VectorMeanings(meanings, VectorMeaning.UNKNOWN);
    }

    /** Empty where the encoder takes no such format. */
    private static Optional<Encoder> make(String id, int format) {
        try {
            return Encoders.create(id, format);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static VectorMeaning meaning(Encoder encoder) {
        return new VectorMeaning(
                IntStream.range(0, encoder.dim()).mapToObj(encoder::channelName).toList(),
                encoder.activityChannel(),
                encoder.tellingChannels());
    }
}
