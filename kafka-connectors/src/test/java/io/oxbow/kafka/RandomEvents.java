package io.oxbow.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Events with random content, of any schema. No NaN, which Avro takes for unequal to itself. */
final class RandomEvents {
    private static final String[] TEXTS = {
        "", "cam-1", "Straße 7/β", "\uD83D\uDE00", "a b\n\t\"c\""
    };

    private final Random random;

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    <R extends SpecificRecordBase> R next(EventType<R> type) {
        return type.recordClass().cast(value(type.schema()));
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                SpecificRecordBase record =
                        (SpecificRecordBase) SpecificData.newInstance(classOf(schema), schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), value(field.schema()));
                }
                yield record;
            }
            case ENUM ->
                    SpecificData.get()
                            .createEnum(
                                    schema.getEnumSymbols()
                                            .get(random.nextInt(schema.getEnumSymbols().size())),
                                    schema);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                Map<String, Object> entries = new TreeMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    entries.put(text() + i, value(schema.getValueType()));
                }
                yield entries;
            }
            case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case STRING -> text();
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(64)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case INT -> random.nextInt();
            case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(100);
            case FLOAT -> (float) random.nextGaussian();
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new AssertionError("no event has a " + schema.getType());
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static Class<?> classOf(Schema schema) {
        return SpecificData.get().getClass(schema);
    }
}
