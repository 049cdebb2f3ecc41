package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StreamBoardTest {
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private final StreamBoard board = new StreamBoard(fixed(NOW));
    private final SyntheticFleet fleet = new SyntheticFleet(10, 1, NOW, null);

    @Test
    void anEventReadTwiceCountsOnce() {
        board.add(event("a", 1, NOW - 1_000, 2));
        board.add(event("a", 2, NOW - 500, 4));
        long version = board.version();
        board.add(event("a", 1, NOW - 1_000, 2));
        board.add(event("a", 2, NOW - 500, 4));

        assertThat(board.version()).isEqualTo(version);
        assertThat(board.events()).isEqualTo(2);
        assertThat(newest(strip(0, Zoom.DAY))).isEqualTo(3);
    }

    @Test
    void quietIsNotTheSameAsNoData() {
        board.add(event("a", 1, NOW - 3 * 3_600_000, 0));
        board.add(event("a", 2, NOW, 0));

        StreamBoard.Strip strip = strip(0, Zoom.DAY);

        int cells = Zoom.DAY.cells();
        assertThat(strip.k().charAt(cells - 1)).isEqualTo('4');
        assertThat(strip.k().charAt(cells - 2)).isEqualTo('0');
        assertThat(strip.k().charAt(cells - 37)).isEqualTo('4');
        assertThat(strip.v()[cells - 1]).isZero();
        assertThat(strip.v()[cells - 2]).isNaN();
    }

    @Test
    void aSlowStreamIsNotAbsentBetweenItsEvents() {
        long gap = 20 * 60_000;
        for (int i = 0; i < 20; i++) {
            board.add(event("slow", i, NOW - (19 - i) * gap, 1));
        }

        String sources = strip(0, Zoom.DAY).k();

        assertThat(sources.substring(sources.length() - 70)).doesNotContain("0").contains("1");
        assertThat(sources.chars().filter(c -> c == '4').count()).isEqualTo(20);
    }

    @Test
    void summariesFillWhatTheEventsDoNot() {
        long hour = NOW - 3_600_000;
        board.add(fleet.summary(0, "hour", hour, 12, 300_000));
        board.add(event(fleet.name(0), 1, NOW - 60_000, 42));

        StreamBoard.Strip strip = strip(0, Zoom.DAY);

        int last = Zoom.DAY.cells() - 1;
        assertThat(strip.k().substring(last - 12, last)).isEqualTo("333333333334");
        assertThat(strip.v()[last - 1]).isEqualTo(42);
        assertThat((double) strip.v()[last - 2])
                .isCloseTo(
                        fleet.activity(0, hour + 10 * 300_000),
                        org.assertj.core.data.Offset.offset(1e-3));
    }

    @Test
    void anAlertIsOneFromItsOpeningToItsEnd() {
        board.add(fleet.novelty(3, NOW - 60_000, NOW - 60_000, Anomaly.Phase.OPEN));
        assertThat(board.openAlerts()).isEqualTo(1);
        assertThat(board.lines(0).get(0).state()).isEqualTo("novelty");
        long order = board.alerts(0).get(0).order();

        board.add(fleet.novelty(3, NOW - 60_000, NOW, Anomaly.Phase.CLOSE));

        assertThat(board.openAlerts()).isZero();
        assertThat(board.lines(0).get(0).state()).isEqualTo("ok");
        assertThat(board.alerts(order))
                .singleElement()
                .satisfies(
                        alert -> {
                            assertThat(alert.closedAt()).isEqualTo(NOW);
                            assertThat(alert.text()).contains("channel 3");
                            assertThat(alert.ending()).contains("back to normal");
                        });
    }

    @Test
    void anIllSensorIsSaidBeforeAnUnusualPicture() {
        board.add(fleet.illness(0, "covered", NOW));
        board.add(fleet.novelty(0, NOW, NOW, Anomaly.Phase.OPEN));

        assertThat(board.lines(0).get(0).state()).isEqualTo("covered");
        assertThat(board.lines(0).get(0).open()).isEqualTo(2);
    }

    @Test
    void onlyTheNewestCellsAreSentAgain() {
        board.add(event("a", 1, NOW - 10_000, 1));
        long version = board.version();
        board.add(event("a", 2, NOW, 1));

        StreamBoard.Strip strip = board.strip(0, Zoom.HOUR, version, NOW - 10_000).orElseThrow();

        assertThat(strip.whole()).isFalse();
        assertThat(strip.v().length).isLessThan(5);
        assertThat(board.strip(0, Zoom.HOUR, board.version(), NOW)).isEmpty();
    }

    @Test
    void oneClockAheadDoesNotMoveTheOthersStrips() {
        for (int i = 0; i < 100; i++) {
            board.add(event("s" + i, 1, NOW - 3_600_000, 1));
        }
        board.add(event("stray", 1, NOW + 400L * 24 * 3_600_000, 1));

        assertThat(board.present()).isEqualTo(NOW - 3_600_000);
    }

    @Test
    void theEdgeMovesWithOurClockWhileTheStreamsDo() {
        long[] now = {NOW};
        StreamBoard live =
                new StreamBoard(
                        new Clock() {
                            @Override
                            public ZoneOffset getZone() {
                                return ZoneOffset.UTC;
                            }

                            @Override
                            public Clock withZone(java.time.ZoneId zone) {
                                return this;
                            }

                            @Override
                            public Instant instant() {
                                return Instant.ofEpochMilli(now[0]);
                            }
                        });
        live.add(event("a", 1, NOW - 2_000, 1));
        now[0] = NOW + 60_000;

        assertThat(live.present()).isEqualTo(NOW + 60_000);
    }

    @Test
    void itIsBoundedAndSaysSo() {
        StreamBoard small = new StreamBoard(fixed(NOW), 3);
        for (int i = 0; i < 5; i++) {
            small.add(event("s" + i, 1, NOW, 1));
        }
        for (int i = 0; i < 2 * StreamBoard.MOST_ALERTS; i++) {
            small.add(
                    new Anomaly(
                            "s0",
                            "novelty",
                            Anomaly.Phase.OPEN,
                            NOW + i,
                            NOW + i,
                            1,
                            0,
                            java.util.List.of(),
                            "s0/novelty/" + (NOW + i),
                            "x".repeat(10_000),
                            java.util.List.of()));
        }

        assertThat(small.streams()).isEqualTo(3);
        assertThat(small.refused()).isEqualTo(2);
        assertThat(small.alerts(0)).hasSize(StreamBoard.MOST_ALERTS);
        assertThat(small.alerts(0).get(0).text().length()).isLessThan(500);
        assertThat(small.detail("s0").orElseThrow().alerts()).hasSize(StreamTrack.MOST_ALERTS);
    }

    private StreamBoard.Strip strip(int number, Zoom zoom) {
        return board.strip(number, zoom, 0, 0).orElseThrow();
    }

    private static float newest(StreamBoard.Strip strip) {
        for (int i = strip.v().length - 1; i >= 0; i--) {
            if (!Float.isNaN(strip.v()[i])) {
                return strip.v()[i];
            }
        }
        return Float.NaN;
    }

    private static Inference event(String stream, long seq, long time, float activity) {
        return new Inference(
                stream, 1, seq, time, time, 0, seq, Health.OK, activity, 0, 0.5f, none(), none(),
                none(), none(), none(), none());
    }

    private static float[] none() {
        return new float[0];
    }

    private static Clock fixed(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
