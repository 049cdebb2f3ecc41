package io.oxbow.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_INFO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.SourceFiles;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** An opened container, its video stream and the codec for it; owns their native memory. */
final class VideoInput implements Closeable {
    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");
    private static final double ASSUMED_FRAMES_PER_SECOND = 25;

    private final String source;
    private final boolean network;
    private final Interrupt interrupt;
    private AVFormatContext format;
    private AVCodecContext codec;
    private AVStream stream;

    private VideoInput(String source, boolean network, long timeoutNanos) {
        this.source = source;
        this.network = network;
        this.interrupt = new Interrupt(network ? timeoutNanos : Long.MAX_VALUE / 2);
    }

    static boolean isAddress(String source) {
        return ADDRESS.matcher(source).matches() && !source.startsWith("file:");
    }

    static VideoInput open(String source, VideoOptions options) throws SourceException {
        boolean network = isAddress(source);
        if (!network) {
            SourceFiles.require(source);
        }
        av_log_set_level(options.verbose() ? AV_LOG_INFO : AV_LOG_QUIET);
        VideoInput input = new VideoInput(source, network, options.timeout().toNanos());
        try {
            input.openFormat(options);
            input.openCodec();
            return input;
        } catch (SourceException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    AVFormatContext format() {
        return format;
    }

    AVCodecContext codec() {
        return codec;
    }

    int streamIndex() {
        return stream.index();
    }

    /** Length the file states; 0 if it does not. */
    long durationMillis() {
        return format.duration() > 0 ? format.duration() / 1000 : 0;
    }

    double microsPerTick() {
        return av_q2d(stream.time_base()) * 1e6;
    }

    double framesPerSecond() {
        double average = rate(stream.avg_frame_rate());
        double rate = average > 0 ? average : rate(stream.r_frame_rate());
        return rate > 0 && rate < 1000 ? rate : ASSUMED_FRAMES_PER_SECOND;
    }

    /** Gives the next blocking call its time. */
    void allowReading() {
        interrupt.restart();
    }

    void interrupt() {
        interrupt.asked = true;
    }

    /** A file may end early; a camera that ends was lost. */
    void requireOrderlyEnd(int result) throws SourceException {
        if (network && result != AVERROR_EOF && !interrupt.asked) {
            throw new SourceException("Lost " + source + ": " + reason(result) + ".");
        }
    }

    @Override
    public void close() {
        if (codec != null) {
            avcodec_free_context(codec);
            codec = null;
        }
        if (format != null) {
            avformat_close_input(format);
            format = null;
        }
        interrupt.close();
    }

    private void openFormat(VideoOptions options) throws SourceException {
        AVDictionary settings = new AVDictionary(null);
        if (network) {
            avformat_network_init();
            av_dict_set(settings, "rtsp_transport", "tcp", 0);
            av_dict_set(settings, "timeout", Long.toString(options.timeout().toMillis() * 1000), 0);
        }
        format = avformat_alloc_context();
        format.interrupt_callback().callback(interrupt);
        interrupt.restart();
        AVFormatContext opening = format;
        // A failed open frees the context.
        format = null;
        int result = avformat_open_input(opening, source, (AVInputFormat) null, settings);
        av_dict_free(settings);
        if (result < 0) {
            throw new SourceException(
                    network
                            ? "Cannot open " + source + ": " + reason(result) + "."
                            : source
                                    + " is not a video that FFmpeg can read: "
                                    + reason(result)
                                    + ".");
        }
        format = opening;
        interrupt.restart();
        result = avformat_find_stream_info(format, (PointerPointer<?>) null);
        if (result < 0) {
            throw new SourceException(source + " cannot be read: " + reason(result) + ".");
        }
    }

    private void openCodec() throws SourceException {
        int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0 || (format.streams(index).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw new SourceException(source + " has no video stream.");
        }
        stream = format.streams(index);
        AVCodec decoder = avcodec_find_decoder(stream.codecpar().codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new SourceException(
                    "%s is coded as %s, which this build of FFmpeg cannot decode."
                            .formatted(source, codecName()));
        }
        codec = avcodec_alloc_context3(decoder);
        int result = avcodec_parameters_to_context(codec, stream.codecpar());
        if (result >= 0) {
            codec.pkt_timebase(stream.time_base());
            // Cameras come in numbers and must not lag; a file is to be read fast.
            codec.thread_count(network ? 1 : 0);
            result = avcodec_open2(codec, decoder, (PointerPointer<?>) null);
        }
        if (result < 0) {
            throw new SourceException(
                    "%s is coded as %s, which cannot be decoded: %s."
                            .formatted(source, codecName(), reason(result)));
        }
    }

    private String codecName() {
        return avcodec_get_name(stream.codecpar().codec_id()).getString();
    }

    private static double rate(AVRational rational) {
        return rational.den() == 0 ? 0 : av_q2d(rational);
    }

    private static String reason(int result) {
        byte[] text = new byte[256];
        av_strerror(result, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** Ends a blocking call of FFmpeg that takes too long or is no longer wanted. */
    private static final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
        private final long timeoutNanos;
        private volatile boolean asked;
        private volatile long startedNanos;

        Interrupt(long timeoutNanos) {
            this.timeoutNanos = timeoutNanos;
            restart();
        }

        void restart() {
            startedNanos = System.nanoTime();
        }

        @Override
        public int call(Pointer opaque) {
            return asked || System.nanoTime() - startedNanos > timeoutNanos ? 1 : 0;
        }
    }
}
