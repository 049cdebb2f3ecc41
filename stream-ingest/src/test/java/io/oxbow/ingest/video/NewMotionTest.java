package io.oxbow.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.encode.video.LumaFrame;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.ingest.SharedData;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The built-in model over a real camera: a street, and once something where nothing ever moved. */
class NewMotionTest {
    private static final int ROUNDS = 3;
    private static final int FIRST_FRAME = 400;
    private static final int FRAMES = 10;
    private static final float ALERT = 0.5f;

    /** Brightness and motion of the two tiles at the top left, where it passes. */
    private static final List<Integer> ITS_TILES = List.of(0, 1, 24, 25);

    private final SsmModel model = MemoryModel.build(MemoryConfig.forChannels(64));
    private final LumaMotionEncoder encoder = new LumaMotionEncoder();
    private final TokenBatch batch = new TokenBatch(LumaMotionEncoder.DIM, 1, 1);
    private final OutputBatch outputs = new OutputBatch(model.plan().outputs(), 1);
    private final List<Integer> newMotion = new ArrayList<>();
    private int usual;
    private int pictures;

    @Test
    void aNewKindOfMotionIsAnAlertThatSaysWhere() throws IOException {
        Path street = SharedData.require("video/vtest.avi");
        int[] slot = {0};
        batch.offsets()[1] = 1;
        batch.dt()[0] = 1;
        batch.size(1, 1);
        try (StepKernel kernel = new ScalarBackend().prepare(model.plan(), 1, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(slot, 1);
            for (int round = 1; round <= ROUNDS; round++) {
                watch(street, round == ROUNDS, kernel, table);
            }
        }

        assertThat(newMotion).containsAnyElementsOf(ITS_TILES);
        assertThat(usual).isLessThanOrEqualTo(10);
    }

    private void watch(Path street, boolean last, StepKernel kernel, StateTable table)
            throws IOException {
        try (VideoDecoder decoder = VideoDecoder.open(street.toString(), VideoOptions.standard())) {
            while (decoder.next()) {
                int since = (int) decoder.frameIndex() - FIRST_FRAME;
                boolean passes = last && since >= 0 && since < FRAMES;
                if (passes) {
                    paint(decoder.frame(), since);
                }
                long time = 100L * pictures++;
                encoder.encode(decoder.frame(), time, batch.tokens(), 0);
                batch.eventTimes()[0] = time;
                kernel.run(batch, table, outputs);
                boolean alert = field(OutputLayout.SCORE)[0] > ALERT;
                if (alert && passes) {
                    newMotion.add(largest(field(OutputLayout.ATTRIBUTION)));
                } else if (alert && last) {
                    usual++;
                }
            }
        }
    }

    /** A white box that moves to the right, high up on the left. */
    private static void paint(LumaFrame frame, int step) {
        int left = frame.width() / 12 + step * frame.width() / 60;
        int top = frame.height() / 16;
        for (int row = top; row < top + frame.height() / 10; row++) {
            int from = row * frame.lumaStride() + left;
            Arrays.fill(frame.luma(), from, from + frame.width() / 16, (byte) 235);
        }
    }

    private float[] field(String name) {
        OutputLayout.Field field =
                model.plan().outputs().fields().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return Arrays.copyOfRange(outputs.values(), field.offset(), field.offset() + field.width());
    }

    private static int largest(float[] attribution) {
        int largest = 0;
        for (int c = 1; c < attribution.length; c++) {
            if (Math.abs(attribution[c]) > Math.abs(attribution[largest])) {
                largest = c;
            }
        }
        return largest;
    }
}
