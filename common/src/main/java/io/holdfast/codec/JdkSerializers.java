package io.holdfast.codec;

import com.esotericsoftware.kryo.Serializer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK classes Kryo stores without loss, each by exact class: a subclass may hold more than its superclass knows of.
 * All other JDK classes go through Java serialization.
 *
 * <p>The classes and what their serializers write are part of the stored format. What is not kept: capacities and load
 * factors. A {@code LinkedHashMap} in order of access is {@link AccessOrdered} when it gets here.
 */
final class JdkSerializers {
    /** Shared by all Kryos: none of these serializers has state. */
    private static final Map<Class<?>, Serializer<?>> BY_EXACT_CLASS = new HashMap<>();

    static {
        JdkValueSerializers.addTo(BY_EXACT_CLASS);
        JdkCollectionSerializers.addTo(BY_EXACT_CLASS);
        BY_EXACT_CLASS.put(EnumSet.class, new EnumKeyedSerializers.Sets());
        BY_EXACT_CLASS.put(EnumMap.class, new EnumKeyedSerializers.Maps());
    }

    private JdkSerializers() {}

    static boolean knows(Class<?> type) {
        return of(type) != null;
    }

    static @Nullable Serializer<?> of(Class<?> type) {
        // Its subclasses differ in the number of constants only, and nobody else can extend it.
        return BY_EXACT_CLASS.get(EnumSet.class.isAssignableFrom(type) ? EnumSet.class : type);
    }
}
