package io.oxbow.ingest.csv;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Decimal numbers as people and programs write them in files. */
final class CsvNumber {
    private static final Set<String> MISSING =
            Set.of("", "na", "n/a", "nan", "null", "none", "nil", "-", "?", "#n/a");

    private static final Pattern POINT_AFTER_COMMAS =
            Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+\\.\\d*");
    private static final Pattern COMMA_AFTER_POINTS =
            Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+,\\d*");

    private CsvNumber() {}

    /** Whether the text says that there is no value. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * The number, or NaN if it is none, or larger than a float holds. A comma is a decimal mark
     * where there is no point: a file whose fields hold commas is not delimited by them. Where
     * there are both, the last is the decimal mark if the other parts thousands.
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
            double value = Double.parseDouble(withPoint(stripped));
            return Math.abs(value) > Float.MAX_VALUE ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String withPoint(String text) {
        if (text.indexOf('.') < 0) {
            return text.replace(',', '.');
        } else if (text.indexOf(',') < 0) {
            return text;
        } else if (POINT_AFTER_COMMAS.matcher(text).matches()) {
            return text.replace(",", "");
        } else if (COMMA_AFTER_POINTS.matcher(text).matches()) {
            return text.replace(".", "").replace(',', '.');
        }
        return text;
    }
}
