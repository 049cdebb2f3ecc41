package io.oxbow.jobs.demo;

import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * What a demo shows, opened.
 *
 * @param perSecond events of each feed, by the clock on the wall; infinity for as fast as it goes
 * @param options of the job that suit these feeds: the length of their vectors, and the lengths of
 *     time to summarise at the pace of their clocks
 * @param description one sentence without its end
 */
record FeedSet(List<Feed> feeds, double perSecond, Configuration options, String description) {
    FeedSet {
        feeds = List.copyOf(feeds);
    }
}
