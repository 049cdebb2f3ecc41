package io.oxbow.ingest.csv;

import io.oxbow.ingest.SourceException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The names of a file's columns, in order. A file written by R may have an unnamed first column of
 * row numbers; its name here is empty.
 *
 * @param source the file's name, for messages
 */
public record CsvHeader(String source, List<String> names) {
    public CsvHeader {
        names = List.copyOf(names);
    }

    /**
     * The place of a column: by its exact name, else by its name in another case when only one
     * fits.
     *
     * @throws SourceException naming the columns there are
     */
    public int indexOf(String name) throws SourceException {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
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

    private List<String> named() {
        return names.stream().filter(name -> !name.isEmpty()).collect(Collectors.toList());
    }
}
