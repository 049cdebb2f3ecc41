package io.oxbow.ingest.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** RIFF files as programs write them, sound and damaged; a tone of 500 Hz, half the full scale. */
final class WavBytes {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int EXTENSIBLE = 0xfffe;

    private final int format;
    private final int rate;
    private final int channels;
    private final int bits;
    private byte[] before = {};
    private long statedBytes = -1;

    WavBytes(int format, int rate, int channels, int bits) {
        this.format = format;
        this.rate = rate;
        this.channels = channels;
        this.bits = bits;
    }

    /** Puts a chunk of so many bytes before the samples, padded to an even length. */
    WavBytes withChunk(int length) {
        before = new byte[8 + length + length % 2];
        header(ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN), "LIST", length);
        return this;
    }

    /** Makes the file say that it has so many bytes of samples. */
    WavBytes stating(long bytes) {
        statedBytes = bytes;
        return this;
    }

    byte[] tone(int samples) {
        byte[] data = samples(samples);
        boolean extensible = format == EXTENSIBLE;
        int fmt = extensible ? 40 : 16;
        long stated = statedBytes >= 0 ? statedBytes : data.length;
        ByteBuffer head = ByteBuffer.allocate(20 + fmt).order(ByteOrder.LITTLE_ENDIAN);
        header(head, "RIFF", Math.min(0xffffffffL, 28 + fmt + before.length + stated));
        head.put("WAVE".getBytes(StandardCharsets.US_ASCII));
        header(head, "fmt ", fmt);
        int frame = channels * bits / 8;
        head.putShort((short) format).putShort((short) channels).putInt(rate);
        head.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
        if (extensible) {
            head.putShort((short) 22).putShort((short) bits).putInt((1 << channels) - 1);
            // The sub-format of PCM: its code in front of a fixed tail.
            head.putInt(PCM).putInt(0x00100000).putInt(0xaa000080).putInt(0x719b3800);
        }
        ByteBuffer dataHead = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        header(dataHead, "data", stated);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head.array());
        file.writeBytes(before);
        file.writeBytes(dataHead.array());
        file.writeBytes(data);
        return file.toByteArray();
    }

    private static void header(ByteBuffer out, String id, long length) {
        out.put(id.getBytes(StandardCharsets.US_ASCII)).putInt((int) length);
    }

    private byte[] samples(int count) {
        ByteBuffer out =
                ByteBuffer.allocate(count * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double value = 0.5 * Math.sin(2 * Math.PI * 500 * i / rate);
            for (int channel = 0; channel < channels; channel++) {
                put(out, value);
            }
        }
        return out.array();
    }

    private void put(ByteBuffer out, double value) {
        if (format == FLOAT && bits == 32) {
            out.putFloat((float) value);
            return;
        }
        if (format == FLOAT && bits == 64) {
            out.putDouble(value);
            return;
        }
        long whole = Math.round(value * ((1L << bits - 1) - 1)) + (bits == 8 ? 128 : 0);
        for (int shift = 0; shift < bits; shift += 8) {
            out.put((byte) (whole >> shift));
        }
    }
}
