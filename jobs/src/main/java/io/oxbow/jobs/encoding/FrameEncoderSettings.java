package io.oxbow.jobs.encoding;

import io.oxbow.encode.image.ImageModelSettings;
import io.oxbow.jobs.EncoderOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Which encoder of pictures is asked for.
 *
 * @param model address of an image model; empty for the built-in encoder
 * @param sha256 that its file must have, lower case; empty for any
 */
record FrameEncoderSettings(String model, String sha256, ImageModelSettings image)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SIZE = 4096;
    private static final int MAX_BATCH = 1024;
    private static final int MAX_THREADS = 1024;

    /**
     * Of the options.
     *
     * @throws UserMistake if one of them makes no sense
     */
    static FrameEncoderSettings of(ReadableConfig options) {
        String sha256 =
                options.getOptional(EncoderOptions.SHA256).orElse("").toLowerCase(Locale.ROOT);
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw new UserMistake(
                    "'"
                            + sha256
                            + "' is no value for the option '"
                            + EncoderOptions.SHA256.key()
                            + "': a SHA-256 has 64 hexadecimal digits");
        }
        return new FrameEncoderSettings(
                options.getOptional(EncoderOptions.MODEL).orElse(""),
                sha256,
                new ImageModelSettings(
                        levels(options, EncoderOptions.MEAN, Double::isFinite),
                        levels(options, EncoderOptions.STD, v -> v > 0 && Double.isFinite(v)),
                        within(options, EncoderOptions.SIZE, MAX_SIZE),
                        options.getOptional(EncoderOptions.OUTPUT).orElse(""),
                        within(options, EncoderOptions.BATCH, MAX_BATCH),
                        within(options, EncoderOptions.THREADS, MAX_THREADS),
                        options.get(EncoderOptions.APPEND_MOTION)));
    }

    private static List<Double> levels(
            ReadableConfig options, ConfigOption<List<Double>> option, Predicate<Double> possible) {
        List<Double> levels = options.get(option);
        if (levels.isEmpty() || !levels.stream().allMatch(possible)) {
            throw new UserMistake(
                    "'"
                            + levels
                            + "' is no value for the option '"
                            + option.key()
                            + "': write one number or three with ';' between them"
                            + (option == EncoderOptions.STD ? ", all above 0" : ""));
        }
        return levels;
    }

    private static int within(ReadableConfig options, ConfigOption<Integer> option, int max) {
        int value = options.get(option);
        if (value < 1 || value > max) {
            throw new UserMistake(
                    "'%d' is no value for the option '%s': it must be from 1 to %d"
                            .formatted(value, option.key(), max));
        }
        return value;
    }
}
