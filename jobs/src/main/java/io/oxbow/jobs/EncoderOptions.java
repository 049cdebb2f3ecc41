package io.oxbow.jobs;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * What encodes pictures, wherever that happens: in {@code ingest video}, {@code encode video}, the
 * demo, or the job.
 */
public final class EncoderOptions {
    public static final ConfigOption<String> MODEL =
            ConfigOptions.key("oxbow.encoder.model")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "An image model (.onnx) whose vectors take the place of LumaMotion-64,"
                                    + " on any file system Flink knows. Needs ONNX Runtime: set"
                                    + " OXBOW_ONNX=1 for ./oxbow, or build with the Maven profile"
                                    + " onnx. A job that reads vectors made elsewhere needs it only"
                                    + " to know their length and which value is the motion. See"
                                    + " docs/encoders.md.");

    public static final ConfigOption<String> SHA256 =
            ConfigOptions.key("oxbow.encoder.sha256")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "SHA-256 that the model's file must have, 64 hexadecimal digits. Not"
                                    + " set: whatever lies there is taken.");

    public static final ConfigOption<List<Double>> MEAN =
            ConfigOptions.key("oxbow.encoder.mean")
                    .doubleType()
                    .asList()
                    .defaultValues(0.485, 0.456, 0.406)
                    .withDescription(
                            "Taken off a picture's red, green and blue, which run from 0 to 1; one"
                                    + " value for all channels, or one for each. The default is"
                                    + " ImageNet's, right for MobileNet, ResNet and DINOv2; CLIP"
                                    + " takes 0.4815;0.4578;0.4082. A wrong one costs accuracy and"
                                    + " is never noticed otherwise.");

    public static final ConfigOption<List<Double>> STD =
            ConfigOptions.key("oxbow.encoder.std")
                    .doubleType()
                    .asList()
                    .defaultValues(0.229, 0.224, 0.225)
                    .withDescription(
                            "What the rest is divided by, likewise. CLIP takes"
                                    + " 0.2686;0.2613;0.2758; a model that takes levels from 0 to"
                                    + " 255 takes mean 0 and std 0.003921569.");

    public static final ConfigOption<Integer> SIZE =
            ConfigOptions.key("oxbow.encoder.size")
                    .intType()
                    .defaultValue(224)
                    .withDescription(
                            "Width and height of the input in pixels, where the model's file leaves"
                                    + " them open. Most models were trained at the default; cost"
                                    + " grows with its square.");

    public static final ConfigOption<String> OUTPUT =
            ConfigOptions.key("oxbow.encoder.output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the model's output that is the vector; not set: its first. Of"
                                    + " (pictures, tokens, values) the first token is taken, of"
                                    + " (pictures, values, rows, columns) the mean over rows and"
                                    + " columns.");

    public static final ConfigOption<Integer> BATCH =
            ConfigOptions.key("oxbow.encoder.batch")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "Pictures that a file's ingest encodes in one run at most, where the"
                                    + " model's file leaves the number open: more use the processor"
                                    + " better and need more memory. Pictures that come live, and"
                                    + " those in the job, are encoded one at a time: the last bits"
                                    + " of a vector may depend on its batch, and a replay must give"
                                    + " the same ones.");

    public static final ConfigOption<Integer> THREADS =
            ConfigOptions.key("oxbow.encoder.threads")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Threads of one run. The default suits a job, where each task has a core"
                                    + " of its own; an ingest alone on its machine may take all.");

    public static final ConfigOption<Boolean> APPEND_MOTION =
            ConfigOptions.key("oxbow.encoder.append-motion")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a vector ends with one value more, how much moves as"
                                    + " LumaMotion-64 measures it, which becomes the summaries'"
                                    + " activity. Off, for a model trained on the vector alone,"
                                    + " activity is the mean of the vector's values, which says"
                                    + " little.");

    private static final List<ConfigOption<?>> ALL =
            List.of(MODEL, SHA256, MEAN, STD, SIZE, OUTPUT, BATCH, THREADS, APPEND_MOTION);

    private EncoderOptions() {}

    /** Every option, for the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
