package io.oxbow.flink.event;

import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What Flink asks of the type of any immutable value that travels between tasks: it has no fields
 * and is no key. Equal to another exactly if both are of one kind and describe the same class.
 *
 * @param <T> the value
 */
public abstract class ValueTypeInfo<T> extends TypeInformation<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final Class<T> type;

    protected ValueTypeInfo(Class<T> type) {
        this.type = type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object obj) {
        return obj != null && obj.getClass() == getClass();
    }

    @Override
    public boolean equals(Object o) {
        return canEqual(o) && type == ((ValueTypeInfo<?>) o).type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "<" + type.getSimpleName() + ">";
    }
}
