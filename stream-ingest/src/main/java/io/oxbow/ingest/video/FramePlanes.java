package io.oxbow.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.ingest.SourceException;
import java.io.Closeable;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Carries decoded pictures from native memory into Java arrays: one copy a plane for YUV 4:2:0 and
 * grey, and a conversion first for any other format. The arrays are made anew only when the size of
 * the picture changes.
 */
final class FramePlanes implements Closeable {
    private static final byte[] NO_CHROMA = {};

    private LumaFrame frame;
    private AVFrame converted;
    private SwsContext converter;

    /** The picture, valid until the next call. */
    LumaFrame copy(AVFrame source) throws SourceException {
        AVFrame picture = isPlanar(source) ? source : convert(source);
        boolean gray = picture.format() == AV_PIX_FMT_GRAY8;
        int lumaStride = picture.linesize(0);
        int chromaStride = gray ? 0 : picture.linesize(1);
        boolean fullRange =
                picture.format() == AV_PIX_FMT_YUVJ420P
                        || picture.color_range() == AVCOL_RANGE_JPEG;
        boolean fits =
                frame != null
                        && frame.fullRange() == fullRange
                        && frame.width() == picture.width()
                        && frame.height() == picture.height()
                        && frame.lumaStride() == lumaStride
                        && frame.chromaStride() == chromaStride;
        if (!fits) {
            frame =
                    allocate(
                            picture.width(), picture.height(), lumaStride, chromaStride, fullRange);
        }
        copyPlane(picture.data(0), frame.luma());
        if (!gray) {
            copyPlane(picture.data(1), frame.chromaBlue());
            copyPlane(picture.data(2), frame.chromaRed());
        }
        return frame;
    }

    @Override
    public void close() {
        if (converted != null) {
            av_frame_free(converted);
            converted = null;
        }
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
    }

    private static boolean isPlanar(AVFrame picture) {
        int format = picture.format();
        boolean planar = format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P;
        boolean upright =
                picture.linesize(0) > 0
                        && (format == AV_PIX_FMT_GRAY8
                                || (picture.linesize(1) > 0
                                        && picture.linesize(1) == picture.linesize(2)));
        return (planar || format == AV_PIX_FMT_GRAY8) && upright;
    }

    /** The last row ends with its last sample: what lies behind may not be ours. */
    private static LumaFrame allocate(
            int width, int height, int lumaStride, int chromaStride, boolean fullRange) {
        int chromaWidth = (width + 1) / 2;
        int chromaBytes =
                chromaStride == 0 ? 0 : chromaStride * ((height + 1) / 2 - 1) + chromaWidth;
        return new LumaFrame(
                width,
                height,
                new byte[lumaStride * (height - 1) + width],
                lumaStride,
                chromaBytes == 0 ? NO_CHROMA : new byte[chromaBytes],
                chromaBytes == 0 ? NO_CHROMA : new byte[chromaBytes],
                chromaStride,
                fullRange);
    }

    private static void copyPlane(BytePointer from, byte[] to) {
        from.limit(to.length).position(0).get(to);
    }

    private AVFrame convert(AVFrame source) throws SourceException {
        int width = source.width();
        int height = source.height();
        converter =
                sws_getCachedContext(
                        converter,
                        width,
                        height,
                        source.format(),
                        width,
                        height,
                        AV_PIX_FMT_YUV420P,
                        SWS_BILINEAR,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
        if (converter == null || converter.isNull()) {
            converter = null;
            throw new SourceException("The video's pixel format cannot be converted to YUV 4:2:0.");
        }
        if (converted == null || converted.width() != width || converted.height() != height) {
            if (converted != null) {
                av_frame_free(converted);
            }
            converted = av_frame_alloc();
            converted.format(AV_PIX_FMT_YUV420P);
            converted.width(width);
            converted.height(height);
            if (av_frame_get_buffer(converted, 0) < 0) {
                throw new SourceException(
                        "There is no memory for pictures of %d x %d.".formatted(width, height));
            }
        }
        sws_scale(
                converter,
                source.data(),
                source.linesize(),
                0,
                height,
                converted.data(),
                converted.linesize());
        return converted;
    }
}
