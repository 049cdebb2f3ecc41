package io.oxbow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.MambaReference.Options;
import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a config of a Mamba may ask for, each against the same model in plain doubles. */
class MambaOptionsTest {
    private static final int STEPS = 60;
    private static final String HUGGING_FACE =
            "{'model_type': 'mamba2', 'hidden_size': 6, 'num_hidden_layers': 2, 'expand': 2,"
                    + " 'state_size': 4, 'head_dim': 3, 'num_heads': 4, 'n_groups': 2,"
                    + " 'conv_kernel': 4, 'time_step_limit': [0.0, Infinity],"
                    + " 'norm_before_gate': true}";

    private static void assertAgree(SsmModel model, Tensors weights, Options options) {
        MambaReference reference = new MambaReference(weights, options);
        Random random = new Random(11);
        float[] tokens = new float[STEPS * 6];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        try (ModelRun run = new ModelRun(model.plan(), STEPS)) {
            float[] hidden = run.feed(tokens);
            for (int t = 0; t < STEPS; t++) {
                double[] token = new double[6];
                for (int i = 0; i < 6; i++) {
                    token[i] = tokens[t * 6 + i];
                }
                double[] expected = reference.step(token);
                for (int i = 0; i < 6; i++) {
                    assertThat((double) hidden[t * 6 + i])
                            .as("step %d, element %d", t, i)
                            .isCloseTo(expected[i], within(2e-5));
                }
            }
        }
    }

    private static Options mamba2(boolean normFirst, boolean norm, int groups, double... limit) {
        return new Options(false, 0, normFirst, norm, groups, limit[0], limit[1]);
    }

    @Test
    void mamba1WithEverythingExplicit() {
        assertAgree(
                SampleModels.mamba1(Map.of()),
                SampleModels.mamba1Weights().tensors(),
                new Options(false, 0, false, false, 1, 0, 0));
    }

    @Test
    void falconNormsTheStepBAndC() {
        assertAgree(
                SampleModels.falcon(Map.of()),
                SampleModels.mamba1Weights().tensors(),
                new Options(true, 1e-3, false, false, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "4, true, true, 0, Infinity",
        "4, false, true, 0.05, 0.2",
        "12, false, false, 0, Infinity",
        "12, true, true, 0.1, Infinity"
    })
    void mamba2InItsAuthorsNames(
            int skips, boolean normFirst, boolean norm, double low, String high) {
        SampleModels weights = SampleModels.mamba2Weights(skips);
        SsmModel model =
                weights.build(
                        "{'d_model': 6, 'n_layer': 2, 'ssm_cfg': {'layer': 'Mamba2', 'd_state': 4,"
                                + " 'headdim': 3, 'ngroups': 2, 'rmsnorm': "
                                + norm
                                + ", 'norm_before_gate': "
                                + normFirst
                                + ", 'D_has_hdim': "
                                + (skips == 12)
                                + ", 'dt_limit': ["
                                + low
                                + ", "
                                + high
                                + "]}}",
                        Map.of());
        Options options = mamba2(normFirst, norm, 2, low, Double.parseDouble(high));

        assertAgree(model, weights.tensors(), options);
    }

    /** Its code gates first whatever the config says; both halves of the doubt can be asked for. */
    @Test
    void huggingFaceGatesFirst() {
        SampleModels weights = SampleModels.mamba2Weights(4);
        double end = Double.POSITIVE_INFINITY;

        assertAgree(
                weights.build(HUGGING_FACE, Map.of()),
                weights.tensors(),
                mamba2(false, true, 2, 0, end));
        assertAgree(
                weights.build(HUGGING_FACE, Map.of("norm-groups", "1")),
                weights.tensors(),
                mamba2(false, true, 1, 0, end));
        assertAgree(
                weights.build(HUGGING_FACE, Map.of("norm-order", "norm-first")),
                weights.tensors(),
                mamba2(true, true, 2, 0, end));
    }

    @Test
    void aVocabularyIsKnownToThePlan() {
        SsmModel tokens = SampleModels.mamba1(Map.of("input", "tokens"));

        assertThat(tokens.plan().vocabulary()).hasValue(7);
        assertThat(SampleModels.mamba1(Map.of()).plan().vocabulary()).isEmpty();
    }

    @Test
    void aBiasThatTheConfigDoesNotPromiseIsLeftUnused() {
        Tensors weights = SampleModels.mamba1Weights().tensors();
        String config =
                "{\"d_model\": 6, \"n_layer\": 2, \"ssm_cfg\": {\"d_state\": 4, \"d_conv\": 3,"
                        + " \"expand\": 3, \"dt_rank\": 3}}";

        Architectures.build("test", (Json.Obj) Json.parse(config), weights, Map.of());

        assertThat(weights.unused())
                .containsAll(
                        List.of(
                                "backbone.layers.0.mixer.in_proj.bias",
                                "backbone.layers.1.mixer.out_proj.bias"));
    }

    @Test
    void aPromisedBiasThatIsMissingIsRefused() {
        SampleModels weights = SampleModels.mamba2Weights(4);

        assertThatThrownBy(() -> weights.build(HUGGING_FACE, Map.of("use-bias", "true")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no tensor 'backbone.layers.0.mixer.in_proj.bias'");
    }
}
