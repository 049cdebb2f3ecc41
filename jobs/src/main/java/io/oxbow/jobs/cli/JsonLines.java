package io.oxbow.jobs.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Writes records and maps as one JSON object a line. JSON has no NaN or infinity: they become
 * {@code null}.
 */
public final class JsonLines {
    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(numbers());

    private JsonLines() {}

    /** The JSON text of {@code value}, without a line end. */
    public static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot be written as JSON: " + value.getClass().getName(), e);
        }
    }

    /** {@code value} as a JSON object that begins with a field saying what it is. */
    public static JsonNode typed(String type, Object value) {
        ObjectNode object = MAPPER.createObjectNode().put("type", type);
        return object.setAll((ObjectNode) MAPPER.valueToTree(value));
    }

    private static SimpleModule numbers() {
        JsonSerializer<Number> number =
                new JsonSerializer<>() {
                    @Override
                    public void serialize(
                            Number value, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        if (value instanceof Float single) {
                            write(json, single);
                        } else {
                            write(json, value.doubleValue());
                        }
                    }
                };
        SimpleModule module = new SimpleModule("finite-numbers");
        module.addSerializer(Float.class, number);
        module.addSerializer(Float.TYPE, number);
        module.addSerializer(Double.class, number);
        module.addSerializer(Double.TYPE, number);
        module.addSerializer(
                float[].class,
                new JsonSerializer<>() {
                    @Override
                    public void serialize(
                            float[] values, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        json.writeStartArray();
                        for (float value : values) {
                            write(json, value);
                        }
                        json.writeEndArray();
                    }
                });
        module.addSerializer(
                double[].class,
                new JsonSerializer<>() {
                    @Override
                    public void serialize(
                            double[] values, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        json.writeStartArray();
                        for (double value : values) {
                            write(json, value);
                        }
                        json.writeEndArray();
                    }
                });
        return module;
    }

    private static void write(JsonGenerator json, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private static void write(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
