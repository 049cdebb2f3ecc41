package io.oxbow.kafka;

import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Something the Kafka brokers could not do for us; the message is a sentence for the user. */
public final class BrokerException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String PROPERTIES = KafkaOptions.PROPERTIES.key();

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence for brokers that do not answer. */
    static BrokerException unreachable(String bootstrapServers, Throwable cause) {
        return new BrokerException(
                "No Kafka broker answers at "
                        + bootstrapServers
                        + "; is it running, is the address right, and if it wants TLS or a login,"
                        + " is "
                        + PROPERTIES
                        + ".security.protocol set?",
                cause);
    }

    /** The sentence for a client that cannot be made with the properties it was given. */
    static BrokerException noClient(String bootstrapServers, KafkaException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // Its message names the address.
        boolean address =
                root instanceof ConfigException && root.getMessage().contains("bootstrap");
        return address
                ? unreachable(bootstrapServers, failure)
                : new BrokerException(
                        "Kafka's client cannot be made with the options under "
                                + PROPERTIES
                                + ": "
                                + root.getMessage(),
                        failure);
    }

    /**
     * The sentence for what the brokers refuse, and what to do about it.
     *
     * @param what they do not do, after "Kafka at host:port"
     */
    static BrokerException refused(String bootstrapServers, String what, Throwable cause) {
        return new BrokerException(
                "Kafka at "
                        + bootstrapServers
                        + " "
                        + what
                        + ": "
                        + cause.getMessage()
                        + mend(cause),
                cause);
    }

    private static String mend(Throwable cause) {
        if (cause instanceof SaslAuthenticationException) {
            return "; user and password are those in " + PROPERTIES + ".sasl.jaas.config";
        }
        if (cause instanceof SslAuthenticationException) {
            return "; whom to trust is in " + PROPERTIES + ".ssl.truststore.location";
        }
        if (cause instanceof AuthorizationException) {
            return "; what a user must be allowed is listed in docs/security.md";
        }
        return "";
    }
}
