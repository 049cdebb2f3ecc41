package io.oxbow.ingest.csv;

/**
 * Something wrong with one row of a file.
 *
 * @param line where the row begins, from 1
 * @param text what is wrong, without a full stop
 */
public record CsvProblem(long line, String text) {}
