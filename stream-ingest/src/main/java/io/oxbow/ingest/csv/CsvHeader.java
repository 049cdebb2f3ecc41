package io.oxbow.ingest.csv;

import io.oxbow.ingest.SourceException;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a file's columns, in order. A file written by R may have an unnamed first column of
 * row numbers; its name here is empty.
 *
 * @param source the file's name, for messages
 */
public record CsvHeader(String source, List<String> names) {
    private static final int MAX_NAMES_SHOWN = 50;
    private static final int MAX_NAME_SHOWN = 60;

    public CsvHeader {
        names = List.copyOf(names);
    }

    /**
     * The place of a column: by its exact name, else by its name in another case when only one
     * fits. The name may be quoted as in a file.
     *
     * @throws SourceException naming the columns there are
     */
    public int indexOf(String name) throws SourceException {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        if (name.length() > 2 && name.startsWith("\"") && name.endsWith("\"")) {
            return indexOf(name.substring(1, name.length() - 1).replace("\"\"", "\""));
        }
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name.strip())) {
                if (found >= 0) {
                    found = -1;
                    break;
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new SourceException(
                    "%s has no column \"%s\"; its columns are: %s."
                            .formatted(source, name, String.join(", ", named())));
        }
        return found;
    }

    /** What is no table may have any characters in its names, and any number of them. */
    private List<String> named() {
        List<String> named = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty() && named.size() == MAX_NAMES_SHOWN) {
                named.add("...");
                break;
            }
            if (!name.isEmpty()) {
                String shown = name.replaceAll("\\p{Cntrl}", "?");
                named.add(
                        shown.length() <= MAX_NAME_SHOWN
                                ? shown
                                : shown.substring(0, MAX_NAME_SHOWN) + "...");
            }
        }
        return named;
    }
}
