package io.oxbow.bench.digits;

import io.oxbow.bench.BenchmarkOptions;
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
 * features that know no order, on unheard speakers. One readout is fitted to whole recordings and
 * evaluated on every and on every second frame; another is fitted to the bands that half the sample
 * rate would leave, and evaluated on those of recordings at the full and at half the sample rate.
 */
public final class DigitsBenchmark implements Benchmark {

    @Command(name = "digits")
    private static final class Choice {
        @Option(names = "--data", required = true, paramLabel = "DIR")
        private Path data;
    }

    private static final List<List<Hearing>> EXPERIMENTS =
            List.of(
                    List.of(Hearing.FULL, Hearing.HALF_FRAMES, Hearing.HALF_FRAMES_UNTIMED),
                    List.of(Hearing.LOW_BANDS, Hearing.HALF_SAMPLES));

    /**
     * One line of results.
     *
     * @param hearing what the readout was evaluated on
     * @param fitted what it was fitted to, of other speakers
     * @param accuracy share of the utterances, 0..1
     * @param chosen the candidate that was chosen for each speaker left out
     */
    record Recognition(
            String features,
            String hearing,
            String fitted,
            double accuracy,
            int speakers,
            int utterances,
            List<String> chosen) {
        String text() {
            return "%-10s %-20s %5.1f %% of %d utterances, %d speakers, fitted to %s"
                    .formatted(features, hearing, 100 * accuracy, utterances, speakers, fitted);
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

    /** The baseline first, then each kind of model. */
    static List<Recognition> measure(List<Utterance> utterances) {
        SpeakerEvaluation evaluation = new SpeakerEvaluation(utterances);
        int longest = utterances.stream().mapToInt(u -> u.frames().length).max().orElseThrow();
        List<Recognition> lines = new ArrayList<>();
        for (List<Hearing> hearings : EXPERIMENTS) {
            int width = hearings.get(0).width(utterances.get(0));
            lines.addAll(lines(evaluation, "baseline", List.of(new MomentFeatures()), hearings));
            for (FrozenModels.Family family : FrozenModels.all(width, longest)) {
                try (family) {
                    lines.addAll(lines(evaluation, family.name(), family.candidates(), hearings));
                }
            }
        }
        return lines;
    }

    private static List<Recognition> lines(
            SpeakerEvaluation evaluation,
            String name,
            List<? extends UtteranceFeatures> candidates,
            List<Hearing> hearings) {
        SpeakerEvaluation.Outcome outcome = evaluation.evaluate(candidates, hearings);
        List<Recognition> lines = new ArrayList<>();
        outcome.accuracy()
                .forEach(
                        (hearing, accuracy) ->
                                lines.add(
                                        new Recognition(
                                                name,
                                                hearing.text(),
                                                hearings.get(0).text(),
                                                accuracy,
                                                evaluation.speakers(),
                                                evaluation.utterances(),
                                                outcome.chosen())));
        return lines;
    }
}
