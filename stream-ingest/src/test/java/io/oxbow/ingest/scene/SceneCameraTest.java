package io.oxbow.ingest.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.ingest.scene.PlantedEvent.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneCameraTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    /** Wednesday 2 September 2026, 00:00 UTC. */
    private static final long MIDNIGHT = 1_788_307_200_000L;

    private static final long NOON = MIDNIGHT + 12 * 3_600_000L;

    private static SceneCamera camera(SceneKind kind, long seed) {
        return new SceneCamera(kind, seed, WIDTH, HEIGHT);
    }

    private static byte[] luma(SceneCamera camera, long time) {
        return camera.picture(time).luma().clone();
    }

    private static double mean(byte[] luma) {
        long sum = 0;
        for (byte value : luma) {
            sum += value & 0xFF;
        }
        return (double) sum / luma.length;
    }

    private static long quietMoment(SceneCamera camera, long from) {
        long time = from;
        while (!camera.diary(time - 300_000, time + 1).isEmpty()) {
            time += 60_000;
        }
        return time;
    }

    private static PlantedEvent first(SceneCamera camera, Kind kind) {
        return camera.diary(MIDNIGHT, MIDNIGHT + 7 * Daylight.DAY).stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(SceneKind.class)
    void aPictureDependsOnSeedAndTimeAlone(SceneKind kind) {
        SceneCamera one = camera(kind, 7);
        SceneCamera other = camera(kind, 7);
        luma(other, NOON + 99_000);
        assertThat(luma(one, NOON)).isEqualTo(luma(other, NOON));
        assertThat(luma(one, NOON)).isNotEqualTo(luma(camera(kind, 8), NOON));
        assertThat(luma(one, NOON)).isNotEqualTo(luma(one, NOON + 100));
    }

    @Test
    void nightIsDarkAndGrey() {
        SceneCamera camera = camera(SceneKind.ENTRANCE, 3);
        long day = quietMoment(camera, NOON);
        long night = quietMoment(camera, MIDNIGHT + 3_600_000L);
        assertThat(mean(luma(camera, night))).isLessThan(0.6 * mean(luma(camera, day)));
        assertThat(camera.picture(night).chromaBlue()).containsOnly(128);
        assertThat(camera.picture(day).chromaBlue()).doesNotContain((byte) 128);
    }

    @Test
    void aCoveredLensShowsNothing() {
        SceneCamera camera = camera(SceneKind.STREET, 11);
        PlantedEvent event = first(camera, Kind.COVERED);
        assertThat(mean(luma(camera, event.from()))).isLessThan(12);
        assertThat(mean(luma(camera, event.from() - 1))).isGreaterThan(20);
        assertThat(mean(luma(camera, event.to()))).isGreaterThan(20);
    }

    @Test
    void aFrozenCameraRepeatsOnePicture() {
        SceneCamera camera = camera(SceneKind.WAREHOUSE, 11);
        PlantedEvent event = first(camera, Kind.FROZEN);
        byte[] frozen = luma(camera, event.from());
        assertThat(luma(camera, event.to() - 1)).isEqualTo(frozen);
        assertThat(luma(camera, event.to())).isNotEqualTo(frozen);
    }

    @Test
    void anIntruderIsWhereNobodyEverIs() {
        SceneCamera camera = camera(SceneKind.STREET, 11);
        PlantedEvent event = first(camera, Kind.INTRUSION);
        byte[] before = luma(camera, event.from() - 100);
        byte[] during = luma(camera, event.from());
        int changed = 0;
        for (int i = 0; i < WIDTH * HEIGHT / 3; i++) {
            changed += Math.abs((during[i] & 0xFF) - (before[i] & 0xFF)) > 30 ? 1 : 0;
        }
        assertThat(changed).isGreaterThan(WIDTH * HEIGHT / 50);
    }

    @Test
    void theDiaryIsTheSameHoweverItIsAskedFor() {
        SceneCamera camera = camera(SceneKind.STREET, 5);
        List<PlantedEvent> day = camera.diary(MIDNIGHT, MIDNIGHT + Daylight.DAY);
        long noon = MIDNIGHT + Daylight.DAY / 2;
        List<PlantedEvent> halves = new ArrayList<>(camera.diary(MIDNIGHT, noon));
        halves.addAll(camera.diary(noon, MIDNIGHT + Daylight.DAY));
        assertThat(day).hasSizeGreaterThan(10).isEqualTo(halves);
        assertThat(day.stream().map(PlantedEvent::kind).distinct()).hasSize(Kind.values().length);
        assertThat(day).allSatisfy(e -> assertThat(e.to() - e.from()).isBetween(60_000L, 180_000L));
    }

    @Test
    void pastsBeforeTheEpochAndOddSizesAreFilmedToo() {
        LumaFrame frame = new SceneCamera(SceneKind.STREET, 1, 31, 17).picture(-123_456_789L);
        byte[] flat = new byte[31 * 17];
        Arrays.fill(flat, frame.luma()[0]);
        assertThat(frame.luma()).isNotEqualTo(flat);
    }
}
