package io.oxbow.flink;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Writes the options table of the documentation from the options themselves. */
public final class OptionsTable {

    private OptionsTable() {}

    /**
     * A Markdown table of all {@code public static final ConfigOption} fields of {@code holders},
     * in the order they are declared.
     */
    public static String markdown(Class<?>... holders) {
        StringBuilder table = new StringBuilder();
        table.append("| Option | Type | Default | What it does |\n|---|---|---|---|\n");
        for (Class<?> holder : holders) {
            for (Field field : holder.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    appendRow(field, table);
                }
            }
        }
        return table.toString();
    }

    private static void appendRow(Field field, StringBuilder table) {
        ConfigOption<?> option = option(field);
        Type type = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        table.append("| `")
                .append(option.key())
                .append("` | ")
                .append(typeName(type))
                .append(" | ")
                .append(option.hasDefaultValue() ? "`" + text(option.defaultValue()) + "`" : "none")
                .append(" | ")
                .append(new HtmlFormatter().format(option.description()).replace("|", "\\|"))
                .append(" |\n");
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(field + " is not public", e);
        }
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class
                    ? "map"
                    : "list of " + typeName(generic.getActualTypeArguments()[0]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return String.join(
                    ", ", Arrays.stream(plain.getEnumConstants()).map(c -> "`" + c + "`").toList());
        }
        return switch (plain.getSimpleName()) {
            case "MemorySize" -> "memory";
            default -> plain.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof MemorySize memory) {
            return memory.toString();
        }
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(element -> texts.add(text(element)));
            return String.join(";", texts);
        }
        return String.valueOf(value);
    }
}
