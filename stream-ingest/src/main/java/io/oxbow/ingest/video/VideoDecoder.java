package io.oxbow.ingest.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.ingest.SourceException;
import java.io.Closeable;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes a video file or a camera's address to YUV 4:2:0 pictures, one at a time, thinned to the
 * wanted rate. Damaged frames are left out and counted. One thread, except {@link #interrupt}.
 *
 * <p>Native memory is held until {@link #close}; the planes of {@link #frame} are Java arrays,
 * filled again by the next call of {@link #next}.
 */
public final class VideoDecoder implements Closeable {
    /** As many unreadable packets in a row mean that the rest of the file is damaged too. */
    private static final int MAX_BAD_PACKETS = 256;

    private final String source;
    private final VideoInput input;
    private final FrameSampler sampler;
    private final boolean takesAll;
    private final FramePlanes planes = new FramePlanes();
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame picture = av_frame_alloc();
    private LumaFrame frame;
    private long firstMicros = AV_NOPTS_VALUE;
    private long timeMicros = -1;
    private long decoded;
    private long broken;
    private int badPackets;
    private boolean draining;
    private boolean closed;
    private volatile boolean unwanted;

    private VideoDecoder(String source, VideoInput input, VideoOptions options) {
        this.source = source;
        this.input = input;
        this.sampler = new FrameSampler(options.maxFramesPerSecond(), input.framesPerSecond());
        this.takesAll = input.framesPerSecond() <= options.maxFramesPerSecond() * 1.01;
    }

    /**
     * Opens a file or an address such as {@code rtsp://host/path}.
     *
     * @throws SourceException if there is no such file, it holds no video, or its codec is unknown
     */
    public static VideoDecoder open(String source, VideoOptions options) throws SourceException {
        return new VideoDecoder(source, VideoInput.open(source, options), options);
    }

    /** Whether a source is read over the network. */
    public static boolean isAddress(String source) {
        return VideoInput.isAddress(source);
    }

    /**
     * Goes to the next picture; false at the end.
     *
     * @throws SourceException if a network source is lost, or a file holds no picture at all
     */
    public boolean next() throws SourceException {
        while (receive()) {
            decoded++;
            boolean damaged =
                    picture.decode_error_flags() != 0
                            || (picture.flags() & AV_FRAME_FLAG_CORRUPT) != 0;
            if (damaged) {
                broken++;
                continue;
            }
            stamp();
            if (takesAll || sampler.takes(timeMicros)) {
                frame = planes.copy(picture);
                return true;
            }
        }
        if (decoded == 0 && !unwanted && !isAddress(source)) {
            throw new SourceException(source + " holds no picture.");
        }
        return false;
    }

    /** The current picture, valid until the next call of {@link #next}. */
    public LumaFrame frame() {
        return frame;
    }

    /** When the picture is shown, microseconds from the first; always rises. */
    public long timeMicros() {
        return timeMicros;
    }

    /** Place of the picture among all decoded ones, also those not taken, from 0. */
    public long frameIndex() {
        return decoded - 1;
    }

    /** Pictures decoded so far, the damaged and those not taken included. */
    public long decodedFrames() {
        return decoded;
    }

    /** Pictures and packets left out because they were damaged. */
    public long brokenFrames() {
        return broken;
    }

    /** Rate the source states, or an estimate. */
    public double framesPerSecond() {
        return input.framesPerSecond();
    }

    /** Length the file states, milliseconds; 0 if it does not. */
    public long durationMillis() {
        return input.durationMillis();
    }

    /** Makes a blocked read end soon, from any thread; {@link #next} then ends or fails. */
    public void interrupt() {
        unwanted = true;
        input.interrupt();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            av_packet_free(packet);
            av_frame_free(picture);
            planes.close();
            input.close();
        }
    }

    private boolean receive() throws SourceException {
        while (true) {
            av_frame_unref(picture);
            int result = avcodec_receive_frame(input.codec(), picture);
            if (result >= 0) {
                return true;
            }
            if (result == AVERROR_EOF) {
                return false;
            }
            if (result != AVERROR_EAGAIN()) {
                broken++;
                if (draining) {
                    return false;
                }
            }
            send();
        }
    }

    private void send() throws SourceException {
        int read = readPacket();
        if (read < 0) {
            draining = true;
            avcodec_send_packet(input.codec(), null);
            return;
        }
        if (avcodec_send_packet(input.codec(), packet) < 0) {
            broken++;
        }
        av_packet_unref(packet);
    }

    /** The next packet of the video; negative at the end. */
    private int readPacket() throws SourceException {
        while (true) {
            input.allowReading();
            int read = av_read_frame(input.format(), packet);
            if (read >= 0) {
                badPackets = 0;
                if (packet.stream_index() == input.streamIndex()) {
                    return read;
                }
                av_packet_unref(packet);
            } else if (read == AVERROR_INVALIDDATA && ++badPackets < MAX_BAD_PACKETS) {
                broken++;
            } else if (read != AVERROR_EAGAIN()) {
                input.requireOrderlyEnd(read);
                return read;
            }
        }
    }

    private void stamp() {
        long pts = picture.best_effort_timestamp();
        long period = Math.max(1, Math.round(1e6 / input.framesPerSecond()));
        if (pts == AV_NOPTS_VALUE) {
            timeMicros = timeMicros < 0 ? 0 : timeMicros + period;
            return;
        }
        long micros = Math.round(pts * input.microsPerTick());
        if (firstMicros == AV_NOPTS_VALUE) {
            firstMicros = micros - Math.max(0, timeMicros + 1);
        }
        long time = micros - firstMicros;
        timeMicros = time > timeMicros ? time : timeMicros + period;
    }
}
