package io.oxbow.jobs.demo;

import io.oxbow.jobs.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A broker that starts while something else does, and ends with {@link #close}. */
final class BrokerStart implements AutoCloseable {
    private final CompletableFuture<EmbeddedBroker> broker =
            CompletableFuture.supplyAsync(BrokerStart::start);

    /** The broker, once it answers. */
    EmbeddedBroker await() throws IOException {
        try {
            return broker.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        broker.handle(
                        (started, failure) -> {
                            if (started != null) {
                                started.close();
                            }
                            return null;
                        })
                .join();
    }

    private static EmbeddedBroker start() {
        try {
            return EmbeddedBroker.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
