package io.oxbow.flink.event;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Lets Flink's type extraction find {@link EventTypes} by itself, so that a user's {@code map} to
 * an event needs no {@code returns}.
 */
public final class EventTypeInfoFactory<T> extends TypeInfoFactory<T> {

    @Override
    @SuppressWarnings("unchecked")
    public TypeInformation<T> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return EventTypes.of((Class<T>) type);
    }
}
