/** What the operators tell reporters: names, and shapes that cost nothing to update. */
package io.oxbow.flink.metric;
