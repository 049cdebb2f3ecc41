package io.oxbow.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * SQL alone: the tables of {@code tables.sql}, a question to what Oxbow's job has written, and a
 * memory of one's own over any table. In the SQL client the same lines do, with {@code ADD JAR}.
 */
public final class SqlOverTopics {
    static final String UNUSUAL_STREAMS =
            "SELECT streamId, kind, openedAt, text FROM oxbow_anomalies WHERE phase = 'OPEN'";

    static final String MEMORY_OVER_FEATURES =
            "SELECT streamId, rowtime, score, p_value, state_version, problem FROM oxbow("
                    + "input => TABLE oxbow_features PARTITION BY streamId,"
                    + " on_time => DESCRIPTOR(eventTime),"
                    + " value_columns => DESCRIPTOR(vector))";

    private final TableEnvironment tables =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    SqlOverTopics(String brokers) throws IOException {
        tables.getConfig().set("table.local-time-zone", "UTC");
        for (String statement : script().replace("localhost:9092", brokers).split(";\\s*\n")) {
            tables.executeSql(statement);
        }
    }

    TableResult run(String query) {
        return tables.executeSql(query);
    }

    /** Every table there is, planned but not run. */
    String[] explained() {
        return java.util.Arrays.stream(tables.listTables())
                .map(table -> tables.explainSql("SELECT * FROM " + table))
                .toArray(String[]::new);
    }

    public static void main(String[] arguments) throws IOException {
        new SqlOverTopics(arguments[0]).run(UNUSUAL_STREAMS).print();
    }

    private static String script() throws IOException {
        try (InputStream in =
                SqlOverTopics.class.getResourceAsStream("/io/oxbow/kafka/sql/tables.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
