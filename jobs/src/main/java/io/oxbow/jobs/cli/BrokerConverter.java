package io.oxbow.jobs.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads Kafka's bootstrap servers: {@code host:port}, several with commas between. */
public final class BrokerConverter implements ITypeConverter<String> {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]+]|[^:\\s]+):(\\d+)");
    private static final int LAST_PORT = 65_535;

    @Override
    public String convert(String text) {
        for (String server : text.split(",", -1)) {
            var parts = HOST_AND_PORT.matcher(server.strip());
            if (!parts.matches()
                    || parts.group(2).length() > 5
                    || Integer.parseInt(parts.group(2)) > LAST_PORT) {
                throw new TypeConversionException(
                        "'"
                                + server
                                + "' is not a broker, write host:port, for example"
                                + " localhost:9092");
            }
        }
        return text.strip();
    }
}
