package io.oxbow.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2014-07-01 00:30:00, 2014-07-01T00:30:00Z",
        "2014-07-01T00:30, 2014-07-01T00:30:00Z",
        "2014/07/01 00:30:00, 2014-07-01T00:30:00Z",
        "01.07.2014 00:30, 2014-07-01T00:30:00Z",
        "2014-07-01, 2014-07-01T00:00:00Z",
        "2014-07-01T00:30:00.123456Z, 2014-07-01T00:30:00.123Z",
        "2014-07-01 00:30:00 UTC, 2014-07-01T00:30:00Z",
        "2014-07-01T00:30:00+02:00, 2014-06-30T22:30:00Z",
        "2014-07-01T00:30:00-0130, 2014-07-01T02:00:00Z",
        "1404174600, 2014-07-01T00:30:00Z",
        "1404174600.25, 2014-07-01T00:30:00.250Z",
        "1.4041746E9, 2014-07-01T00:30:00Z",
        "1404174600250, 2014-07-01T00:30:00.250Z",
        "1404174600250000, 2014-07-01T00:30:00.250Z",
        "1404174600250000000, 2014-07-01T00:30:00.250Z",
        "-60, 1969-12-31T23:59:00Z",
        "0, 1970-01-01T00:00:00Z"
    })
    void readsTheCommonForms(String text, Instant expected) {
        assertThat(CsvTime.detecting(ZoneOffset.UTC).parse(" " + text + " "))
                .isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2014-13-01",
                "2014-02-30 00:00:00",
                "2014-07-01 25:00:00",
                "2014-07-01 10",
                "2014-07-01x10:00",
                "07/01/2014",
                "1.2.3",
                "nan",
                "e",
                "1e99",
                "2014-07-01 10:00:00 AM",
                "2014-07-01 1:2:3:4",
                "-"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(CsvTime.detecting(ZoneOffset.UTC).parse(text)).isEqualTo(CsvTime.NONE);
    }

    @Test
    void keepsTheUnitOfTheFirstNumber() {
        CsvTime seconds = CsvTime.detecting(ZoneOffset.UTC);

        assertThat(seconds.parse("0")).isZero();
        assertThat(seconds.parse("200000000000")).isEqualTo(200_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "20240131, 2024-01-31T00:00:00Z",
        "202401312359, 2024-01-31T23:59:00Z",
        "20240131235958, 2024-01-31T23:59:58Z",
        "20241331, 1970-08-23T06:35:31Z",
        "18991231, 1970-08-08T19:20:31Z",
        "20240131.5, 1970-08-23T06:15:31.500Z",
    })
    void aNumberThatIsADateIsOne(String text, Instant expected) {
        assertThat(CsvTime.detecting(ZoneOffset.UTC).parse(text))
                .isEqualTo(expected.toEpochMilli());
    }

    @Test
    void afterADateWithoutSeparatorsOnlySuchDatesAreRead() {
        CsvTime dates = CsvTime.detecting(ZoneOffset.UTC);

        assertThat(dates.parse("20240131")).isPositive();
        assertThat(dates.parse("20240199")).isEqualTo(CsvTime.NONE);
        assertThat(dates.parse("1706659200")).isEqualTo(CsvTime.NONE);
        assertThat(dates.parse("20240201"))
                .isEqualTo(Instant.parse("2024-02-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void readsTimesWithoutAZoneInTheZoneGiven() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(CsvTime.detecting(berlin).parse("2014-07-01 02:30:00"))
                .isEqualTo(Instant.parse("2014-07-01T00:30:00Z").toEpochMilli());
        assertThat(CsvTime.ofPattern("M/d/yyyy H:mm", berlin).parse("7/1/2014 2:30"))
                .isEqualTo(Instant.parse("2014-07-01T00:30:00Z").toEpochMilli());
        assertThat(CsvTime.ofPattern("M/d/yyyy", berlin).parse("2014-07-01"))
                .isEqualTo(CsvTime.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MMMM d, yyyy h:mm a    | January 5, 2024 3:04 PM",
                "MMM d, yyyy h:mm a     | JAN 5, 2024 3:04 pm",
                "EEEE dd MMM yyyy HH:mm | Friday 05 Jan 2024 15:04"
            })
    void namesInAPatternAreEnglish(String pattern, String text) {
        assertThat(CsvTime.ofPattern(pattern, ZoneOffset.UTC).parse(text))
                .isEqualTo(Instant.parse("2024-01-05T15:04:00Z").toEpochMilli());
    }
}
