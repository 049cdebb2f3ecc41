package io.oxbow.kafka;

import org.apache.avro.specific.SpecificData;

/** Has Avro use the field-by-field code it generated into the events, not its interpreter. */
final class GeneratedCode {
    private static final SpecificData DATA = make();

    private GeneratedCode() {}

    static SpecificData data() {
        return DATA;
    }

    private static SpecificData make() {
        SpecificData data = new SpecificData(GeneratedCode.class.getClassLoader());
        data.setCustomCoders(true);
        return data;
    }
}
