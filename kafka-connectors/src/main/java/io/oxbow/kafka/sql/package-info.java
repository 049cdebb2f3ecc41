/** Oxbow's topics as tables of Flink SQL. */
package io.oxbow.kafka.sql;
