package io.oxbow.bench.digits;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Recognition of spoken digits by a linear readout of a frozen model's state, beside a readout of
 * features that know no order. Fitted at the full frame rate, evaluated on unheard speakers at the
 * full and at half the rate.
 */
public final class DigitsBenchmark implements Benchmark {

    @Command(name = "digits")
    private static final class Choice {
        @Option(names = "--data", required = true, paramLabel = "DIR")
        private Path data;
    }

    /**
     * One line of results.
     *
     * @param rate of frames: full, half, or half-untimed
     * @param accuracy share of the utterances, 0..1
     */
    record Recognition(
            String features, String rate, double accuracy, int speakers, int utterances) {
        String text() {
            return "%-10s %-12s %5.1f %% of %d utterances, %d speakers"
                    .formatted(features, rate, 100 * accuracy, utterances, speakers);
        }
    }

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public String description() {
        return "Spoken digits from frozen states: --data DIR with digit_speaker_index.wav files.";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws IOException {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        for (Recognition line : measure(SpokenDigits.read(choice.data))) {
            output.result(line, line.text());
        }
    }

    /** The baseline first, then each model; three rates of each. */
    static List<Recognition> measure(List<Utterance> utterances) {
        SpeakerEvaluation evaluation = new SpeakerEvaluation(utterances);
        int longest = utterances.stream().mapToInt(u -> u.frames().length).max().orElseThrow();
        List<Recognition> lines = new ArrayList<>(measure(evaluation, new MomentFeatures()));
        for (StateFeatures states : FrozenModels.all(LogMelEncoder.DIM, longest)) {
            try (states) {
                lines.addAll(measure(evaluation, states));
            }
        }
        return lines;
    }

    private static List<Recognition> measure(
            SpeakerEvaluation evaluation, UtteranceFeatures features) {
        List<Recognition> lines = new ArrayList<>();
        evaluation
                .accuracy(features)
                .forEach(
                        (rate, accuracy) ->
                                lines.add(
                                        new Recognition(
                                                features.name(),
                                                rate.text(),
                                                accuracy,
                                                evaluation.speakers(),
                                                evaluation.utterances())));
        return lines;
    }
}
