package io.oxbow.jobs.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Timeline;
import io.oxbow.jobs.cli.JsonLines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyTest {
    @Test
    void asJsonItIsOneObjectWithoutWhereTheAnswerWasSent() {
        Answer answer =
                new Answer(
                        "q",
                        "door",
                        "",
                        "status",
                        "ok",
                        1,
                        2,
                        3,
                        4,
                        Timeline.EMPTY,
                        Timeline.EMPTY,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of("events", 5.0),
                        "All was quiet.",
                        "replies");
        assertThat(JsonLines.of(new Reply(answer, 0, 7)))
                .startsWith("{\"queryId\":\"q\",\"streamId\":\"door\",")
                .contains("\"figures\":{\"events\":5.0}")
                .doesNotContain("replies")
                .endsWith("\"text\":\"All was quiet.\",\"framesReRead\":0,\"latencyMillis\":7}");
    }
}
