package io.oxbow.jobs;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.summary.SummaryOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.KafkaOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Every option of Oxbow, and the check that a configuration sets no other. */
public final class KnownOptions {
    private static final String PREFIX = "oxbow.";

    private static final List<ConfigOption<?>> ALL = collect();

    private KnownOptions() {}

    /** All of them, by key. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /**
     * Refuses an {@code oxbow.*} key that is no option, or has a value that is not of its type: a
     * mistyped key would otherwise be a default nobody asked for.
     *
     * @throws UserMistake naming the key
     */
    public static void refuseUnknown(Configuration configuration) {
        for (Map.Entry<String, String> entry : configuration.toMap().entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(PREFIX) && ALL.stream().noneMatch(option -> sets(option, key))) {
                throw new UserMistake(
                        "there is no option '" + key + "', the nearest is '" + nearest(key) + "'");
            }
        }
        for (ConfigOption<?> option : ALL) {
            try {
                configuration.getOptional(option);
            } catch (IllegalArgumentException e) {
                if (option == KafkaOptions.PROPERTIES) {
                    // Its value, and what the parser says of it, may hold passwords.
                    throw new UserMistake(
                            "'" + option.key() + "' is no map, write key:value,key:value");
                }
                throw new UserMistake(
                        "'"
                                + configuration.toMap().get(option.key())
                                + "' is no value for the option '"
                                + option.key()
                                + "'",
                        e);
            }
        }
    }

    private static boolean sets(ConfigOption<?> option, String key) {
        return key.equals(option.key()) || key.startsWith(option.key() + ".");
    }

    private static String nearest(String key) {
        return ALL.stream()
                .map(ConfigOption::key)
                .min(Comparator.comparingInt(known -> EditDistance.between(key, known)))
                .orElseThrow();
    }

    private static List<ConfigOption<?>> collect() {
        List<ConfigOption<?>> all = new ArrayList<>();
        all.addAll(JobOptions.all());
        all.addAll(EncoderOptions.all());
        all.addAll(KafkaOptions.all());
        all.addAll(OxbowOptions.all());
        all.addAll(SummaryOptions.all());
        all.sort(Comparator.comparing(ConfigOption::key));
        return List.copyOf(all);
    }
}
