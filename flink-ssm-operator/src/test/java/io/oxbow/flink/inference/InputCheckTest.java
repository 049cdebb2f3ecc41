package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.testing.TestStreams;
import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Embedding;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token ids; the other refusals are those of {@link EventIntakeTest}. */
class InputCheckTest {

    /** A model that knows five tokens. */
    private static SsmModel tokens() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 2);
        plan.state().f32("unused", 1);
        plan.add(new Embedding(plan.input(), out, new float[10]));
        return new SsmModel(
                "tokens",
                "test",
                plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build()),
                TimeMode.PER_EVENT,
                1,
                OptionalLong.empty());
    }

    private static String refusal(float... values) {
        return new InputCheck(tokens(), new MaxAhead(0))
                .refusal(TestStreams.event("a", 1, 1, values));
    }

    @ParameterizedTest
    @CsvSource({
        "5, the token id is 5; the model knows ids 0 to 4",
        "-1, the token id is -1; the model knows ids 0 to 4",
        "3e9, the token id is 3000000000; the model knows ids 0 to 4",
        "1.5, 'the token id is 1.5, not a whole number'",
        "NaN, 'channel 0 is NaN, not a finite number'"
    })
    void anIdThatIsNoTokenIsRefusedWithItsReason(float id, String reason) {
        assertThat(refusal(id)).isEqualTo(reason);
    }

    @Test
    void everyIdOfTheVocabularyMayPass() {
        for (int id = 0; id < 5; id++) {
            assertThat(refusal(id)).isNull();
        }
    }
}
