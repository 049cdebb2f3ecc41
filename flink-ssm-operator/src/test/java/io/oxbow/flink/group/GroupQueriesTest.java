package io.oxbow.flink.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.flink.event.Roster;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.testing.TestStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** A group's question goes to each of its streams and comes back as one answer. */
class GroupQueriesTest {
    private static final long NOW = 1_000_000;
    private static final long FORGET_AFTER = 400_000;

    private static Query question(String group, String kind, long deadline) {
        return new Query("q", group, group, kind, 0, 0, 0, 0, deadline, NOW, "replies");
    }

    private static Answer answer(String stream, String kind, String status, double p, double mean) {
        return new Answer(
                "q",
                stream,
                "*",
                kind,
                status,
                0,
                0,
                NOW - 5,
                9,
                new Timeline(0, 1, new float[] {1}, 0, 0),
                Timeline.EMPTY,
                List.of(),
                p < 1 ? List.of(new Peak(NOW, 0.9f, (float) p, 3, "top")) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("meanActivity", mean),
                stream + " says so.",
                "replies");
    }

    @Test
    void groupsAreNamesAndPatterns() {
        StreamGroup group = new StreamGroup("cam-*, yard?,gate.1");
        assertThat(group.matches("cam-")).isTrue();
        assertThat(group.matches("cam-12")).isTrue();
        assertThat(group.matches("yard7")).isTrue();
        assertThat(group.matches("gate.1")).isTrue();
        assertThat(group.matches("gatex1")).isFalse();
        assertThat(group.matches("yard12")).isFalse();
        assertThat(group.matches("a cam-1")).isFalse();
        assertThat(group.named()).containsExactly("gate.1");
        assertThat(new StreamGroup("[a*").matches("[ab")).isTrue();
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    Integer, Query, Tuple2<String, Long>, StreamEvent>
            fanOut() throws Exception {
        return harness(new FanOut(7000, FORGET_AFTER));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    Integer, Query, Tuple2<String, Long>, StreamEvent>
            harness(
                    KeyedCoProcessFunction<Integer, Query, Tuple2<String, Long>, StreamEvent>
                            function)
                    throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        Integer, Query, Tuple2<String, Long>, StreamEvent>(
                        new KeyedCoProcessOperator<>(function), query -> 0, name -> 0, Types.INT);
        harness.setup(EventTypes.STREAM_EVENT.createSerializer(null));
        return harness;
    }

    private static StreamRecord<Tuple2<String, Long>> heard(String name, long watermark) {
        return new StreamRecord<>(Tuple2.of(name, watermark));
    }

    private static List<String> asked(
            KeyedTwoInputStreamOperatorTestHarness<?, Query, ?, StreamEvent> harness, String group)
            throws Exception {
        harness.getOutput().clear();
        harness.processElement1(new StreamRecord<>(question(group, "status", 0)));
        return harness.extractOutputValues().stream().map(StreamEvent::streamId).toList();
    }

    @Test
    void eachStreamOfTheGroupIsAskedAlsoAfterARestart() throws Exception {
        var before = fanOut();
        before.open();
        for (String name : List.of("cam-2", "cam-1", "yard", "cam-1")) {
            before.processElement2(heard(name, 1));
        }
        var state = before.snapshot(1, 1);
        before.close();
        var after = fanOut();
        after.initializeState(state);
        after.open();
        after.setProcessingTime(NOW);
        after.processElement1(new StreamRecord<>(question("cam-*,attic", "peaks", 0)));
        List<StreamEvent> asked = after.extractOutputValues();
        assertThat(asked)
                .extracting(StreamEvent::streamId)
                .containsExactly("attic", "cam-1", "cam-2");
        assertThat(asked)
                .allSatisfy(
                        event -> {
                            Query query = (Query) event;
                            assertThat(query.queryId()).isEqualTo("q");
                            assertThat(query.group()).isEqualTo("cam-*,attic");
                            assertThat(query.deadline()).isEqualTo(NOW + 7000);
                        });
        Roster roster = after.getSideOutput(FanOut.ROSTERS).poll().getValue();
        assertThat(roster.streams()).containsExactly("attic", "cam-1", "cam-2");
        assertThat(roster.query().streamId()).isEqualTo("cam-*,attic");
        after.close();
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, Roster, Answer, Answer> gatherer()
            throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<String, Roster, Answer, Answer>(
                        new KeyedCoProcessOperator<>(new Gatherer()),
                        roster -> roster.query().queryId(),
                        Answer::queryId,
                        Types.STRING);
        harness.setup(EventTypes.ANSWER.createSerializer(null));
        return harness;
    }

    private static Roster roster(String kind, String... streams) {
        return new Roster(question("*", kind, NOW + 1000), List.of(streams));
    }

    @Test
    void oneAnswerComesOnceAllHaveAnsweredMostUnusualFirst() throws Exception {
        var harness = gatherer();
        harness.open();
        harness.setProcessingTime(NOW);
        // An answer may overtake the roster.
        harness.processElement2(new StreamRecord<>(answer("b", "peaks", "ok", 1e-9, 1)));
        harness.processElement1(new StreamRecord<>(roster("peaks", "a", "b", "c")));
        harness.processElement2(new StreamRecord<>(answer("a", "peaks", "ok", 1e-3, 1)));
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.processElement2(new StreamRecord<>(answer("c", "peaks", "ok", 1, 1)));
        Answer gathered = harness.extractOutputValues().get(0);
        assertThat(gathered.status()).isEqualTo("ok");
        assertThat(gathered.ranking())
                .extracting(RankedStream::streamId)
                .containsExactly("b", "a", "c");
        assertThat(gathered.ranking().get(0).rank()).isCloseTo(9, within(1e-3));
        assertThat(gathered.missing()).isEmpty();
        assertThat(gathered.asOf()).isEqualTo(NOW - 5);
        assertThat(gathered.replyTo()).isEqualTo("replies");
        assertThat(gathered.text())
                .isEqualTo("3 of 3 streams answered. b says so. a says so. c says so.");
        harness.setProcessingTime(NOW + 5000);
        assertThat(harness.extractOutputValues()).hasSize(1);
        harness.close();
    }

    @Test
    void theDeadlineNamesWhoDidNotAnswerAlsoAfterARestart() throws Exception {
        var before = gatherer();
        before.open();
        before.setProcessingTime(NOW);
        before.processElement1(new StreamRecord<>(roster("history", "a", "b", "c", "d")));
        before.processElement2(new StreamRecord<>(answer("a", "history", "ok", 1, 2)));
        before.processElement2(new StreamRecord<>(answer("c", "history", "ok", 1, 5)));
        before.processElement2(
                new StreamRecord<>(answer("d", "history", "unknown-stream", 1, Double.NaN)));
        var state = before.snapshot(1, 1);
        before.close();
        var harness = gatherer();
        harness.initializeState(state);
        harness.open();
        harness.setProcessingTime(NOW + 1001);
        List<Answer> answers = new ArrayList<>(harness.extractOutputValues());
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo("partial");
        assertThat(answers.get(0).ranking())
                .extracting(RankedStream::streamId)
                .containsExactly("c", "a");
        assertThat(answers.get(0).missing()).containsExactly("b", "d");
        assertThat(answers.get(0).text()).endsWith("Not heard from in time: b, d.");
        // Too late, and then forgotten.
        harness.processElement2(new StreamRecord<>(answer("b", "history", "ok", 1, 9)));
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(harness.numKeyedStateEntries()).isPositive();
        harness.setProcessingTime(NOW + 700_000);
        assertThat(harness.numKeyedStateEntries()).isZero();
        harness.close();
    }

    @Test
    void aGroupOfNobodyIsAnsweredAtOnce() throws Exception {
        var harness = gatherer();
        harness.open();
        harness.setProcessingTime(NOW);
        harness.processElement1(new StreamRecord<>(roster("status")));
        Answer answer = harness.extractOutputValues().get(0);
        assertThat(answer.status()).isEqualTo("unknown-stream");
        assertThat(answer.text()).isEqualTo("No stream of the group '*' has been seen.");
        harness.close();
    }

    @Test
    void aSilentStreamIsForgottenAndOneThatSpeaksIsNot() throws Exception {
        var before = fanOut();
        before.open();
        before.processElement2(heard("cam-early", Long.MIN_VALUE));
        before.processElement2(heard("cam-gone", 1_000_000));
        before.processElement2(heard("cam-off", 1_200_000));
        before.processElement2(heard("cam-on", 1_400_000));
        assertThat(asked(before, "cam-*"))
                .containsExactly("cam-early", "cam-gone", "cam-off", "cam-on");
        var state = before.snapshot(1, 1);
        before.close();
        var after = fanOut();
        after.initializeState(state);
        after.open();
        // At 1,600,000 five fourths of the span have passed since cam-gone, four since cam-off.
        after.processElement2(heard("cam-on", 1_600_000));
        assertThat(asked(after, "cam-*")).containsExactly("cam-off", "cam-on");
        assertThat(asked(after, "cam-gone")).containsExactly("cam-gone");
        // The end of a bounded input is no time.
        after.processElement2(heard("cam-gone", Long.MAX_VALUE));
        assertThat(asked(after, "cam-*")).containsExactly("cam-gone", "cam-off", "cam-on");
        after.close();
    }

    /** State as it was before streams were forgotten. */
    private static final class NamesAlone
            extends KeyedCoProcessFunction<Integer, Query, Tuple2<String, Long>, StreamEvent> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(Query query, Context context, Collector<StreamEvent> out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void processElement2(
                Tuple2<String, Long> name, Context context, Collector<StreamEvent> out)
                throws Exception {
            getRuntimeContext()
                    .getMapState(
                            new MapStateDescriptor<>("stream-names", Types.STRING, Types.BOOLEAN))
                    .put(name.f0, true);
        }
    }

    @Test
    void namesOfAnOlderSavepointLiveForASpanMore() throws Exception {
        var before = harness(new NamesAlone());
        before.open();
        before.processElement2(heard("cam-1", 0));
        before.processElement2(heard("cam-2", 0));
        var state = before.snapshot(1, 1);
        before.close();
        var after = fanOut();
        after.initializeState(state);
        after.open();
        assertThat(asked(after, "cam-*")).containsExactly("cam-1", "cam-2");
        after.processElement2(heard("cam-2", 1_000_000));
        after.processElement2(heard("cam-2", 1_400_000));
        assertThat(asked(after, "cam-*")).containsExactly("cam-1", "cam-2");
        after.processElement2(heard("cam-2", 1_600_000));
        assertThat(asked(after, "cam-*")).containsExactly("cam-2");
        after.close();
    }

    @Test
    void namesThatComeAndGoTakeNoMoreRoomThanASpanOfThem() throws Exception {
        NewStreams streams = new NewStreams(FORGET_AFTER / FanOut.SAID_PER_SPAN);
        var harness = fanOut();
        harness.open();
        List<Tuple2<String, Long>> said = new ArrayList<>();
        ListCollector<Tuple2<String, Long>> out = new ListCollector<>(said);
        for (int i = 0; i < 20_000; i++) {
            said.clear();
            streams.hear("phone-" + i, 1_000L * i, out);
            streams.hear("gate", 1_000L * i, out);
            for (Tuple2<String, Long> name : said) {
                harness.processElement2(new StreamRecord<>(name));
            }
            assertThat(streams.remembered()).isLessThan(210);
        }
        // Names of five fourths of a span, a fourth until the next look, and gate.
        assertThat(asked(harness, "*")).hasSizeBetween(400, 610).contains("gate");
        harness.close();
    }

    @Test
    void aNameIsSaidOnceAndAgainWhenTimeHasPassed() {
        NewStreams streams = new NewStreams(100);
        List<Tuple2<String, Long>> said = new ArrayList<>();
        var out = new ListCollector<>(said);
        for (StreamEvent event : TestStreams.events(1, 3, 100)) {
            streams.hear(event.streamId(), Long.MIN_VALUE, out);
        }
        assertThat(said)
                .extracting(name -> name.f0)
                .containsExactlyInAnyOrder("stream-0", "stream-1", "stream-2");
        said.clear();
        for (long watermark : new long[] {1_000, 1_050, 1_099, 1_100, 1_150, Long.MAX_VALUE}) {
            streams.hear("stream-1", watermark, out);
        }
        assertThat(said)
                .containsExactly(Tuple2.of("stream-1", 1_000L), Tuple2.of("stream-1", 1_100L));
    }
}
