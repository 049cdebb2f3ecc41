/** Oxbow for people who write SQL. */
package io.oxbow.flink.sql;
