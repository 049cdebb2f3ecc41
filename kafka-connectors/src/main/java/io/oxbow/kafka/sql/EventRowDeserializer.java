package io.oxbow.kafka.sql;

import io.oxbow.kafka.EventDecoder;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.SchemaSource;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;

/** Reads a record's bytes as a row. */
final class EventRowDeserializer implements DeserializationSchema<RowData> {
    private static final long serialVersionUID = 1L;

    private final EventRows rows;
    private final TypeInformation<RowData> produced;
    private final boolean ignoreUnreadable;
    private final Configuration registry;
    private transient EventDecoder decoder;

    /**
     * @param registry the options of the schema registry, if there is one
     */
    EventRowDeserializer(
            EventRows rows,
            TypeInformation<RowData> produced,
            boolean ignoreUnreadable,
            Configuration registry) {
        this.rows = rows;
        this.produced = produced;
        this.ignoreUnreadable = ignoreUnreadable;
        this.registry = registry;
    }

    @Override
    public void open(InitializationContext context) {
        decoder = new EventDecoder(SchemaSource.of(registry));
    }

    /** Null for a record that is passed over: a tombstone, or what is no event if so chosen. */
    @Override
    public RowData deserialize(byte[] bytes) throws IOException {
        if (bytes == null) {
            return null;
        }
        try {
            return rows.row(decoder.decode(rows.type(), bytes));
        } catch (EventDecodingException e) {
            if (ignoreUnreadable) {
                return null;
            }
            throw new IOException(
                    "a record is no event of '"
                            + rows.type().name()
                            + "'; set '"
                            + EventFormatFactory.IDENTIFIER
                            + "."
                            + EventFormatFactory.IGNORE_PARSE_ERRORS.key()
                            + "' = 'true' to pass over such records: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public boolean isEndOfStream(RowData row) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return produced;
    }
}
