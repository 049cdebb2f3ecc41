package io.oxbow.bench.digits;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.ingest.audio.WavReader;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads recordings of spoken digits, {@code digit_speaker_index.wav} in one folder, as the Free
 * Spoken Digit Dataset has them, and encodes each frame by frame.
 */
final class SpokenDigits {
    /** From one frame to the next. */
    static final float FRAME_SECONDS = 0.01f;

    static final int CLASSES = 10;

    private static final float WINDOW_SECONDS = 0.025f;

    /** Where the encoder's bands lie, see {@link LogMelEncoder}. */
    private static final double LOWEST_HERTZ = 40;

    private static final double HIGHEST_HERTZ = 8000;

    private static final Pattern FILE_NAME = Pattern.compile("([0-9])_(.+)_[0-9]+\\.wav");

    private SpokenDigits() {}

    /**
     * All utterances of a folder, by file name.
     *
     * @throws UserMistake if the folder holds too little to learn from
     */
    static List<Utterance> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserMistake("there is no folder '" + folder + "'");
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        List<Utterance> utterances = new ArrayList<>();
        int sampleRate = 0;
        for (Path file : files) {
            Matcher name = FILE_NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            try (WavReader wav = WavReader.open(file.toString())) {
                if (sampleRate != 0 && wav.sampleRate() != sampleRate) {
                    throw new UserMistake(
                            file
                                    + " has "
                                    + wav.sampleRate()
                                    + " samples a second and others have "
                                    + sampleRate
                                    + ": bring them to one rate, the encoder's features depend on it");
                }
                sampleRate = wav.sampleRate();
                float[] samples = samples(wav);
                float[][] frames = frames(samples, sampleRate);
                if (frames.length == 0) {
                    throw new UserMistake(file + " is shorter than one window of 25 ms");
                }
                utterances.add(
                        new Utterance(
                                Integer.parseInt(name.group(1)),
                                name.group(2),
                                frames,
                                frames(HalfSampleRate.heard(samples), sampleRate),
                                lowBands(sampleRate)));
            }
        }
        if (utterances.stream().map(Utterance::speaker).distinct().count() < 3) {
            throw new UserMistake(
                    "'"
                            + folder
                            + "' holds recordings named digit_speaker_index.wav of fewer than three"
                            + " speakers; one to evaluate on and two to fit with are needed");
        }
        return utterances;
    }

    private static float[] samples(WavReader wav) throws IOException {
        float[] all = new float[0];
        float[] part = new float[wav.sampleRate()];
        for (int count = wav.read(part, part.length);
                count > 0;
                count = wav.read(part, part.length)) {
            int before = all.length;
            all = Arrays.copyOf(all, before + count);
            System.arraycopy(part, 0, all, before, count);
        }
        return all;
    }

    /**
     * One frame for each window of the encoder, less what the encoder says of silence: a model's
     * state starts at zero, which so means that nothing was heard before.
     */
    private static float[][] frames(float[] samples, int sampleRate) {
        LogMelEncoder encoder = new LogMelEncoder(sampleRate);
        int window = Math.round(sampleRate * WINDOW_SECONDS);
        int hop = Math.round(sampleRate * FRAME_SECONDS);
        float[] silence = new float[LogMelEncoder.DIM];
        encoder.encode(new float[0], 0, 0, silence, 0);
        List<float[]> frames = new ArrayList<>();
        int from = 0;
        for (int to = window; to <= samples.length; to += hop) {
            float[] frame = new float[LogMelEncoder.DIM];
            encoder.encode(samples, from, to - from, frame, 0);
            for (int f = 0; f < frame.length; f++) {
                frame[f] -= silence[f];
            }
            frames.add(frame);
            from = to;
        }
        return frames.toArray(float[][]::new);
    }

    /** Bands of the encoder that end where a recorder at half the rate still hears everything. */
    private static int lowBands(int sampleRate) {
        double highest = mel(Math.min(HIGHEST_HERTZ, sampleRate / 2.0));
        double step = (highest - mel(LOWEST_HERTZ)) / (LogMelEncoder.BANDS + 1);
        double heard = mel(HalfSampleRate.HEARD_SHARE * sampleRate / 4.0);
        // Band b reaches from edge b to edge b + 2.
        return (int) Math.floor((heard - mel(LOWEST_HERTZ)) / step) - 1;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }
}
