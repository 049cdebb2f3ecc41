package io.oxbow.kafka;

import io.oxbow.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Client of a schema registry that speaks Confluent's interface, as Confluent's, Karapace and
 * Apicurio ({@code /apis/ccompat/v7}) do: schemas by id, and ids for the schemas of a subject.
 *
 * <p>Answers are kept: what an id means never changes, and an id that means nothing is asked for
 * again after half a minute. A registry that does not answer is tried three times; then the caller
 * fails, and with it the job, which starts again where it was: no event is taken for a damaged one
 * because a registry is away. Not thread-safe.
 */
final class SchemaRegistry implements SchemaSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 500;
    private static final long UNKNOWN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int UNKNOWN_KEPT = 1_000;
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;

    private final RegistrySettings settings;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<Integer, Long> unknown =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
                    return size() > UNKNOWN_KEPT;
                }
            };

    SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
    }

    /**
     * The schemas of this release, then a registry's.
     *
     * @param settings null if there is no registry
     */
    static SchemaSource behindBundled(RegistrySettings settings) {
        if (settings == null) {
            return SchemaSource.bundled();
        }
        SchemaRegistry registry = new SchemaRegistry(settings);
        return schemaId -> {
            Schema bundled = BundledSchemas.INSTANCE.find(schemaId);
            return bundled != null ? bundled : registry.find(schemaId);
        };
    }

    /**
     * The schema of that id, or null if there is none.
     *
     * @throws EventDecodingException if it is no Avro schema
     * @throws UncheckedIOException if the registry does not answer
     */
    @Override
    public Schema find(int schemaId) throws EventDecodingException {
        Schema known = schemas.get(schemaId);
        if (known != null) {
            return known;
        }
        Long missedAt = unknown.get(schemaId);
        if (missedAt != null && System.nanoTime() - missedAt < UNKNOWN_NANOS) {
            return null;
        }
        Json.Obj answer =
                ask(request("/schemas/ids/" + Integer.toUnsignedString(schemaId)).GET().build());
        if (answer == null) {
            unknown.remove(schemaId);
            unknown.put(schemaId, System.nanoTime());
            return null;
        }
        Schema schema = parse(schemaId, answer);
        schemas.put(schemaId, schema);
        return schema;
    }

    private static Schema parse(int schemaId, Json.Obj answer) throws EventDecodingException {
        boolean avro =
                !(answer.get("schemaType") instanceof Json.Str type) || type.value().equals("AVRO");
        if (avro && answer.get("schema") instanceof Json.Str text) {
            try {
                return new Schema.Parser().parse(text.value());
            } catch (SchemaParseException e) {
                throw new EventDecodingException(
                        "The registry's schema " + schemaId + " cannot be read.", e);
            }
        }
        throw new EventDecodingException("The registry's schema " + schemaId + " is not Avro.");
    }

    /**
     * The id of a schema under a subject, registered if it is new there and may be.
     *
     * @throws UncheckedIOException if the registry does not answer, or refuses it, for example
     *     because it does not fit what the subject holds
     */
    int register(String subject, Schema schema) {
        String action = settings.register() ? "/versions" : "";
        String body = "{\"schema\":" + quoted(schema.toString()) + "}";
        Json.Obj answer =
                ask(
                        request("/subjects/" + encoded(subject) + action)
                                .header("Content-Type", CONTENT_TYPE)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build());
        if (answer == null || !(answer.get("id") instanceof Json.Num id)) {
            throw new UncheckedIOException(
                    new IOException(
                            "The schema registry at "
                                    + settings
                                    + (settings.register()
                                            ? " takes no schemas; is "
                                                    + KafkaOptions.REGISTRY_URL.key()
                                                    + " right?"
                                            : " holds no schema "
                                                    + schema.getFullName()
                                                    + " like this release's under "
                                                    + subject
                                                    + "; put it in, or set "
                                                    + KafkaOptions.REGISTRY_REGISTER.key())));
        }
        return (int) id.asLong();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.url() + path))
                        .timeout(PATIENCE)
                        .header("Accept", CONTENT_TYPE + ", application/json");
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        return request;
    }

    /** Null if there is no such thing. */
    private Json.Obj ask(HttpRequest request) {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(PAUSE_MILLIS << attempt);
                }
                HttpResponse<String> response =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == NOT_FOUND) {
                    return null;
                }
                if (response.statusCode() == 200
                        && Json.parse(response.body()) instanceof Json.Obj answer) {
                    return answer;
                }
                failure = refused(response);
                if (response.statusCode() < 500) {
                    break;
                }
            } catch (IOException | IllegalArgumentException e) {
                failure =
                        new IOException(
                                "The schema registry at " + settings + " does not answer.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted", e));
            }
        }
        throw new UncheckedIOException(failure);
    }

    private IOException refused(HttpResponse<String> response) {
        String body = response.body();
        return new IOException(
                "The schema registry at "
                        + settings
                        + " answers "
                        + response.statusCode()
                        + ": "
                        + body.substring(0, Math.min(body.length(), 300)));
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A schema's own text has no control characters. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
