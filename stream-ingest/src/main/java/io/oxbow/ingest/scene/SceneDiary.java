package io.oxbow.ingest.scene;

import io.oxbow.ingest.scene.PlantedEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What out of the ordinary happens in a scene: at most one thing in each block of twenty minutes,
 * the same for the same seed. Immutable.
 */
final class SceneDiary {
    private static final long BLOCK = 20 * 60_000L;
    private static final double SHARE_OF_BLOCKS = 0.5;
    private static final long SHORTEST = 60_000;
    private static final int SPREAD = 120_000;
    private static final long MARGIN = 3 * 60_000L;

    private static final int HAPPENS = 1;
    private static final int KIND = 2;
    private static final int OFFSET = 3;
    private static final int LENGTH = 4;

    private final long seed;

    SceneDiary(long seed) {
        this.seed = seed;
    }

    /** What happens at that time, if anything. */
    Optional<PlantedEvent> at(long timeMillis) {
        return inBlock(Math.floorDiv(timeMillis, BLOCK)).filter(e -> e.covers(timeMillis));
    }

    /** All that begins in [from, to), in order. */
    List<PlantedEvent> between(long from, long to) {
        List<PlantedEvent> events = new ArrayList<>();
        for (long block = Math.floorDiv(from, BLOCK); block * BLOCK < to; block++) {
            inBlock(block).filter(e -> e.from() >= from && e.from() < to).ifPresent(events::add);
        }
        return events;
    }

    private Optional<PlantedEvent> inBlock(long block) {
        if (SceneHash.unit(seed, HAPPENS, block) >= SHARE_OF_BLOCKS) {
            return Optional.empty();
        }
        Kind[] kinds = Kind.values();
        Kind kind = kinds[SceneHash.below(kinds.length, seed, KIND, block)];
        long length = SHORTEST + SceneHash.below(SPREAD, seed, LENGTH, block);
        int room = (int) (BLOCK - 2 * MARGIN - length);
        long from = block * BLOCK + MARGIN + SceneHash.below(room, seed, OFFSET, block);
        return Optional.of(new PlantedEvent(kind, from, from + length));
    }
}
