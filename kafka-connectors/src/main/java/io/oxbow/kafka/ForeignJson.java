package io.oxbow.kafka;

import io.oxbow.json.Json;
import io.oxbow.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Members of other programs' JSON; what is missing or of another kind is a decoding error. */
final class ForeignJson {
    private ForeignJson() {}

    static Json parse(byte[] bytes) throws EventDecodingException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Json.parse(text);
        } catch (CharacterCodingException | JsonException e) {
            throw new EventDecodingException("The record is no JSON: " + e.getMessage(), e);
        }
    }

    static Json.Obj object(byte[] bytes) throws EventDecodingException {
        if (parse(bytes) instanceof Json.Obj object) {
            return object;
        }
        throw new EventDecodingException("The record is JSON, but no object.");
    }

    static Json.Obj object(Json.Obj parent, String name) throws EventDecodingException {
        if (parent.get(name) instanceof Json.Obj object) {
            return object;
        }
        throw new EventDecodingException("There is no object '" + name + "'.");
    }

    /** A text; a number as it is written. */
    static String text(Json.Obj parent, String name) throws EventDecodingException {
        Json member = parent.get(name);
        if (member instanceof Json.Str text) {
            return text.value();
        }
        if (member instanceof Json.Num number) {
            return number.literal();
        }
        throw new EventDecodingException("There is no text '" + name + "'.");
    }

    static double number(Json.Obj parent, String name) throws EventDecodingException {
        if (parent.get(name) instanceof Json.Num number) {
            return number.asDouble();
        }
        throw new EventDecodingException("There is no number '" + name + "'.");
    }

    /** Milliseconds since the epoch of a time as RFC 3339 writes it. */
    static long time(String text) throws EventDecodingException {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new EventDecodingException(
                    "'" + text + "' is no time like 2026-03-01T12:00:00.000Z.", e);
        }
    }
}
