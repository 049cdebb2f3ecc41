package io.oxbow.examples;

import io.oxbow.encode.image.ImageModel;
import io.oxbow.encode.image.ImageModelEncoder;
import io.oxbow.encode.image.ImageModelSettings;
import io.oxbow.encode.image.ImageModels;
import io.oxbow.encode.video.LumaFrame;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.inference.SsmInference;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * An image model of one's own (CLIP, DINOv2, MobileNet, as an ONNX file) in a pipeline of one's
 * own: pictures become its vectors, and Oxbow says which of them a camera has not shown before.
 * Where Oxbow's own job or ingest does the work, one option is enough: {@code oxbow.encoder.model}.
 */
public final class OwnImageModel {
    /** ImageNet's means and deviations; 224 pixels where the file leaves the size open. */
    private static final ImageModelSettings SETTINGS =
            new ImageModelSettings(
                    List.of(0.485, 0.456, 0.406),
                    List.of(0.229, 0.224, 0.225),
                    224,
                    "",
                    1,
                    1,
                    false);

    /** A grey picture, row by row. */
    public static final class Picture {
        public String camera = "";
        public long millis;
        public int width;
        public int height;
        public byte[] luma = {};
    }

    /** What the model made of a picture. */
    public static final class Vector {
        public String camera = "";
        public long millis;
        public float[] values = {};
    }

    private OwnImageModel() {}

    /** The model, loaded once a task. */
    private static final class Embedding extends RichMapFunction<Picture, Vector> {
        private static final long serialVersionUID = 1L;

        private final String file;
        private final String sha256;
        private transient ImageModel model;
        private transient ImageModelEncoder encoder;

        Embedding(String file, String sha256) {
            this.file = file;
            this.sha256 = sha256;
        }

        @Override
        public void open(OpenContext context) {
            model = ImageModels.load(Path.of(file), SETTINGS);
            encoder = new ImageModelEncoder(model, sha256, SETTINGS);
        }

        @Override
        public Vector map(Picture picture) {
            Vector vector = new Vector();
            vector.camera = picture.camera;
            vector.millis = picture.millis;
            vector.values = new float[encoder.dim()];
            encoder.encode(
                    LumaFrame.gray(picture.width, picture.height, picture.luma),
                    picture.millis,
                    vector.values,
                    0);
            return vector;
        }

        @Override
        public void close() {
            if (model != null) {
                model.close();
            }
        }
    }

    /**
     * How unusual each picture is among those of its camera.
     *
     * @param sha256 of the model's file
     * @param dim values of its vectors
     */
    static DataStream<Inference> novelty(
            DataStream<Picture> pictures, String file, String sha256, int dim) throws Exception {
        return SsmInference.from(pictures.map(new Embedding(file, sha256)))
                .streamId(vector -> vector.camera)
                .eventTime(vector -> vector.millis)
                .values(vector -> vector.values)
                .option(OxbowOptions.MODEL_INPUT_DIM, dim)
                .build()
                .inferences();
    }
}
