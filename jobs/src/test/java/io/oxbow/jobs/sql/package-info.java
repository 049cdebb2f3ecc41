/** Flink's own SQL client over Oxbow's topics, as docs/sql.md has it. */
package io.oxbow.jobs.sql;
