package io.oxbow.bench.diary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The promise to the person who asks: a week of four cameras through Kafka, two crashes and a
 * rescale on the way, and every planted event and outage is in the answers.
 */
class DiaryIT {

    @Test
    void theAnswersKnowTheDiary() throws Exception {
        DiaryBenchmark.Choice choice = new DiaryBenchmark.Choice();
        choice.cameras = 4;
        choice.every = 60;
        choice.queries = 60;
        choice.seed = Long.getLong("oxbow.test.seed", 7);
        DiaryReport report = DiaryBenchmark.measure(choice);
        System.out.println(report.text());
        assertThat(report.plantedFound()).isEqualTo(report.planted()).isGreaterThan(20);
        assertThat(report.outagesFound()).isEqualTo(report.outages()).isGreaterThan(5);
        assertThat(report.curveErrorHolds()).isTrue();
        assertThat(report.curveWithin()).isGreaterThanOrEqualTo(0.9);
        assertThat(report.curveCells()).isGreaterThan(80);
        assertThat(report.summaryStateBytes()).isBetween(1L, 64L * 1024);
        assertThat(report.groupAnswered()).isEqualTo(4);
        assertThat(report.groupMissing()).isZero();
        assertThat(report.crashes()).isEqualTo(2);
    }
}
