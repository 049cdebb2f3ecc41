package io.oxbow.arch;

import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a model's config, typed, with errors that name the field.
 *
 * <p>An override replaces a top-level field: {@code time-mode} stands for {@code time_mode}. A
 * field that is {@code null} counts as absent. Not thread-safe: it remembers which overrides were
 * used.
 */
public final class ModelConfig {
    /** Sizes multiply each other; up to here the products of two fit an array. */
    private static final int MAX_SIZE = 1 << 16;

    private final String name;
    private final String where;
    private final Json.Obj fields;
    private final Map<String, String> overrides;
    private final Set<String> asked;
    private final long fingerprint;

    private ModelConfig(
            String name,
            String where,
            Json.Obj fields,
            Map<String, String> overrides,
            Set<String> asked,
            long fingerprint) {
        this.name = name;
        this.where = where;
        this.fields = fields;
        this.overrides = overrides;
        this.asked = asked;
        this.fingerprint = fingerprint;
    }

    /**
     * @param name where the model came from, for people
     * @param overrides fields set by the user, in kebab-case
     * @param fingerprint identity of the config and the weights
     */
    public static ModelConfig of(
            String name, Json.Obj fields, Map<String, String> overrides, long fingerprint) {
        return new ModelConfig(
                name, "", fields, Map.copyOf(overrides), new HashSet<>(), fingerprint);
    }

    /** Where the model came from, for people. */
    public String name() {
        return name;
    }

    /** The fields of a nested object; all absent where the object is. */
    public ModelConfig section(String field) {
        Json value = fields.get(field);
        if (value == null || value instanceof Json.Null) {
            value = new Json.Obj(Map.of());
        }
        if (!(value instanceof Json.Obj section)) {
            throw wrong(field, "an object", value);
        }
        return new ModelConfig(
                name, where + field + ".", section, Map.of(), new HashSet<>(), fingerprint);
    }

    public boolean has(String field) {
        return value(field) != null;
    }

    /** A whole number of at least 1. */
    public int positive(String field) {
        long value = whole(field, required(field));
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw wrong(field, "a positive whole number", required(field));
        }
        return (int) value;
    }

    public int positive(String field, int otherwise) {
        return has(field) ? positive(field) : otherwise;
    }

    /** A size of a model: a whole number of at least 1 that arrays can be made of. */
    public int size(String field, int otherwise) {
        int value = positive(field, otherwise);
        if (value > MAX_SIZE) {
            throw wrong(field, "at most " + MAX_SIZE, required(field));
        }
        return value;
    }

    /**
     * A size given as a multiple of another.
     *
     * @param field the factor, not necessarily whole
     */
    public int multiple(String field, double otherwise, int of) {
        double product = number(field, otherwise) * of;
        if (!(product >= 1 && product <= MAX_SIZE)) {
            throw wrong(
                    field,
                    "a factor that makes 1 to " + MAX_SIZE + " channels of " + of,
                    required(field));
        }
        return (int) product;
    }

    /** A number that is neither infinite nor NaN. */
    public double number(String field) {
        Json value = required(field);
        if (value instanceof Json.Num number && Double.isFinite(number.asDouble())) {
            return number.asDouble();
        }
        throw wrong(field, "a finite number", value);
    }

    public double number(String field, double otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    /** Numbers, infinities allowed. */
    public double[] numbers(String field, double... otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        Json value = required(field);
        if (!(value instanceof Json.Arr array)
                || !array.elements().stream().allMatch(e -> e instanceof Json.Num)) {
            throw wrong(field, "an array of numbers", value);
        }
        return array.elements().stream().mapToDouble(e -> ((Json.Num) e).asDouble()).toArray();
    }

    public boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        Json value = required(field);
        if (value instanceof Json.Bool flag) {
            return flag.value();
        } else if (value instanceof Json.Str text && text.value().matches("true|false")) {
            return Boolean.parseBoolean(text.value());
        }
        throw wrong(field, "true or false", value);
    }

    /** Whether a field is there and holds a string. */
    public boolean isText(String field) {
        return value(field) instanceof Json.Str;
    }

    public String text(String field, String otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        Json value = required(field);
        if (value instanceof Json.Str text) {
            return text.value();
        }
        String override = overrides.get(field.replace('_', '-'));
        if (override != null) {
            return override;
        }
        throw wrong(field, "a string", value);
    }

    /**
     * One of a few words.
     *
     * @param choices the first is taken where the field is absent
     */
    public String choice(String field, String... choices) {
        String value = text(field, choices[0]);
        if (!Arrays.asList(choices).contains(value)) {
            throw wrong(field, "one of " + String.join(", ", choices), required(field));
        }
        return value;
    }

    /** Refuses the model unless a field is absent or holds {@code allowed}. */
    public void only(String field, String allowed, String why) {
        Json value = value(field);
        if (value != null && !ConfigText.shown(value).equals(allowed)) {
            throw new ModelException(
                    "model '"
                            + name
                            + "': "
                            + where
                            + field
                            + " is "
                            + ConfigText.shown(value)
                            + ": "
                            + why);
        }
    }

    /** How gaps between events enter the state: {@code time_mode}, per event where absent. */
    public TimeMode timeMode() {
        return choice("time_mode", "per-event", "event-time").equals("event-time")
                ? TimeMode.EVENT_TIME
                : TimeMode.PER_EVENT;
    }

    /** Refuses event time for a model that has no meaning for it. */
    public void onlyPerEvent(String why) {
        if (timeMode() != TimeMode.PER_EVENT) {
            throw new ModelException("model '" + name + "' cannot run in event time: " + why);
        }
    }

    /** Wraps a plan as the model that this config describes. */
    public SsmModel model(String architecture, StepPlan plan) {
        return new SsmModel(name, architecture, plan, timeMode(), fingerprint, encoderHash());
    }

    private OptionalLong encoderHash() {
        if (!has("encoder_hash")) {
            return OptionalLong.empty();
        }
        String text = text("encoder_hash", "");
        try {
            return OptionalLong.of(Long.parseUnsignedLong(text, 16));
        } catch (NumberFormatException e) {
            throw wrong("encoder_hash", "up to 16 hexadecimal digits", required("encoder_hash"));
        }
    }

    /** Overrides that no field answers to. */
    public Set<String> unknownOverrides() {
        Set<String> unknown = new TreeSet<>(overrides.keySet());
        asked.forEach(field -> unknown.remove(field.replace('_', '-')));
        return unknown;
    }

    private long whole(String field, Json value) {
        if (value instanceof Json.Num number) {
            try {
                return number.asLong();
            } catch (ArithmeticException e) {
                throw wrong(field, "a whole number", value);
            }
        }
        throw wrong(field, "a whole number", value);
    }

    private Json required(String field) {
        Json value = value(field);
        if (value == null) {
            throw new ModelException(
                    "model '"
                            + name
                            + "': the config lacks '"
                            + where
                            + field
                            + "'; it has "
                            + new ArrayList<>(fields.members().keySet()));
        }
        return value;
    }

    private Json value(String field) {
        asked.add(field);
        String override = overrides.get(field.replace('_', '-'));
        if (override != null) {
            return ConfigText.parsed(override);
        }
        Json value = fields.get(field);
        return value instanceof Json.Null ? null : value;
    }

    private ModelException wrong(String field, String expected, Json found) {
        return new ModelException(
                "model '"
                        + name
                        + "': the config's '"
                        + where
                        + field
                        + "' must be "
                        + expected
                        + ", not "
                        + ConfigText.shown(found));
    }
}
