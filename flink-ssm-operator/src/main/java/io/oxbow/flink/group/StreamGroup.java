package io.oxbow.flink.group;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which streams a question is for: names separated by commas, in which {@code *} stands for any
 * characters and {@code ?} for one.
 */
final class StreamGroup {
    private final List<String> named = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    StreamGroup(String group) {
        for (String part : group.split(",")) {
            String name = part.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
                named.add(name);
            } else {
                patterns.add(pattern(name));
            }
        }
    }

    private static Pattern pattern(String name) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    /** The streams asked for by their own names, whether there are such or not. */
    List<String> named() {
        return named;
    }

    boolean matches(String streamId) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(streamId).matches()) {
                return true;
            }
        }
        return named.contains(streamId);
    }
}
