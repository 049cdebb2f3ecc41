package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's colours can be read, and its ramp told apart by lightness alone. */
class PageColoursTest {
    /** What WCAG 2 asks of text, level AA. */
    private static final double LEAST_CONTRAST = 4.5;

    @ParameterizedTest
    @ValueSource(strings = {":root", "[data-theme=\"dark\"]"})
    void textStandsOutFromWhatIsBehindIt(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        for (String ink : new String[] {"ink", "soft", "faint", "water", "alert", "warn"}) {
            for (String behind : new String[] {"surface", "ground"}) {
                assertThat(contrast(colours.get(ink), colours.get(behind)))
                        .as("%s on %s", ink, behind)
                        .isGreaterThanOrEqualTo(LEAST_CONTRAST);
            }
        }
        assertThat(contrast(colours.get("alert"), colours.get("alert-soft")))
                .isGreaterThanOrEqualTo(LEAST_CONTRAST);
    }

    @ParameterizedTest
    @ValueSource(strings = {":root", "[data-theme=\"dark\"]"})
    void theRampOnlyDarkensOrOnlyLightens(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        double direction =
                Math.signum(luminance(colours.get("ramp-4")) - luminance(colours.get("ramp-0")));
        for (int i = 1; i <= 4; i++) {
            String before = colours.get("ramp-" + (i - 1));
            String after = colours.get("ramp-" + i);
            assertThat(direction * (luminance(after) - luminance(before))).isPositive();
            assertThat(contrast(before, after)).as("step " + i).isGreaterThan(1.3);
        }
    }

    private static Map<String, String> colours(String theme) throws IOException {
        String sheet;
        try (InputStream in = PageFiles.class.getResourceAsStream("console.css")) {
            sheet = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int from = sheet.indexOf(theme + " {");
        String block = sheet.substring(from, sheet.indexOf('}', from));
        Matcher matcher = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});").matcher(block);
        Map<String, String> colours = new HashMap<>();
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    /** Relative luminance of sRGB. */
    private static double luminance(String hex) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
