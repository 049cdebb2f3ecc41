package io.oxbow.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Undoes renames in a schema that a producer wrote with: a record or field whose alias is one of
 * our names is read as ours. Avro itself follows the aliases of the reader's schema only, which
 * helps a new reader with old data; a registry also brings an old reader new data, whose schema
 * says what the names were before.
 */
final class SchemaRenames {

    private SchemaRenames() {}

    /** Whether the schema is of that name, or was. */
    static boolean isOrWas(Schema written, Schema ours) {
        return written.getFullName().equals(ours.getFullName())
                || written.getType() == Schema.Type.RECORD
                        && written.getAliases().contains(ours.getFullName());
    }

    /** {@code written} with our names: the bytes written by one are read by the other. */
    static Schema undo(Schema written, Schema ours) {
        if (written.getType() != ours.getType()) {
            return written;
        }
        return switch (written.getType()) {
            case RECORD -> record(written, ours);
            case ARRAY -> Schema.createArray(undo(written.getElementType(), ours.getElementType()));
            case MAP -> Schema.createMap(undo(written.getValueType(), ours.getValueType()));
            case UNION -> union(written, ours);
            default -> written;
        };
    }

    private static Schema record(Schema written, Schema ours) {
        if (!isOrWas(written, ours)) {
            return written;
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : written.getFields()) {
            String name = name(field, written, ours);
            Schema.Field our = ours.getField(name);
            Schema type = our == null ? field.schema() : undo(field.schema(), our.schema());
            // Only what a writer's schema needs: defaults and orders are the reader's.
            fields.add(new Schema.Field(name, type));
        }
        return Schema.createRecord(
                ours.getName(), null, ours.getNamespace(), ours.isError(), fields);
    }

    private static String name(Schema.Field field, Schema written, Schema ours) {
        if (ours.getField(field.name()) != null) {
            return field.name();
        }
        Set<String> before = field.aliases();
        for (String name : before) {
            if (ours.getField(name) != null && written.getField(name) == null) {
                return name;
            }
        }
        return field.name();
    }

    private static Schema union(Schema written, Schema ours) {
        List<Schema> branches = new ArrayList<>();
        for (Schema branch : written.getTypes()) {
            branches.add(
                    ours.getTypes().stream()
                            .filter(our -> our.getType() == branch.getType())
                            .filter(our -> isOrWas(branch, our))
                            .findFirst()
                            .map(our -> undo(branch, our))
                            .orElse(branch));
        }
        return Schema.createUnion(branches);
    }
}
