package io.oxbow.kafka;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Where the schema registry is and who asks.
 *
 * @param url without a slash at its end
 * @param register whether new schemas may be put in
 * @param authorization the header's value, empty for none; a secret
 */
record RegistrySettings(String url, boolean register, String authorization)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Empty if no registry is wanted.
     *
     * @throws IllegalArgumentException if the options make no sense together
     */
    static Optional<RegistrySettings> of(ReadableConfig config) {
        return config.getOptional(KafkaOptions.REGISTRY_URL)
                .map(
                        url ->
                                new RegistrySettings(
                                        checked(url.strip().replaceAll("/+$", "")),
                                        config.get(KafkaOptions.REGISTRY_REGISTER),
                                        authorization(config)));
    }

    private static String checked(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw mistaken("is no address");
        }
        if (uri.getRawUserInfo() != null) {
            // Addresses are logged and shown.
            throw mistaken(
                    "holds a login; set "
                            + KafkaOptions.REGISTRY_USER.key()
                            + " and "
                            + KafkaOptions.REGISTRY_PASSWORD.key());
        }
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw mistaken("must be like http://registry:8081");
        }
        return url;
    }

    /** Does not repeat the address, which may hold a password. */
    private static IllegalArgumentException mistaken(String mistake) {
        return new IllegalArgumentException(KafkaOptions.REGISTRY_URL.key() + " " + mistake);
    }

    private static String authorization(ReadableConfig config) {
        String user = config.get(KafkaOptions.REGISTRY_USER);
        String token = config.get(KafkaOptions.REGISTRY_TOKEN);
        if (!token.isEmpty()) {
            if (!user.isEmpty()) {
                throw new IllegalArgumentException(
                        "set "
                                + KafkaOptions.REGISTRY_TOKEN.key()
                                + " or "
                                + KafkaOptions.REGISTRY_USER.key()
                                + ", not both");
            }
            return "Bearer " + token;
        }
        if (user.isEmpty()) {
            return "";
        }
        String login = user + ":" + config.get(KafkaOptions.REGISTRY_PASSWORD);
        return "Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the authorization. */
    @Override
    public String toString() {
        return url;
    }
}
