/** Questions for a group of streams: put to each stream, gathered to one answer. */
package io.oxbow.flink.group;
