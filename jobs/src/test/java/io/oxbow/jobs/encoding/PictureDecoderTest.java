package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.video.LumaFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureDecoderTest {

    private static byte[] plain(int rgb, int width, int height, int type, String format)
            throws Exception {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** BT.601, full range, as JFIF has it. */
    @ParameterizedTest
    @CsvSource({
        "ff0000, 76, 85, 255", "00ff00, 150, 44, 21", "0000ff, 29, 255, 107",
        "000000, 0, 128, 128", "ffffff, 255, 128, 128", "808080, 128, 128, 128"
    })
    void coloursBecomeLumaAndChroma(String rgb, int luma, int blue, int red) throws Exception {
        for (String format : new String[] {"png", "jpeg"}) {
            byte[] bytes =
                    plain(Integer.parseInt(rgb, 16), 17, 9, BufferedImage.TYPE_INT_RGB, format);

            LumaFrame frame = new PictureDecoder().decode(bytes);

            assertThat(frame.width()).isEqualTo(17);
            assertThat(frame.height()).isEqualTo(9);
            for (byte sample : frame.luma()) {
                assertThat(sample & 0xff).isCloseTo(luma, within(2));
            }
            for (int i = 0; i < frame.chromaBlue().length; i++) {
                assertThat(frame.chromaBlue()[i] & 0xff).isCloseTo(blue, within(2));
                assertThat(frame.chromaRed()[i] & 0xff).isCloseTo(red, within(2));
            }
        }
    }

    @Test
    void greyPicturesAndOtherSizesFollowEachOther() throws Exception {
        PictureDecoder decoder = new PictureDecoder();

        decoder.decode(plain(0x404040, 64, 48, BufferedImage.TYPE_INT_RGB, "jpeg"));
        LumaFrame one = decoder.decode(plain(0xffffff, 1, 1, BufferedImage.TYPE_BYTE_GRAY, "jpeg"));

        assertThat(one.width()).isEqualTo(1);
        assertThat(one.luma()[0] & 0xff).isEqualTo(255);
    }

    @Test
    void aClaimOfHugeSizeIsRefusedUnread() throws Exception {
        byte[] bytes = plain(0, 8, 8, BufferedImage.TYPE_INT_RGB, "png");
        // Width and height of a PNG stand at 16 and 20; the checksum is not looked at before.
        ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000);

        assertThatThrownBy(() -> new PictureDecoder().decode(bytes))
                .isInstanceOf(RecordingException.class);
    }
}
