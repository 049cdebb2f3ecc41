package io.oxbow.arch;

import io.oxbow.json.Json;
import io.oxbow.json.JsonException;
import java.util.ArrayList;
import java.util.List;

/** Values of a config as people write and read them. */
final class ConfigText {

    private ConfigText() {}

    /** An override as the number or the array it looks like, else as text. */
    static Json parsed(String override) {
        if (override.matches("-?[0-9.]+([eE][-+]?[0-9]+)?|\\[.*\\]")) {
            try {
                return Json.parse(override);
            } catch (JsonException e) {
                return new Json.Str(override);
            }
        }
        return new Json.Str(override);
    }

    /** A value as it would be written in a sentence. */
    static String shown(Json value) {
        if (value instanceof Json.Num number) {
            return number.literal();
        } else if (value instanceof Json.Str text) {
            return "'" + text.value() + "'";
        } else if (value instanceof Json.Bool flag) {
            return String.valueOf(flag.value());
        } else if (value instanceof Json.Arr array) {
            List<String> shown = new ArrayList<>();
            array.elements().forEach(e -> shown.add(shown(e)));
            return shown.toString();
        }
        return value.kind();
    }
}
