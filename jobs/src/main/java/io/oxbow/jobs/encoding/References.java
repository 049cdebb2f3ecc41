package io.oxbow.jobs.encoding;

import io.oxbow.encode.StatefulEncoder;

/** What an encoder that serves many streams remembers of one of them, on its way in and out. */
final class References {
    private References() {}

    /** Goes on with a stream's references; with none if they are null. */
    static void resume(StatefulEncoder encoder, float[] references) {
        if (references == null) {
            encoder.reset();
        } else {
            encoder.restore(references, 0);
        }
    }

    /** A copy of what the encoder remembers. */
    static float[] of(StatefulEncoder encoder) {
        float[] references = new float[encoder.stateFloats()];
        encoder.save(references, 0);
        return references;
    }
}
