package io.oxbow.ingest.csv;

import java.util.Locale;
import java.util.Set;

/** Decimal numbers as people and programs write them in files. */
final class CsvNumber {
    private static final Set<String> MISSING =
            Set.of("", "na", "n/a", "nan", "null", "none", "nil", "-", "?", "#n/a");

    private CsvNumber() {}

    /** Whether the text says that there is no value. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * The number, or NaN if it is none, or larger than a float holds. A comma is a decimal mark
     * where there is no point: a file whose fields hold commas is not delimited by them.
     */
    static double parse(String text) {
        String stripped = text.strip();
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            boolean numeral =
                    (c >= '0' && c <= '9')
                            || c == '.'
                            || c == ','
                            || c == '-'
                            || c == '+'
                            || c == 'e'
                            || c == 'E';
            if (!numeral) {
                return Double.NaN;
            }
        }
        try {
            double value =
                    Double.parseDouble(
                            stripped.indexOf('.') < 0 ? stripped.replace(',', '.') : stripped);
            return Math.abs(value) > Float.MAX_VALUE ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
