package io.oxbow.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ComputeBackend} must do with every plan of {@link PlanCatalogue}. A backend's
 * test extends this class and names the backend.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ComputeBackendContract {
    private static final String CASES = "cases";
    private static final int STREAMS = 9;
    private static final int LONGEST = 40;
    private static final float FLOAT_GUARD = Float.intBitsToFloat(0x7fc0dead);
    private static final long LONG_GUARD = 0xdeadbeefdeadbeefL;

    /** The backend under test. */
    protected abstract ComputeBackend backend();

    /** The plans it is held to; a backend that refuses some operations keeps the others. */
    protected List<PlanCase> cases() {
        return PlanCatalogue.cases();
    }

    @Test
    protected void isAvailableHere() {
        assertThat(backend().availability()).isInstanceOf(Availability.Available.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void agreesWithTheScalarBackend(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        SampleStreams streams = streams(plan);
        try (PackedRun expected = inOneBatch(new ScalarBackend(), plan, streams);
                PackedRun actual = inOneBatch(backend(), plan, streams)) {
            for (int s = 0; s < streams.count(); s++) {
                for (OutputLayout.Field field : plan.outputs().fields()) {
                    assertClose(
                            columns(expected.results(s), plan, field),
                            columns(actual.results(s), plan, field),
                            planCase.tolerance(),
                            field.name() + " of stream " + s);
                }
            }
            assertClose(
                    expected.states().floats(),
                    actual.states().floats(),
                    planCase.tolerance(),
                    "states");
            assertThat(actual.states().longs()).isEqualTo(expected.states().longs());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void doesNotSeeHowStreamsAreCutIntoBatches(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        SampleStreams streams = streams(plan);
        Random random = new Random(planCase.name().hashCode());
        try (PackedRun whole = inOneBatch(backend(), plan, streams)) {
            for (int maxTokens : new int[] {1, 2, 7, 33, 128}) {
                try (PackedRun cut =
                        new PackedRun(backend(), plan, streams, shuffledSlots(random), maxTokens)) {
                    runInRandomPieces(cut, streams, random);
                    assertSameBits(whole, cut, streams, "batches of up to " + maxTokens);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void continuesFromASavedRowInAnotherTable(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        SampleStreams streams = streams(plan);
        try (PackedRun whole = inOneBatch(backend(), plan, streams);
                PackedRun before =
                        new PackedRun(
                                backend(),
                                plan,
                                streams,
                                PackedRun.slotsInOrder(STREAMS),
                                streams.totalTokens())) {
            for (int s = 0; s < STREAMS; s++) {
                before.pack(s, (streams.length(s) + 1) / 2);
            }
            before.run();
            int[] otherSlots = shuffledSlots(new Random(3));
            try (PackedRun after =
                    new PackedRun(backend(), plan, streams, otherSlots, streams.totalTokens())) {
                after.table().writeRows(otherSlots, STREAMS, before.states());
                for (int s = 0; s < STREAMS; s++) {
                    int half = (streams.length(s) + 1) / 2;
                    int width = plan.outputs().width();
                    System.arraycopy(before.results(s), 0, after.results(s), 0, half * width);
                    after.startAt(s, half);
                }
                after.runAll();
                assertSameBits(whole, after, streams, "after restore");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void touchesNothingOutsideTheDeclaredSizes(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        SampleStreams streams = streams(plan);
        int total = streams.totalTokens();
        int[] slots = new int[STREAMS];
        Arrays.setAll(slots, s -> 2 * s + 1);
        try (PackedRun plain = inOneBatch(backend(), plan, streams);
                PackedRun guarded = new PackedRun(backend(), plan, streams, slots, total + 5)) {
            int capacity = guarded.table().capacity();
            StateRows guards = new StateRows(plan.layout(), capacity);
            Arrays.fill(guards.floats(), FLOAT_GUARD);
            Arrays.fill(guards.longs(), LONG_GUARD);
            guarded.table().writeRows(PackedRun.slotsInOrder(capacity), capacity, guards);
            guarded.table().initRows(slots, STREAMS);
            TokenBatch batch = guarded.batch();
            Arrays.fill(batch.tokens(), FLOAT_GUARD);
            Arrays.fill(batch.dt(), FLOAT_GUARD);
            Arrays.fill(batch.eventTimes(), LONG_GUARD);
            Arrays.fill(batch.offsets(), Integer.MAX_VALUE);
            Arrays.fill(batch.slots(), Integer.MAX_VALUE);
            Arrays.fill(guarded.outputs().values(), FLOAT_GUARD);

            guarded.runAll();

            assertSameBits(plain, guarded, streams, "with guards");
            float[] values = guarded.outputs().values();
            assertAllGuard(
                    Arrays.copyOfRange(values, total * plan.outputs().width(), values.length),
                    "outputs past the last token");
            StateRows rows = new StateRows(plan.layout(), capacity);
            guarded.table().readRows(PackedRun.slotsInOrder(capacity), capacity, rows);
            for (int slot = 0; slot < capacity; slot += 2) {
                assertAllGuard(row(rows, slot), "slot " + slot + ", of no stream");
                assertThat(longRow(rows, slot)).isEqualTo(longRow(guards, slot));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void keepsAPoisonedStreamFromItsNeighbours(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        SampleStreams streams = streams(plan);
        SampleStreams poisoned = streams(plan);
        Arrays.fill(poisoned.tokens()[4], Float.NaN);
        try (PackedRun clean = inOneBatch(backend(), plan, streams);
                PackedRun dirty = inOneBatch(backend(), plan, poisoned)) {
            for (int s = 0; s < STREAMS; s++) {
                if (s != 4) {
                    assertBits(clean.results(s), dirty.results(s), "outputs of stream " + s);
                    assertBits(row(clean.states(), s), row(dirty.states(), s), "state of " + s);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(CASES)
    protected void startsFromThePlansInitialStateAndAnEmptyBatchKeepsIt(PlanCase planCase) {
        StepPlan plan = planCase.plan();
        try (PackedRun run =
                new PackedRun(backend(), plan, streams(plan), PackedRun.slotsInOrder(STREAMS), 4)) {
            run.run();
            StateRows rows = run.states();
            for (int s = 0; s < STREAMS; s++) {
                assertBits(plan.initial().floats(), row(rows, s), "initial state");
                assertThat(longRow(rows, s)).isEqualTo(plan.initial().longs());
            }
        }
    }

    private static SampleStreams streams(StepPlan plan) {
        return SampleStreams.generate(20_251, plan.inputDim(), STREAMS, LONGEST);
    }

    private static PackedRun inOneBatch(
            ComputeBackend backend, StepPlan plan, SampleStreams streams) {
        int[] slots = PackedRun.slotsInOrder(streams.count());
        return new PackedRun(backend, plan, streams, slots, streams.totalTokens()).runAll();
    }

    private static int[] shuffledSlots(Random random) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < 2 * STREAMS; i++) {
            slots.add(i);
        }
        Collections.shuffle(slots, random);
        return slots.stream().limit(STREAMS).mapToInt(Integer::intValue).toArray();
    }

    private static void runInRandomPieces(PackedRun run, SampleStreams streams, Random random) {
        List<Integer> open = new ArrayList<>();
        for (int s = 0; s < streams.count(); s++) {
            open.add(s);
        }
        while (!open.isEmpty()) {
            Collections.shuffle(open, random);
            for (int s : open) {
                int most = Math.min(run.remaining(s), run.space());
                int count = most == 0 ? 0 : random.nextInt(most + 1);
                if (count > 0) {
                    run.pack(s, count);
                }
            }
            run.run();
            open.removeIf(s -> run.remaining(s) == 0);
        }
    }

    private static float[] columns(float[] results, StepPlan plan, OutputLayout.Field field) {
        int stride = plan.outputs().width();
        int rows = results.length / stride;
        float[] values = new float[rows * field.width()];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(
                    results, r * stride + field.offset(), values, r * field.width(), field.width());
        }
        return values;
    }

    private static float[] row(StateRows rows, int row) {
        int floats = rows.layout().floats();
        return Arrays.copyOfRange(rows.floats(), row * floats, (row + 1) * floats);
    }

    private static long[] longRow(StateRows rows, int row) {
        int longs = rows.layout().longs();
        return Arrays.copyOfRange(rows.longs(), row * longs, (row + 1) * longs);
    }

    private static void assertSameBits(
            PackedRun expected, PackedRun actual, SampleStreams streams, String what) {
        for (int s = 0; s < streams.count(); s++) {
            assertBits(expected.results(s), actual.results(s), what + ": outputs of stream " + s);
        }
        assertBits(expected.states().floats(), actual.states().floats(), what + ": states");
        assertThat(actual.states().longs()).as(what).isEqualTo(expected.states().longs());
    }

    private static void assertBits(float[] expected, float[] actual, String what) {
        assertThat(bits(actual)).as(what).isEqualTo(bits(expected));
    }

    private static void assertAllGuard(float[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(FLOAT_GUARD)) {
                fail("%s, element %d: %s was written", what, i, values[i]);
            }
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    private static void assertClose(
            float[] expected, float[] actual, double tolerance, String what) {
        double largest = 1;
        for (float value : expected) {
            if (Float.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = Float.compare(expected[i], actual[i]) == 0;
            boolean close = Math.abs(expected[i] - actual[i]) <= tolerance * largest;
            if (!same && !close) {
                fail(
                        "%s, element %d: expected %s within %s of the largest, %s; was %s",
                        what, i, expected[i], tolerance, largest, actual[i]);
            }
        }
    }
}
