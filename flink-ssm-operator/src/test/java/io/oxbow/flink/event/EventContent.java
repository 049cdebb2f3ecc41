package io.oxbow.flink.event;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The content of an event as nested lists, so that two are compared by value and floats by bits.
 */
public final class EventContent {

    private EventContent() {}

    public static Object of(Object value) {
        if (value instanceof float[] floats) {
            List<Object> content = new ArrayList<>();
            for (float f : floats) {
                content.add(of(f));
            }
            return content;
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Float f) {
            return "f32:" + Integer.toHexString(Float.floatToRawIntBits(f));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(EventContent::of).toList();
        }
        if (value instanceof Record) {
            List<Object> content = new ArrayList<>();
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                content.add(component.getName() + "=" + of(component(value, component)));
            }
            return content;
        }
        return String.valueOf(value);
    }

    private static Object component(Object record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
