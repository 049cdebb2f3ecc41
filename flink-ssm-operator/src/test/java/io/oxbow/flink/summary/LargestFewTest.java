package io.oxbow.flink.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestFewTest {
    @Test
    void keepsTheLargestInOrderAndEqualOnesAsTheyCame() {
        Random random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            float[] sizes = new float[random.nextInt(9)];
            LargestFew few = new LargestFew(3);
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = random.nextInt(4);
                few.offer(i, sizes[i]);
            }
            List<Integer> sorted =
                    IntStream.range(0, sizes.length)
                            .boxed()
                            .sorted(Comparator.comparing(i -> -sizes[i]))
                            .limit(3)
                            .toList();
            assertThat(IntStream.range(0, few.count()).mapToObj(few::index).toList())
                    .as(Arrays.toString(sizes))
                    .isEqualTo(sorted);
            assertThat(IntStream.range(0, few.count()).mapToObj(few::size).toList())
                    .isEqualTo(sorted.stream().map(i -> sizes[i]).toList());
        }
    }
}
