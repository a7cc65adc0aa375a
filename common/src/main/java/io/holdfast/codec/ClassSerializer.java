package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Proxy;
import java.util.Objects;

/** Stores classes held as values, by name. Kryo's own turns every proxy class into {@code InvocationHandler}. */
final class ClassSerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output output, Object held) {
        Class<?> type = (Class<?>) held;
        if (Proxy.isProxyClass(type)) {
            throw new NeedsJavaSerializationException();
        }
        if (type.isHidden()) {
            throw new UnstorableValueException(type, "the class has no lasting name");
        }
        if (!((SessionKryo) kryo).loader().filter().allows(type.getName())) {
            throw UnstorableValueException.filtered(type);
        }
        output.writeString(type.getName());
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        String className = Objects.requireNonNull(input.readString(), "name of a class");
        try {
            return ((SessionKryo) kryo).loader().load(className);
        } catch (ClassNotFoundException e) {
            return new MissingObject(className, e);
        }
    }
}
