package io.oxbow.kafka;

import java.io.IOException;

/** Something the Kafka brokers could not do for us; the message is a sentence for the user. */
public final class BrokerException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence for brokers that do not answer. */
    static BrokerException unreachable(String bootstrapServers, Throwable cause) {
        return new BrokerException(
                "No Kafka broker answers at "
                        + bootstrapServers
                        + "; is it running, and is the address right?",
                cause);
    }
}
