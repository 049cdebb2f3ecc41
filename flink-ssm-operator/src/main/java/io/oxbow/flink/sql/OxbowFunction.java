package io.oxbow.flink.sql;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.inference.LoneInference;
import io.oxbow.flink.inference.ModelSource;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/**
 * A memory for every key of a table, as a process table function: one row in, one row out.
 *
 * <pre>{@code
 * CREATE FUNCTION oxbow AS 'io.oxbow.flink.sql.OxbowFunction';
 *
 * SELECT sensor, rowtime, score, p_value, forecast
 * FROM oxbow(
 *   input => TABLE readings PARTITION BY sensor,
 *   on_time => DESCRIPTOR(ts),
 *   model => 'memory',
 *   value_columns => DESCRIPTOR(temperature, pressure));
 * }</pre>
 *
 * <p>{@code model} names a built-in model or the address of one, as {@code oxbow.model.uri} does;
 * without it the memory that learns on the stream itself. Without {@code value_columns} all columns
 * of numbers and arrays of numbers are channels, from left to right. A row that is older than the
 * newest of its key, or has a NULL or a wrong number of channels, leaves the memory as it is and
 * comes out with its {@code problem}.
 *
 * <p>The state is Flink's, one entry a key. A row is run alone, so for thousands of rows a second
 * take the DataStream API's operator, which runs many keys at once and says the same.
 */
@FunctionHint(
        output =
                @DataTypeHint(
                        "ROW<activity FLOAT, score FLOAT, p_value FLOAT, forecast ARRAY<FLOAT>,"
                                + " attribution ARRAY<FLOAT>, state_version BIGINT,"
                                + " problem STRING>"))
public final class OxbowFunction extends ProcessTableFunction<Row> {
    private static final long serialVersionUID = 1L;
    private static final String INPUT = "input";

    private transient ClassLoader loader;
    private transient ValueColumns columns;
    private transient int[] key;
    private transient LoneInference inference;
    private transient String loaded;

    @Override
    public void open(FunctionContext context) {
        loader = context.getUserCodeClassLoader();
    }

    /** One row; called by Flink. */
    public void eval(
            Context context,
            @StateHint(name = "memory") StreamMemory memory,
            @ArgumentHint(
                            name = INPUT,
                            value = {
                                ArgumentTrait.SET_SEMANTIC_TABLE,
                                ArgumentTrait.REQUIRE_ON_TIME
                            })
                    Row input,
            @ArgumentHint(name = "model", isOptional = true) String model,
            @ArgumentHint(name = "value_columns", isOptional = true) ColumnList valueColumns)
            throws IOException {
        if (columns == null) {
            look(context.tableSemanticsFor(INPUT), valueColumns);
        }
        float[] values = columns.read(input);
        LoneInference engine = inference(model, values.length);
        long time = context.timeContext(Long.class).time();
        Observation event =
                new Observation(
                        name(input),
                        0,
                        Observation.UNNUMBERED,
                        time,
                        time,
                        0,
                        values,
                        Health.OK,
                        Origin.NONE);
        LoneInference.Outcome outcome = engine.advance(memory.read(), event);
        if (outcome.state() != null) {
            memory.write(outcome.state());
        }
        collect(
                outcome.inference()
                        .map(OxbowFunction::row)
                        .orElseGet(
                                () ->
                                        Row.of(
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                outcome.problem())));
    }

    @Override
    public void close() {
        if (inference != null) {
            inference.close();
        }
    }

    private static Row row(Inference inference) {
        return Row.of(
                inference.activity(),
                inference.score(),
                Float.isNaN(inference.pValue()) ? null : inference.pValue(),
                boxed(inference.forecast()),
                boxed(inference.attribution()),
                inference.stateVersion(),
                null);
    }

    /** NULL for what is not known yet. */
    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = Float.isNaN(values[i]) ? null : values[i];
        }
        return boxed;
    }

    private void look(TableSemantics table, ColumnList valueColumns) {
        key = table.partitionByColumns();
        Set<Integer> apart = new HashSet<>();
        for (int column : key) {
            apart.add(column);
        }
        apart.add(table.timeColumn());
        List<String> wanted = valueColumns == null ? List.of() : valueColumns.getNames();
        columns = ValueColumns.of(table.dataType(), apart, wanted);
    }

    private String name(Row input) {
        if (key.length == 1) {
            return String.valueOf(input.getField(key[0]));
        }
        StringBuilder name = new StringBuilder();
        for (int column : key) {
            name.append(name.length() == 0 ? "" : "/").append(input.getField(column));
        }
        return name.toString();
    }

    /** The model is loaded with the first row, which says how many channels there are. */
    private LoneInference inference(String model, int channels) throws IOException {
        String reference = model == null ? OxbowOptions.MODEL_URI.defaultValue() : model;
        if (inference == null) {
            Configuration options = new Configuration();
            options.set(OxbowOptions.MODEL_URI, reference);
            options.set(OxbowOptions.MODEL_INPUT_DIM, channels);
            inference = LoneInference.open(ModelSource.of(options), options, loader);
            loaded = reference;
        } else if (!reference.equals(loaded)) {
            throw new IllegalArgumentException(
                    "one call of oxbow() has one model, not '"
                            + loaded
                            + "' and then '"
                            + reference
                            + "'; write it as a literal");
        }
        return inference;
    }
}
