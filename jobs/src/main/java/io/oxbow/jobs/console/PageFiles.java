package io.oxbow.jobs.console;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page's own files, read once. Only what is listed here is served, by its exact name: there is
 * no way from a request's path to a file.
 */
final class PageFiles {
    private static final String FIRST = "index.html";
    private static final List<String> NAMES =
            List.of(
                    FIRST,
                    "console.css",
                    "icon.svg",
                    "activity.js",
                    "alerts.js",
                    "answer.js",
                    "app.js",
                    "ask.js",
                    "axes.js",
                    "chart.js",
                    "curves.js",
                    "foresight.js",
                    "format.js",
                    "glyphs.js",
                    "live.js",
                    "memory.js",
                    "palette.js",
                    "parts.js",
                    "peaks.js",
                    "store.js",
                    "stream.js",
                    "strip.js",
                    "strips.js",
                    "weekmap.js");

    private final Map<String, PageFile> files = new HashMap<>();

    /** A file and its media type. */
    record PageFile(String type, byte[] bytes) {}

    PageFiles() throws IOException {
        for (String name : NAMES) {
            try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException("the page's file " + name + " is missing");
                }
                files.put("/" + name, new PageFile(type(name), in.readAllBytes()));
            }
        }
        files.put("/", files.get("/" + FIRST));
    }

    /** The file of that path. */
    Optional<PageFile> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
