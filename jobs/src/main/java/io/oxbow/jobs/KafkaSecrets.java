package io.oxbow.jobs;

import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.KafkaOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Keeps passwords and keys of the Kafka clients out of logs and pages. Flink hides a value by the
 * name of its key ({@code GlobalConfiguration.isSensitive}), Kafka by its type; so every property
 * must be under a key of its own, and what Flink's names do not cover is refused.
 */
final class KafkaSecrets {
    /** Secret properties whose names Flink does not know as such, and what to do without them. */
    private static final Map<String, String> UNHIDDEN =
            Map.of(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    "put key and certificates into a file, named by 'ssl.keystore.location' with"
                            + " 'ssl.keystore.type: PEM'",
                    SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE,
                    "use a key file without a passphrase, readable by Flink's user only");

    private KafkaSecrets() {}

    /**
     * Puts each property of a map given whole under a key of its own; a key of its own wins.
     *
     * @throws UserMistake if a secret is given that would be shown
     */
    static void guard(Configuration configuration) {
        String prefix = KafkaOptions.PROPERTIES.key() + ".";
        Map<String, String> single = new HashMap<>();
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(prefix)) {
                                single.put(key.substring(prefix.length()), value);
                            }
                        });
        Map<String, String> all = new HashMap<>(configuration.get(KafkaOptions.PROPERTIES));
        all.putAll(single);
        UNHIDDEN.forEach(
                (key, mend) -> {
                    if (all.containsKey(key)) {
                        throw new UserMistake(
                                "'" + prefix + key + "' would be shown on Flink's page; " + mend);
                    }
                });
        configuration.removeKey(KafkaOptions.PROPERTIES.key());
        all.forEach((key, value) -> configuration.setString(prefix + key, value));
    }
}
