package io.oxbow.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5       | 1234.5",
                "1234,5       | 1234.5",
                "1,234.5      | 1234.5",
                "1.234,5      | 1234.5",
                "-12,345,678. | -12345678",
                "+1.234.567,8 | 1234567.8",
                "1e3          | 1000"
            })
    void readsNumbersAsTheyAreWritten(String text, double value) {
        assertThat(CsvNumber.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,23.5", "1.23,5", "1,2345.6", "1,234.5.6", "1,234,567", ",234.5", "x"})
    void whatIsNoNumberIsNaN(String text) {
        assertThat(CsvNumber.parse(text)).isNaN();
    }
}
