package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadingPlacesTest {
    private static final TopicPartition ONE = new TopicPartition("results", 0);
    private static final TopicPartition OTHER = new TopicPartition("results", 1);
    private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);

    private final ReadingPlaces places =
            new ReadingPlaces(topic -> topic.equals("results") ? 100 : 1_000);

    @Test
    void beginsBeforeTheNewestRecordsOfEachTopic() {
        ReadingPlaces.Outcome outcome =
                places.hold(Map.of(ONE, 0L, OTHER, 70L, ALERTS, 5L), ends(200, 90, 12));

        assertThat(outcome.moved()).isTrue();
        assertThat(outcome.loss()).isEmpty();
        assertThat(places.next(ONE)).as("half of a hundred, of two partitions").isEqualTo(150);
        assertThat(places.next(OTHER)).as("what there is").isEqualTo(70);
        assertThat(places.next(ALERTS)).isEqualTo(5);
        assertThat(places.left(ends(200, 90, 12))).isEqualTo(50 + 20 + 7);
    }

    @Test
    void saysNothingWhileAllIsThere() {
        read();

        ReadingPlaces.Outcome outcome = places.hold(begins(0, 0, 0), ends(250, 90, 12));

        assertThat(outcome).isEqualTo(new ReadingPlaces.Outcome(false, ""));
        assertThat(places.next(ONE)).isEqualTo(200);
        assertThat(places.left(ends(250, 90, 12))).isEqualTo(50);
    }

    @Test
    void countsWhatWasDeletedUnread() {
        read();

        ReadingPlaces.Outcome outcome = places.hold(begins(1_300, 95, 13), ends(1_400, 95, 13));

        assertThat(outcome.moved()).isTrue();
        assertThat(outcome.loss())
                .isEqualTo(
                        "1 record of alerts was gone before being read."
                                + " 1,105 records of results were gone before being read.");
        assertThat(places.next(ONE)).isEqualTo(1_300);
    }

    @Test
    void noticesATopicMadeAnew() {
        read();

        ReadingPlaces.Outcome outcome = places.hold(begins(0, 0, 0), ends(3, 90, 12));

        assertThat(outcome.loss()).startsWith("results was made anew");
        assertThat(places.next(ONE)).isZero();
        assertThat(places.next(OTHER)).isEqualTo(90);
    }

    @Test
    void saysWhichTopicsAreGoneAndReadsThemAgainWhenTheyAreBack() {
        read();

        ReadingPlaces.Outcome gone = places.hold(Map.of(), Map.of());
        ReadingPlaces.Outcome still = places.hold(Map.of(), Map.of());
        ReadingPlaces.Outcome back = places.hold(begins(0, 0, 0), ends(500, 90, 12));

        assertThat(gone.loss()).startsWith("alerts, results are no longer on Kafka");
        assertThat(still.loss()).as("told once").isEmpty();
        assertThat(back.loss()).isEmpty();
        assertThat(places.next(ONE)).isEqualTo(450);
    }

    private void read() {
        places.hold(begins(0, 0, 0), ends(200, 90, 12));
        places.readTo(ONE, 200);
        places.readTo(OTHER, 90);
        places.readTo(ALERTS, 12);
    }

    private static Map<TopicPartition, Long> begins(long one, long other, long alerts) {
        return ends(one, other, alerts);
    }

    private static Map<TopicPartition, Long> ends(long one, long other, long alerts) {
        return Map.of(ONE, one, OTHER, other, ALERTS, alerts);
    }
}
