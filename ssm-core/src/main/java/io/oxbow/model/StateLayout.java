package io.oxbow.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The named segments of one stream's state, and where each lies in its row.
 *
 * <p>A row has two planes: {@link #floats()} 32-bit floats and {@link #longs()} 64-bit integers.
 * Step counters live in the second plane, because a float stops counting at 2^24. A segment's
 * {@link Segment#offset()} counts elements of its own plane from the start of the row. Two layouts
 * with the same {@link #fingerprint()} hold interchangeable rows.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class StateLayout {

    /** Element type of a segment. */
    public enum Dtype {
        F32,
        I64
    }

    /**
     * One named part of a row.
     *
     * @param name unique within the layout
     * @param dtype which plane it lies in
     * @param shape row-major dimensions; empty for a single element
     * @param offset first element, counted in the segment's own plane
     * @param length product of the dimensions
     */
    public record Segment(String name, Dtype dtype, List<Integer> shape, int offset, int length) {
        public Segment {
            shape = List.copyOf(shape);
        }
    }

    private final List<Segment> segments;
    private final Map<String, Segment> byName;
    private final int floats;
    private final int longs;
    private final long fingerprint;

    private StateLayout(List<Segment> segments, int floats, int longs) {
        this.segments = List.copyOf(segments);
        this.byName = segments.stream().collect(Collectors.toMap(Segment::name, s -> s));
        this.floats = floats;
        this.longs = longs;
        this.fingerprint = Fingerprint.of(describe().getBytes(StandardCharsets.UTF_8));
    }

    public static Builder builder() {
        return new Builder();
    }

    public List<Segment> segments() {
        return segments;
    }

    /**
     * The segment of that name.
     *
     * @throws IllegalArgumentException if the layout has none
     */
    public Segment segment(String name) {
        Segment segment = byName.get(name);
        if (segment == null) {
            throw new IllegalArgumentException(
                    "no state segment '" + name + "'; the layout has " + byName.keySet());
        }
        return segment;
    }

    /** Number of 32-bit floats in a row. */
    public int floats() {
        return floats;
    }

    /** Number of 64-bit integers in a row. */
    public int longs() {
        return longs;
    }

    /** Bytes of one row, both planes. */
    public long bytes() {
        return 4L * floats + 8L * longs;
    }

    /** Equal for layouts whose segments agree in name, type, shape and order. */
    public long fingerprint() {
        return fingerprint;
    }

    /** One line a segment: {@code name dtype [shape] @offset}. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Segment s : segments) {
            text.append(s.name)
                    .append(' ')
                    .append(s.dtype)
                    .append(' ')
                    .append(s.shape)
                    .append(" @")
                    .append(s.offset)
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StateLayout other && segments.equals(other.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    @Override
    public String toString() {
        return "StateLayout["
                + floats
                + " f32, "
                + longs
                + " i64, "
                + segments.size()
                + " segments]";
    }

    /** Collects segments in order. Not thread-safe. */
    public static final class Builder {
        private final List<Segment> segments = new ArrayList<>();
        private final Map<String, Segment> names = new HashMap<>();
        private int floats;
        private int longs;

        private Builder() {}

        /** Adds a float segment and returns it. */
        public Segment f32(String name, int... shape) {
            Segment segment = add(name, Dtype.F32, floats, shape);
            floats = Math.addExact(floats, segment.length);
            return segment;
        }

        /** Adds a 64-bit integer segment and returns it. */
        public Segment i64(String name, int... shape) {
            Segment segment = add(name, Dtype.I64, longs, shape);
            longs = Math.addExact(longs, segment.length);
            return segment;
        }

        private Segment add(String name, Dtype dtype, int offset, int... shape) {
            int length = 1;
            List<Integer> dims = new ArrayList<>(shape.length);
            for (int d : shape) {
                if (d <= 0) {
                    throw new IllegalArgumentException(
                            "state segment '"
                                    + name
                                    + "' has the dimension "
                                    + d
                                    + "; it must be positive");
                }
                length = Math.multiplyExact(length, d);
                dims.add(d);
            }
            Segment segment = new Segment(name, dtype, dims, offset, length);
            if (names.putIfAbsent(name, segment) != null) {
                throw new IllegalArgumentException(
                        "state segment '" + name + "' is declared twice");
            }
            segments.add(segment);
            return segment;
        }

        public StateLayout build() {
            return new StateLayout(segments, floats, longs);
        }
    }
}
