package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledSchemasTest {
    private static final Path STORED = Path.of("src/main/resources/io/oxbow/kafka");

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theStoredSchemaOfThisVersionIsTheOneInUse(EventType<?> type) throws IOException {
        Path stored = STORED.resolve(type.schemaResource(type.version()));
        Path fresh = Path.of("target", type.schemaResource(type.version()));
        Files.createDirectories(fresh.getParent());
        Files.writeString(fresh, SchemaFormatter.format("json/pretty", type.schema()) + "\n");

        assertThat(stored)
                .describedAs(
                        "A changed schema needs a new version in EventTypes; the file to store is %s",
                        fresh)
                .hasSameTextualContentAs(fresh);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyVersionIsStoredAndReadableAsTheNewest(EventType<?> type)
            throws SchemaValidationException {
        for (int version = 1; version <= type.version(); version++) {
            Schema written = BundledSchemas.INSTANCE.find(type.schemaId(version));
            assertThat(EventTypes.of(written)).isSameAs(type);
            new SchemaValidatorBuilder()
                    .canReadStrategy()
                    .validateLatest()
                    .validate(type.schema(), List.of(written));
        }
    }

    @Test
    void idsAreDistinctAndFixed() {
        Set<Integer> ids = new HashSet<>();
        for (EventType<?> type : EventTypes.all()) {
            for (int version = 1; version <= type.version(); version++) {
                assertThat(ids.add(type.schemaId(version))).isTrue();
            }
        }
        assertThat(EventTypes.FEATURES.schemaId(1)).isEqualTo(0x6F780201);
        assertThat(EventTypes.MODEL_UPDATE.schemaId(1)).isEqualTo(0x6F780B01);
    }

    /** {@link BoundedDecoder} takes an item for at least one byte. */
    @Test
    void noCollectionHasEmptyItems() {
        EventTypes.all().forEach(type -> assertItemsHaveBytes(type.schema(), new HashSet<>()));
    }

    private static void assertItemsHaveBytes(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case ARRAY -> {
                assertThat(minimumBytes(schema.getElementType())).isPositive();
                assertItemsHaveBytes(schema.getElementType(), seen);
            }
            case MAP -> assertItemsHaveBytes(schema.getValueType(), seen);
            case UNION -> schema.getTypes().forEach(branch -> assertItemsHaveBytes(branch, seen));
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(f -> assertItemsHaveBytes(f.schema(), seen));
                }
            }
            default -> assertThat(schema.getType()).isNotEqualTo(Schema.Type.FIXED);
        }
    }

    private static int minimumBytes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case RECORD ->
                    schema.getFields().stream().mapToInt(f -> minimumBytes(f.schema())).sum();
            default -> 1;
        };
    }

    @Test
    void anUnknownIdHasNoSchema() {
        assertThat(Stream.of(0, 1, -1, 0x6F780200, 0x6F7802FF, 0x6F780001))
                .allSatisfy(id -> assertThat(BundledSchemas.INSTANCE.find(id)).isNull());
    }
}
