package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    record Figures(String name, float score, double p, float[] curve, List<Float> more) {}

    @Test
    void writesWhatIsNotANumberAsNull() {
        Figures figures =
                new Figures(
                        "a \"name\"\n",
                        0.1f,
                        Double.NaN,
                        new float[] {1, Float.NaN, Float.POSITIVE_INFINITY},
                        List.of(2f, Float.NaN));
        assertThat(JsonLines.of(figures))
                .isEqualTo(
                        "{\"name\":\"a \\\"name\\\"\\n\",\"score\":0.1,\"p\":null,"
                                + "\"curve\":[1.0,null,null],\"more\":[2.0,null]}");
    }
}
