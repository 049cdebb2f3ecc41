package io.oxbow.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value, as configuration files carry it. Immutable.
 *
 * <p>{@link #parse} is strict RFC 8259 with one allowance: the bare tokens {@code Infinity}, {@code
 * -Infinity} and {@code NaN}, which Python writes. Duplicate keys, trailing text and nesting deeper
 * than {@link #MAX_DEPTH} are refused. Not for streaming large documents: the whole text is held.
 */
public sealed interface Json {
    /** Deepest nesting of objects and arrays that is read. */
    int MAX_DEPTH = 64;

    /** Members in the order of the text. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name, or null. */
        public Json get(String name) {
            return members.get(name);
        }
    }

    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    record Str(String value) implements Json {}

    /**
     * A number as written, so that 64-bit integers keep every digit.
     *
     * @param literal a JSON number, or {@code Infinity}, {@code -Infinity}, {@code NaN}
     */
    record Num(String literal) implements Json {

        /** The nearest double; infinite when the literal says so or is too large. */
        public double asDouble() {
            return Double.parseDouble(literal);
        }

        /**
         * The exact value.
         *
         * @throws ArithmeticException if it is not a whole number of 64 bits
         */
        public long asLong() {
            if (integral()) {
                try {
                    return Long.parseLong(literal);
                } catch (NumberFormatException e) {
                    throw new ArithmeticException(literal + " does not fit 64 bits");
                }
            }
            double value = asDouble();
            if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
                throw new ArithmeticException(literal + " is not a whole number");
            }
            return (long) value;
        }

        private boolean integral() {
            return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /**
     * Reads one document.
     *
     * @throws JsonException naming what is wrong, with line and column
     */
    static Json parse(String text) {
        return new JsonParser(text).document();
    }

    /** What kind of value this is, for messages. */
    default String kind() {
        if (this instanceof Obj) {
            return "an object";
        } else if (this instanceof Arr) {
            return "an array";
        } else if (this instanceof Str) {
            return "a string";
        } else if (this instanceof Num) {
            return "a number";
        } else if (this instanceof Bool) {
            return "true or false";
        }
        return "null";
    }
}
