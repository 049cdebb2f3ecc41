package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.plan.DensityEvidence;
import io.oxbow.plan.EvidenceKinds;
import io.oxbow.plan.FlatlineEvidence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Repeats, histograms and kinds of evidence, against their formulas. */
class EvidenceOperationsTest {
    private static final double MIN_WEIGHT = 1.0 / 1000;
    private static final float CAP = 30;

    private static float[] flatline(float... x) {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(
                new FlatlineEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("runs", 4, 1),
                        plan.state().i64("steps"),
                        MIN_WEIGHT,
                        10,
                        CAP));
        return AnomalyOperationsTest.run(plan, x, out);
    }

    @Test
    void aRunHasTheDigitsOfItsProbabilityByTheRuleOfSuccession() {
        float[] x = new float[204];
        for (int t = 0; t < x.length; t++) {
            x[t] = Math.min(t, 200);
        }
        float[] digits = flatline(x);

        assertThat(Arrays.copyOf(digits, 201)).containsOnly(0f);
        double first = -Math.log10(1.0 / 202);
        double second = -Math.log10(2.0 / 203);
        assertThat(digits[201]).isCloseTo((float) first, within(1e-4f));
        assertThat(digits[202]).isCloseTo((float) (first + second), within(1e-4f));
    }

    @Test
    void onlyWhatIsLongerThanTheLongestRunBeforeCounts() {
        float[] x = new float[300];
        for (int t = 0; t < x.length; t++) {
            boolean rest = t >= 100 && t < 110 || t >= 200 && t < 215;
            x[t] = rest ? 0 : t;
        }
        float[] digits = flatline(x);

        assertThat(digits[109]).isGreaterThan(10);
        for (int t = 200; t < 208; t++) {
            assertThat(digits[t]).isZero();
        }
        assertThat(digits[214]).isPositive();
        assertThat(digits[215]).isZero();
    }

    private static float[] density(int bins, float... x) {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(
                new DensityEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("bounds", 2, 1),
                        plan.state().f32("counts", 1, bins),
                        plan.state().i64("steps"),
                        MIN_WEIGHT,
                        10,
                        CAP));
        return AnomalyOperationsTest.run(plan, x, out);
    }

    @Test
    void anEmptyBinBetweenTwoFullOnesHasTheDigitsOfItsProbability() {
        float[] x = new float[1002];
        for (int t = 0; t < 1000; t++) {
            x[t] = t % 2;
        }
        x[1000] = 0.5f;
        x[1001] = 1;
        float[] digits = density(16, x);

        assertThat(digits[1000]).isCloseTo((float) -Math.log10(1.0 / 1002), within(1e-4f));
        assertThat(digits[1001]).isCloseTo((float) -Math.log10(501.0 / 1003), within(1e-4f));
    }

    @Test
    void theBinsOfWhatIsSpreadEvenlyAreEvenlyFullWhereverTheyBeginAndNothingIsLostByWidening() {
        Random random = new Random(1);
        for (double level : new double[] {0, -1e6, 300}) {
            float[] x = new float[1500];
            for (int t = 0; t < x.length; t++) {
                x[t] = (float) (level + 64 * random.nextDouble());
            }
            float[] digits = density(16, x);

            // Between a half and all of the bins hold the range, so one holds 1/16 to 1/8, but for
            // the outermost.
            Arrays.sort(digits, 1000, 1500);
            assertThat(digits[1250]).isBetween(0.75f, 1.4f);
            assertThat(digits[1005]).isGreaterThan(0.7f);
        }
    }

    @Test
    void oneAbsurdValueDoublesTheBinsOnce() {
        float[] x = new float[600];
        for (int t = 0; t < 600; t++) {
            x[t] = t % 2;
        }
        x[500] = 3e38f;
        x[599] = 0.5f;
        float[] digits = density(16, x);

        assertThat(digits[500]).isZero();
        assertThat(digits[599]).isGreaterThan(2.5f);
    }

    @Test
    void kindsThatWereWeighedTogetherShareTheirDigitsByStrength() {
        StepPlan.Builder plan = StepPlan.builder(5);
        Register together = pick(plan, "together", 0);
        Register alone = pick(plan, "alone", 1);
        Register weak = pick(plan, "weak", 2, 3);
        Register strong = pick(plan, "strong", 4, 2);
        Register out = plan.register("out", 6);
        plan.add(
                new EvidenceKinds(
                        List.of(
                                new EvidenceKinds.Part(together, weak, 1),
                                new EvidenceKinds.Part(together, strong, 2),
                                new EvidenceKinds.Part(alone, weak, 1)),
                        out));
        float[] tokens = {6, 5, 1, 2, 4, 6, 5, 0, 0, 0};
        float[] kinds = AnomalyOperationsTest.run(plan, tokens, out);

        assertThat(Arrays.copyOf(kinds, 6)).containsExactly(6f * 2 / 8, 6, 5, 1, 0, 1);
        assertThat(Arrays.copyOfRange(kinds, 6, 9)).containsOnly(0f);
    }

    /** A register of some of the inputs. */
    private static Register pick(StepPlan.Builder plan, String name, int... inputs) {
        Register out = plan.register(name, inputs.length);
        float[] weight = new float[inputs.length * plan.input().width()];
        for (int i = 0; i < inputs.length; i++) {
            weight[i * plan.input().width() + inputs[i]] = 1;
        }
        plan.add(new Linear(plan.input(), out, weight, null));
        return out;
    }
}
