package io.oxbow.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recursive descent over one text, bounded by {@link Json#MAX_DEPTH}. Used once. */
final class JsonParser {
    private static final int SHOWN = 12;

    private final String text;
    private int at;
    private int depth;

    JsonParser(String text) {
        this.text = text;
    }

    Json document() {
        Json value = value();
        skipBlank();
        if (at < text.length()) {
            throw wrong("unexpected text after the end of the document");
        }
        return value;
    }

    private Json value() {
        skipBlank();
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return new Json.Str(string());
            case 't':
                return token("true", new Json.Bool(true));
            case 'f':
                return token("false", new Json.Bool(false));
            case 'n':
                return token("null", new Json.Null());
            case 'N':
                return token("NaN", new Json.Num("NaN"));
            case 'I':
                return token("Infinity", new Json.Num("Infinity"));
            default:
                return number();
        }
    }

    private Json object() {
        descend();
        Map<String, Json> members = new LinkedHashMap<>();
        if (!emptyUntil('}')) {
            do {
                skipBlank();
                if (peek() != '"') {
                    throw wrong("a member name in quotes was expected");
                }
                int start = at;
                String name = string();
                skipBlank();
                expect(':');
                if (members.put(name, value()) != null) {
                    at = start;
                    throw wrong("the member '" + name + "' appears twice");
                }
            } while (more('}'));
        }
        depth--;
        return new Json.Obj(members);
    }

    private Json array() {
        descend();
        List<Json> elements = new ArrayList<>();
        if (!emptyUntil(']')) {
            do {
                elements.add(value());
            } while (more(']'));
        }
        depth--;
        return new Json.Arr(elements);
    }

    private void descend() {
        if (++depth > Json.MAX_DEPTH) {
            throw wrong("nesting deeper than " + Json.MAX_DEPTH + " levels");
        }
        at++;
    }

    private boolean emptyUntil(char close) {
        skipBlank();
        if (peek() == close) {
            at++;
            return true;
        }
        return false;
    }

    private boolean more(char close) {
        skipBlank();
        if (peek() == ',') {
            at++;
            return true;
        }
        expect(close);
        return false;
    }

    private String string() {
        at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = peek();
            if (c == '"') {
                at++;
                return value.toString();
            } else if (c == '\\') {
                value.append(escape());
            } else if (c < ' ') {
                throw wrong("a string ends nowhere or holds a control character");
            } else {
                value.append(c);
                at++;
            }
        }
    }

    private char escape() {
        at++;
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return unicode();
            default:
                at--;
                throw wrong("an unknown escape in a string");
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits were expected after \\u");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Json number() {
        int start = at;
        if (peek() == '-') {
            at++;
            if (peek() == 'I') {
                return token("Infinity", new Json.Num("-Infinity"));
            }
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("a value was expected");
        }
    }

    private Json token(String token, Json value) {
        if (!text.startsWith(token, at)) {
            throw wrong("a value was expected");
        }
        at += token.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "' was expected");
        }
        at++;
    }

    /** The next character, or NUL at the end: NUL is legal nowhere outside a string. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipBlank() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException wrong(String what) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at && i < text.length(); i++) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        String found =
                at >= text.length()
                        ? "the end"
                        : "'" + text.substring(at, Math.min(text.length(), at + SHOWN)) + "'";
        return new JsonException(
                what + " at line " + line + ", column " + column + ", where " + found + " stands");
    }
}
