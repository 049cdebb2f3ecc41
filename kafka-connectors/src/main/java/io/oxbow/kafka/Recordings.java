package io.oxbow.kafka;

import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
import io.oxbow.kafka.event.Audio;
import io.oxbow.kafka.event.ClaimCheck;
import io.oxbow.kafka.event.Frame;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Pictures and sounds as they came, to be encoded in the job. */
final class Recordings {
    private static final byte[] ELSEWHERE = {};

    private Recordings() {}

    static Recording of(Frame frame, Origin origin) throws EventDecodingException {
        ClaimCheck claim = frame.getClaimCheck();
        boolean inline = frame.getBytes() != null && frame.getBytes().hasRemaining();
        if (!inline && claim == null) {
            throw new EventDecodingException("The frame has neither bytes nor a claim check.");
        }
        return new Recording(
                frame.getStreamId(),
                frame.getEpoch(),
                frame.getSeq(),
                frame.getEventTime(),
                frame.getIngestTime(),
                Recording.Kind.PICTURE,
                frame.getCodec().toLowerCase(Locale.ROOT),
                0,
                0,
                inline ? bytes(frame.getBytes()) : ELSEWHERE,
                inline ? "" : claim.getUri(),
                inline ? "" : claim.getSha256(),
                EventParts.health(frame.getHealth()),
                origin);
    }

    static Recording of(Audio audio, Origin origin) throws EventDecodingException {
        int channels = audio.getChannels();
        String format = audio.getFormat().name().toLowerCase(Locale.ROOT);
        int sampleBytes = format.equals("f32") ? Float.BYTES : Short.BYTES;
        int length = audio.getPcm().remaining();
        if (channels < 1
                || channels > 64
                || length == 0
                || length % (sampleBytes * channels) != 0) {
            throw new EventDecodingException(
                    "The sound has "
                            + length
                            + " bytes, which are no whole samples of "
                            + channels
                            + " channels of "
                            + audio.getFormat()
                            + ".");
        }
        return new Recording(
                audio.getStreamId(),
                audio.getEpoch(),
                audio.getSeq(),
                audio.getEventTime(),
                audio.getIngestTime(),
                Recording.Kind.SOUND,
                format,
                audio.getRate(),
                channels,
                bytes(audio.getPcm()),
                "",
                "",
                EventParts.health(audio.getHealth()),
                origin);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
