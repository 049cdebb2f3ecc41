package io.oxbow.jobs.console;

import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.local.StopSignal;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the page over a broker that is there already. */
@Command(
        name = "console",
        description = {
            "Serve the web page: every stream's strip, alerts, questions.",
            "It reads what a job writes to Kafka, wherever the job runs. Ctrl-C ends it."
        })
public final class ConsoleCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of the page; "
                            + ConsoleAddress.USUAL_PORT
                            + " or, if that is taken, any free one if not given.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = ConsoleAddress.LOOPBACK,
            description =
                    "Address to serve on; ${DEFAULT-VALUE} if not given, which other machines"
                            + " cannot reach. There is no password: serve on others only where all"
                            + " who can reach them may see everything and ask.")
    private String host;

    /** Printed when the page can be opened. */
    record Serving(String event, URI page, String broker) {}

    @Override
    public Integer call() throws Exception {
        ConsoleAddress address = new ConsoleAddress(host, port);
        Configuration options = arguments.configuration();
        OxbowTopics.createMissing(options);
        try (StopSignal stop = StopSignal.listen();
                Console console = Console.start(options, address)) {
            String broker = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
            output.result(
                    new Serving("serving", console.address(), broker),
                    "The page: %s   Kafka: %s   Ctrl-C ends it."
                            .formatted(console.address(), broker));
            while (!stop.await(POLL)) {
                // Reading and serving go on in their own threads.
            }
        }
        return 0;
    }
}
