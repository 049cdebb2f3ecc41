package io.oxbow.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        Json json =
                Json.parse(
                        " {\"a\": [1, -2.5e3, true, false, null], \"b\": {\"c\": \"\\u00e9\\n\"}} ");

        assertThat(json)
                .isEqualTo(
                        new Json.Obj(
                                Map.of(
                                        "a",
                                        new Json.Arr(
                                                List.of(
                                                        new Json.Num("1"),
                                                        new Json.Num("-2.5e3"),
                                                        new Json.Bool(true),
                                                        new Json.Bool(false),
                                                        new Json.Null())),
                                        "b",
                                        new Json.Obj(Map.of("c", new Json.Str("é\n"))))));
    }

    @Test
    void readsTheBareTokensThatPythonWrites() {
        Json.Arr limits = (Json.Arr) Json.parse("[0.0, Infinity, -Infinity, NaN]");

        assertThat(limits.elements().stream().mapToDouble(n -> ((Json.Num) n).asDouble()))
                .containsExactly(
                        0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
    }

    @Test
    void keepsEveryDigitOfAWholeNumber() {
        assertThat(((Json.Num) Json.parse("9223372036854775807")).asLong())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(((Json.Num) Json.parse("1e3")).asLong()).isEqualTo(1000);
        assertThatThrownBy(() -> ((Json.Num) Json.parse("9223372036854775808")).asLong())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ((Json.Num) Json.parse("1.5")).asLong())
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "[1] 2",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "tru",
                "Inf",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\u0001\"",
                "[",
                "[[]",
                "{\"a\":1,\"a\":2}",
                "nan",
                "\u0000",
                "\"\\u００１１\""
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": 1, \"a\": 2}|the member 'a' appears twice at line 1, column 10",
                "[1, x]|a value was expected at line 1, column 5, where 'x]' stands",
                "[1 2]|']' was expected at line 1, column 4",
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text)).hasMessageStartingWith(message);
    }

    @Test
    void refusesDeepNestingBeforeTheStackOverflows() {
        String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

        assertThat(Json.parse(deepest)).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("nesting deeper than 64 levels");
    }
}
