package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "60s, PT1M",
        "2m, PT2M",
        "2min, PT2M",
        "1.5h, PT1H30M",
        "1d, PT24H",
        "PT10S, PT10S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "s", "-5s", "0s", "1 year", "", "1e400s", "9999999999999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "' is not a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-23T08:00:00Z",
        "-1h, 2026-11-23T07:00:00Z",
        "2026-11-22, 2026-11-22T00:00:00Z",
        "2026-11-22T10:30, 2026-11-22T10:30:00Z",
        "2026-11-22T10:30:00+02:00, 2026-11-22T08:30:00Z",
        "1764000000000, 2025-11-24T16:00:00Z"
    })
    void readsTimes(String text, Instant time) {
        EventTimeConverter converter = new EventTimeConverter(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(converter.convert(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "", "99999999999999999999"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> new EventTimeConverter().convert(text))
                .isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a:1,b:2", "[::1]:9092"})
    void readsBrokers(String text) {
        assertThat(new BrokerConverter().convert(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":9092", "a:1,", "a:65536", "a:b"})
    void refusesWhatIsNoBroker(String text) {
        assertThatThrownBy(() -> new BrokerConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("is not a broker");
    }
}
