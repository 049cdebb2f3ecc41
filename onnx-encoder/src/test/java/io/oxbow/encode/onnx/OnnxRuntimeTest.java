package io.oxbow.encode.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.image.ImageModel;
import io.oxbow.encode.image.ImageModelException;
import io.oxbow.encode.image.ImageModelSettings;
import io.oxbow.encode.image.ImageModels;
import io.oxbow.encode.image.ImageShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeTest {
    private static final int DIM = 5;
    private static final int HEIGHT = 13;
    private static final int WIDTH = 17;
    private static final float TOLERANCE = 1e-4f;

    @TempDir private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("Own.ONNX"), bytes);
    }

    private ImageModel load(TinyOnnx model, String output) throws IOException {
        return ImageModels.load(file(model.bytes()), settings(output));
    }

    private static ImageModelSettings settings(String output) {
        return new ImageModelSettings(List.of(0.0), List.of(1.0), 11, output, 6, 1, false);
    }

    private static float[] run(ImageModel model, float[] pictures, int count) {
        float[] vectors = new float[count * model.dim()];
        model.run(pictures, count, vectors);
        return vectors;
    }

    /** The embedding of one picture of (3, height, width), in 64 bits and by no library. */
    private static double[] reference(float[] picture, int height, int width) {
        float[] kernels = TinyOnnx.random(1, 4 * 27);
        float[] map = TinyOnnx.random(2, 4 * DIM);
        float[] bias = TinyOnnx.random(3, DIM);
        int rows = (height - 3) / 2 + 1;
        int columns = (width - 3) / 2 + 1;
        double[] vector = new double[DIM];
        for (int d = 0; d < DIM; d++) {
            vector[d] = bias[d];
        }
        for (int k = 0; k < 4; k++) {
            double mean = 0;
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    double sum = 0;
                    for (int i = 0; i < 27; i++) {
                        int row = 2 * y + i / 3 % 3;
                        int column = 2 * x + i % 3;
                        sum +=
                                kernels[k * 27 + i]
                                        * picture[(i / 9 * height + row) * width + column];
                    }
                    mean += Math.max(0, sum) / (rows * columns);
                }
            }
            for (int d = 0; d < DIM; d++) {
                vector[d] += mean * map[k * DIM + d];
            }
        }
        return vector;
    }

    private static void assertVector(float[] vectors, int index, double[] expected) {
        for (int d = 0; d < expected.length; d++) {
            assertThat((double) vectors[index * expected.length + d])
                    .isCloseTo(expected[d], within((double) TOLERANCE));
        }
    }

    private static float[] slice(float[] pictures, int index, int floats) {
        return Arrays.copyOfRange(pictures, index * floats, (index + 1) * floats);
    }

    @Test
    void aModelGivesWhatItsFormulaGivesInAnyBatch() throws IOException {
        TinyOnnx model = TinyOnnx.embedding(DIM, true, -1, 3, HEIGHT, WIDTH);
        float[] pictures = TinyOnnx.random(9, 6 * 3 * HEIGHT * WIDTH);
        try (ImageModel loaded = load(model, "")) {
            assertThat(loaded.shape()).isEqualTo(new ImageShape(3, HEIGHT, WIDTH, true));
            assertThat(loaded.dim()).isEqualTo(DIM);
            assertThat(loaded.maxPictures()).isEqualTo(6);
            int floats = loaded.shape().floats();
            for (int count : new int[] {6, 1, 4}) {
                float[] vectors = run(loaded, pictures, count);
                for (int i = 0; i < count; i++) {
                    assertVector(vectors, i, reference(slice(pictures, i, floats), HEIGHT, WIDTH));
                }
            }
            assertThat(run(loaded, pictures, 1)).isEqualTo(run(loaded, pictures, 1));
        }
    }

    @Test
    void aFileThatFixesTheBatchIsFilledUp() throws IOException {
        float[] pictures = TinyOnnx.random(9, 4 * 3 * HEIGHT * WIDTH);
        try (ImageModel loaded =
                load(TinyOnnx.embedding(DIM, true, 4, 3, HEIGHT, WIDTH), "vector")) {
            assertThat(loaded.maxPictures()).isEqualTo(4);
            float[] vectors = run(loaded, pictures, 3);
            for (int i = 0; i < 3; i++) {
                float[] picture = slice(pictures, i, loaded.shape().floats());
                assertVector(vectors, i, reference(picture, HEIGHT, WIDTH));
            }
        }
    }

    @Test
    void picturesWithChannelsLastAreTheSamePictures() throws IOException {
        float[] planes = TinyOnnx.random(9, 3 * HEIGHT * WIDTH);
        float[] pixels = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            pixels[i] = planes[i % 3 * HEIGHT * WIDTH + i / 3];
        }
        try (ImageModel loaded =
                load(TinyOnnx.embedding(DIM, false, 1, HEIGHT, WIDTH, 3), "vector")) {
            assertThat(loaded.shape()).isEqualTo(new ImageShape(3, HEIGHT, WIDTH, false));
            assertVector(run(loaded, pixels, 1), 0, reference(planes, HEIGHT, WIDTH));
        }
    }

    @Test
    void anOpenSizeIsTheOneOfTheSettings() throws IOException {
        float[] picture = TinyOnnx.random(9, 3 * 11 * 11);
        try (ImageModel loaded = load(TinyOnnx.embedding(DIM, true, -1, 3, -1, -1), "")) {
            assertThat(loaded.shape()).isEqualTo(new ImageShape(3, 11, 11, true));
            assertVector(run(loaded, picture, 1), 0, reference(picture, 11, 11));
        }
    }

    @Test
    void ofPlanesTheMeanIsTakenAndOfTokensTheFirst() throws IOException {
        float[] picture = TinyOnnx.random(9, 2 * 3 * 4 * 6);
        TinyOnnx planes =
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, -1, 3, 4, 6)
                        .node("Relu", "x", "y")
                        .output("y");
        try (ImageModel loaded = load(planes, "")) {
            assertThat(loaded.dim()).isEqualTo(3);
            double[] means = new double[6];
            for (int i = 0; i < picture.length; i++) {
                means[i / 24] += Math.max(0, picture[i]) / 24;
            }
            assertVector(run(loaded, picture, 2), 0, means);
        }
        TinyOnnx tokens =
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, -1, 1, 4, 6)
                        .node("Squeeze", "x axis", "y")
                        .integers("axis", 1)
                        .output("y");
        try (ImageModel loaded = load(tokens, "")) {
            assertThat(loaded.dim()).isEqualTo(6);
            float[] vectors = run(loaded, picture, 2);
            assertThat(slice(vectors, 0, 6)).isEqualTo(Arrays.copyOfRange(picture, 0, 6));
            assertThat(slice(vectors, 1, 6)).isEqualTo(Arrays.copyOfRange(picture, 24, 30));
        }
    }

    static List<TinyOnnx> foreign() {
        return List.of(
                new TinyOnnx()
                        .input("x", TinyOnnx.UINT8, 1, 3, 8, 8)
                        .node("Cast", "x", "y")
                        .output("y"),
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, 1, 3, 8)
                        .node("Relu", "x", "y")
                        .output("y"),
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, 1, 8, 8, 8)
                        .node("Relu", "x", "y")
                        .output("y"),
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, 1, 3, 8, 8)
                        .input("tokens", TinyOnnx.FLOAT, 1, 3, 8, 8)
                        .node("Add", "x tokens", "y")
                        .output("y"),
                // Its own sizes do not fit together: (1, 3, 8, 8) times (5, 5).
                new TinyOnnx()
                        .input("x", TinyOnnx.FLOAT, -1, 3, -1, -1)
                        .weights("w", new float[25], 5, 5)
                        .node("MatMul", "x w", "y")
                        .output("y"));
    }

    @Test
    void whatTakesNoPicturesIsRefusedInOneSentence() throws IOException {
        for (TinyOnnx model : foreign()) {
            assertThatThrownBy(() -> load(model, "").close())
                    .isInstanceOf(ImageModelException.class)
                    .hasMessageContaining("Own.ONNX")
                    .hasMessageContaining("export")
                    .message()
                    .doesNotContain("\n");
        }
        assertThatThrownBy(() -> load(TinyOnnx.embedding(3, true, 1, 3, 8, 8), "pooled").close())
                .isInstanceOf(ImageModelException.class)
                .hasMessageContaining("no output 'pooled'")
                .hasMessageContaining("[vector, features]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no model at all", "\b\b:"})
    void damagedFilesAreRefusedInOneSentence(String text) throws IOException {
        Path file = file(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ImageModels.load(file, settings("")).close())
                .isInstanceOf(ImageModelException.class)
                .hasMessageContaining("Own.ONNX")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anotherFormatIsRefusedNamingTheKnownOne() throws IOException {
        Path file = Files.write(folder.resolve("model.pt"), new byte[4]);
        assertThatThrownBy(() -> ImageModels.load(file, settings("")).close())
                .isInstanceOf(ImageModelException.class)
                .hasMessageContaining("model.pt")
                .hasMessageContaining("[.onnx]");
    }

    /** Loads the file that it is given and prints what is wrong. */
    static final class Loading {
        public static void main(String[] arguments) {
            try {
                ImageModels.load(Path.of(arguments[0]), settings("")).close();
            } catch (ImageModelException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @Test
    void aMachineWithoutNativeLibraryIsNamed() throws Exception {
        Path file = file(TinyOnnx.embedding(DIM, true, 1, 3, 8, 8).bytes());
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-Dos.arch=mips",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Loading.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("no native library", "mips").doesNotContain("\n");
    }
}
