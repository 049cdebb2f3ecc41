package io.oxbow.safetensors;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The named weights of one model, from one file or several shards. Remembers which were asked for,
 * so that what a model leaves unused can be told. Not thread-safe.
 */
public final class Tensors {
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    /** A tensor in its file, where it may have another name. */
    private record Place(SafetensorsFile file, String name) {}

    private Tensors() {}

    /**
     * The tensors of all files.
     *
     * @throws SafetensorsException if two files hold the same name
     */
    public static Tensors of(List<SafetensorsFile> files) {
        Tensors tensors = new Tensors();
        for (SafetensorsFile file : files) {
            tensors.add("", file);
        }
        return tensors;
    }

    public static Tensors of(SafetensorsFile file) {
        return of(List.of(file));
    }

    /** No weights, for models that need none. */
    public static Tensors none() {
        return new Tensors();
    }

    /**
     * Adds the tensors of a file, each name after {@code prefix}.
     *
     * @throws SafetensorsException if a name is there already
     */
    public void add(String prefix, SafetensorsFile file) {
        for (String name : file.tensors().keySet()) {
            if (places.putIfAbsent(prefix + name, new Place(file, name)) != null) {
                throw new SafetensorsException("tensor '" + prefix + name + "' is in two files");
            }
        }
    }

    /** All names, sorted. */
    public Set<String> names() {
        return new TreeSet<>(places.keySet());
    }

    /** Names nobody asked for so far, sorted. */
    public Set<String> unused() {
        Set<String> names = names();
        names.removeAll(used);
        return names;
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    /** Number of elements of all tensors. */
    public long elements() {
        long elements = 0;
        for (Place place : places.values()) {
            elements += place.file.info(place.name).length();
        }
        return elements;
    }

    /** Type and shape of a tensor, without counting as a use. */
    public TensorInfo info(String name) {
        Place place = place(name);
        return place.file.info(place.name);
    }

    /** Little-endian bytes of a tensor, without counting as a use. */
    public ByteBuffer bytes(String name) {
        Place place = place(name);
        return place.file.bytes(place.name);
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new SafetensorsException(
                    "the weights have no tensor '" + name + "'" + nearest(name));
        }
        return place;
    }

    private String nearest(String name) {
        String tail = name.substring(name.lastIndexOf('.') + 1);
        List<String> alike = new ArrayList<>();
        for (String other : names()) {
            if (other.endsWith(tail) && alike.size() < 3) {
                alike.add(other);
            }
        }
        return alike.isEmpty() ? "" : "; there is " + String.join(", ", alike);
    }

    /** Size of one axis of a tensor, without counting as a use. */
    public int dimension(String name, int axis) {
        List<Integer> shape = info(name).shape();
        if (shape.size() <= axis) {
            throw new SafetensorsException(
                    "tensor '" + name + "' is " + shape + " and has no axis " + axis);
        }
        return shape.get(axis);
    }

    /** Elements of a tensor that must have exactly this shape; finite as floats. */
    public float[] floats(String name, int... shape) {
        float[] values = read(name, shape, SafetensorsFile::floats);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw notFinite(name, i, values[i]);
            }
        }
        return values;
    }

    /** Elements of a tensor that must have exactly this shape; finite. */
    public double[] doubles(String name, int... shape) {
        double[] values = read(name, shape, SafetensorsFile::doubles);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw notFinite(name, i, values[i]);
            }
        }
        return values;
    }

    /** Elements of a tensor that must have exactly this shape, or null where it is absent. */
    public float[] floatsIfPresent(String name, int... shape) {
        return has(name) ? floats(name, shape) : null;
    }

    /** The one element of an integer tensor. */
    public long scalar(String name) {
        long[] values = read(name, null, SafetensorsFile::longs);
        if (values.length != 1) {
            throw new SafetensorsException(
                    "tensor '" + name + "' has " + values.length + " elements, not one");
        }
        return values[0];
    }

    private static SafetensorsException notFinite(String name, int index, double value) {
        return new SafetensorsException(
                "tensor '" + name + "' holds " + value + " as its element " + index);
    }

    private <T> T read(String name, int[] shape, BiFunction<SafetensorsFile, String, T> reader) {
        Place place = place(name);
        if (shape != null) {
            List<Integer> expected = new ArrayList<>(shape.length);
            for (int dimension : shape) {
                expected.add(dimension);
            }
            List<Integer> found = place.file.info(place.name).shape();
            if (!found.equals(expected)) {
                throw new SafetensorsException(
                        "tensor '"
                                + name
                                + "' is "
                                + found
                                + " where "
                                + expected
                                + " was expected");
            }
        }
        used.add(name);
        return reader.apply(place.file, place.name);
    }
}
