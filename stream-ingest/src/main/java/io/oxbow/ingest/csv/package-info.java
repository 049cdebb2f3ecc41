/**
 * Time series in delimiter-separated files: records, times, numbers, and what is wrong with them.
 */
package io.oxbow.ingest.csv;
