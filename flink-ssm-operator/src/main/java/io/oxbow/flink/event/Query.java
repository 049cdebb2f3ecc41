package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A question about a stream's past, answered from its state as of its place among the events.
 *
 * @param streamId the stream; for a group, the group
 * @param group which streams are asked: ids with {@code *} and {@code ?}, separated by commas;
 *     empty for one stream
 * @param kind {@code status}, {@code history}, {@code peaks}, {@code compare}, {@code baseline},
 *     {@code forecast}, {@code summary}
 * @param from start of the range asked about, milliseconds since the epoch; 0 for unbounded
 * @param to end of the range, exclusive; 0 for unbounded
 * @param referenceFrom for {@code compare}: start of the range, equally long, to compare with; 0
 *     for the same time a day earlier
 * @param resolutionMillis width of a cell of the answer's curve; 0 for the answerer's choice
 * @param deadline milliseconds since the epoch after which no answer is wanted; 0 for none
 * @param eventTime when it was asked
 * @param replyTo topic for the answer, or empty for the default
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Query(
        String queryId,
        String streamId,
        String group,
        String kind,
        long from,
        long to,
        long referenceFrom,
        long resolutionMillis,
        long deadline,
        long eventTime,
        String replyTo)
        implements StreamEvent, StreamSignal {}
