package io.oxbow.jobs.console;

import com.sun.net.httpserver.HttpServer;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.KafkaOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The web page over one installation's topics: reads the results into bounded memory, serves them,
 * and puts questions to the job. It holds nothing that Kafka does not.
 */
public final class Console implements AutoCloseable {
    private final Questions questions;
    private final ResultReader reader;
    private final ConsoleServer server;

    private Console(Questions questions, ResultReader reader, ConsoleServer server) {
        this.questions = questions;
        this.reader = reader;
        this.server = server;
    }

    /**
     * Serves from now on; a broker that is away, or topics that are not there yet, are waited for.
     *
     * @param options where Kafka is
     * @throws UserMistake if the address cannot be served on
     */
    public static Console start(ReadableConfig options, ConsoleAddress address) throws IOException {
        Link link = new Link(Clock.systemUTC(), options.get(KafkaOptions.BOOTSTRAP_SERVERS));
        StreamBoard board = new StreamBoard(Clock.systemUTC());
        Questions questions = new Questions(options);
        // The port first: it is what a user may have to choose anew.
        ConsoleServer server = new ConsoleServer(address, board, link, questions);
        try {
            ResultReader reader =
                    new ResultReader(options, new ResultTopics(options, board, questions), link);
            reader.start();
            return new Console(questions, reader, server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Fails where the address cannot be served on, which is better known before much else is
     * started.
     *
     * @throws UserMistake that says so
     */
    public static void mustBeFree(ConsoleAddress address) throws IOException {
        HttpServer server = ConsoleServer.listen(address);
        // One that never ran does not let go of its port when it is stopped.
        server.start();
        server.stop(0);
    }

    /** Where the page is. */
    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        reader.close();
        questions.close();
    }
}
