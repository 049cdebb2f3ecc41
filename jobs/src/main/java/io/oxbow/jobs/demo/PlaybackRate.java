package io.oxbow.jobs.demo;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast time passes in the pictures.
 *
 * @param factor 1 for as on the wall's clock, infinity for as fast as the machine goes
 */
record PlaybackRate(double factor) {
    static final PlaybackRate REAL = new PlaybackRate(1);

    /** Reads {@code real}, {@code max}, or a factor such as {@code 4} or {@code 4x}. */
    static final class Converter implements ITypeConverter<PlaybackRate> {
        @Override
        public PlaybackRate convert(String text) {
            if (text.equals("real")) {
                return REAL;
            }
            if (text.equals("max")) {
                return new PlaybackRate(Double.POSITIVE_INFINITY);
            }
            try {
                double factor =
                        Double.parseDouble(
                                text.endsWith("x") ? text.substring(0, text.length() - 1) : text);
                if (factor > 0 && factor <= 1e6) {
                    return new PlaybackRate(factor);
                }
            } catch (NumberFormatException e) {
                // Said below, as for a factor that makes no sense.
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a rate, write real, max or a factor such as 4x");
        }
    }
}
