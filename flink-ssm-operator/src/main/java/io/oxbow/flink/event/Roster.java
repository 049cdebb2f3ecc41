package io.oxbow.flink.event;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Whom a question for a group was put to.
 *
 * @param query as it was asked, its deadline filled in
 * @param streams the streams that were asked, in the order of their names
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Roster(Query query, List<String> streams) {
    public Roster {
        streams = List.copyOf(streams);
    }
}
