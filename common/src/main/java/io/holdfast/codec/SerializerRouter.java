package io.holdfast.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Decides how the objects of a class are stored.
 *
 * <p>Kryo is compact and fast, but of the types applications keep in sessions it refuses a third and silently loses
 * something of a tenth. So it gets only what it is known to keep, and everything else goes through the contract its
 * author wrote for it: Java serialization. The first rule that fits decides:
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><td>array</td><td>Kryo; its elements are asked for themselves</td></tr>
 * <tr><td>enum</td><td>Kryo, by name</td></tr>
 * <tr><td>JDK class listed in {@link JdkSerializers}</td><td>Kryo</td></tr>
 * <tr><td>class that is not {@link Serializable}</td><td>refused, as {@code <distributable/>} demands</td></tr>
 * <tr><td>abstract class, interface: found in stored bytes only, when it was none before</td><td>refused</td></tr>
 * <tr><td>proxy, serializable lambda</td><td>Java serialization</td></tr>
 * <tr><td>any other class without a lasting name</td><td>refused</td></tr>
 * <tr><td>any other JDK class</td><td>Java serialization</td></tr>
 * <tr><td>class with {@code writeObject}, {@code readObject}, {@code readObjectNoData}, {@code writeReplace},
 *     {@code readResolve} or {@code serialPersistentFields}, its own or inherited; {@link Externalizable}</td>
 *     <td>Java serialization</td></tr>
 * <tr><td>collection, map, throwable; inner, local or anonymous class</td><td>Java serialization</td></tr>
 * <tr><td>class that extends a JDK class or one that is not {@link Serializable}</td><td>Java serialization</td></tr>
 * <tr><td>record</td><td>Kryo, by component names</td></tr>
 * <tr><td>any other class</td><td>Kryo, by field names</td></tr>
 * </table>
 *
 * <p><b>One attribute, one encoding.</b> If anything reachable from an attribute needs Java serialization, all of the
 * attribute is encoded with it. Two encodings in one graph would have two notions of "the same object", and an object
 * reachable through both would come back as two. It costs size and speed, never an object's identity.
 *
 * <p>Optionals and {@code WeakHashMap} are stored although they are not serializable; in an attribute that needs Java
 * serialization for another reason, a {@link JavaStandIn} takes their place. Views and entries of the JDK's lists and maps are
 * replaced in both encodings, see {@link StandIns}.
 */
final class SerializerRouter {
    /** How the objects of a class are stored. */
    enum Route {
        KRYO,
        JAVA_SERIALIZATION,
        REFUSED
    }

    private record ContractMethod(String name, List<Class<?>> parameters) {}

    private static final List<ContractMethod> CONTRACT = List.of(
            new ContractMethod("writeObject", List.of(ObjectOutputStream.class)),
            new ContractMethod("readObject", List.of(ObjectInputStream.class)),
            new ContractMethod("readObjectNoData", List.of()),
            new ContractMethod("writeReplace", List.of()),
            new ContractMethod("readResolve", List.of()));

    private static final List<Class<?>> ALWAYS_JAVA =
            List.of(Externalizable.class, Collection.class, Map.class, Throwable.class, InvocationHandler.class);

    /** Holds no application class: an entry lives in the class it is about. */
    private static final ClassValue<Route> ROUTES = new ClassValue<>() {
        @Override
        protected Route computeValue(Class<?> type) {
            return decide(type);
        }
    };

    private static final ClassValue<Boolean> REPLACED_WHEN_READ = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return hasReadResolve(type);
        }
    };

    private SerializerRouter() {}

    static Route routeOf(Class<?> type) {
        return ROUTES.get(type);
    }

    private static Route decide(Class<?> type) {
        if (type.isArray()) {
            return decideArray(type);
        }
        if (Enum.class.isAssignableFrom(type) || JdkSerializers.knows(type)) {
            return Route.KRYO;
        }
        if (!Serializable.class.isAssignableFrom(type)) {
            // Kryo asks about this interface in place of every proxy class.
            return type == InvocationHandler.class ? Route.JAVA_SERIALIZATION : Route.REFUSED;
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return Route.REFUSED; // it has no objects, unless it had some when they were stored
        }
        if (Proxy.isProxyClass(type)) {
            return Route.JAVA_SERIALIZATION;
        }
        if (type.isHidden()) {
            return declares(type, "writeReplace") ? Route.JAVA_SERIALIZATION : Route.REFUSED;
        }
        return isPlainData(type) ? Route.KRYO : Route.JAVA_SERIALIZATION;
    }

    private static Route decideArray(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isHidden()) {
            return Route.REFUSED;
        }
        return Proxy.isProxyClass(element) ? Route.JAVA_SERIALIZATION : Route.KRYO;
    }

    /** True when the fields of {@code type} are all there is to say about its objects. */
    private static boolean isPlainData(Class<?> type) {
        if (isJdkClass(type) || ALWAYS_JAVA.stream().anyMatch(special -> special.isAssignableFrom(type))) {
            return false;
        }
        if (!type.isRecord() && dependsOnSurroundings(type)) {
            return false;
        }
        for (Class<?> part = type; part != Object.class && part != Record.class; part = part.getSuperclass()) {
            if (isJdkClass(part) || !Serializable.class.isAssignableFrom(part) || hasContract(part) || !isOpen(part)) {
                return false;
            }
        }
        return true;
    }

    /** True for classes whose objects may hold the object or the variables around them in hidden fields. */
    private static boolean dependsOnSurroundings(Class<?> type) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return inner || type.isLocalClass() || type.isAnonymousClass();
    }

    static boolean isJdkClass(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
    }

    /** False for classes in a named module that keeps its fields to itself. */
    private static boolean isOpen(Class<?> type) {
        return type.getModule().isOpen(type.getPackageName(), SerializerRouter.class.getModule());
    }

    /** Whether code of the class itself decides what its objects are made of when they are read. */
    static boolean readsItself(Class<?> type) {
        return Externalizable.class.isAssignableFrom(type)
                || declares(type, "readObject", ObjectInputStream.class)
                || declares(type, "readObjectNoData");
    }

    /** Whether objects of the class put something else in their place when they are read. */
    static boolean isReplacedWhenRead(Class<?> type) {
        return REPLACED_WHEN_READ.get(type);
    }

    private static boolean hasReadResolve(Class<?> type) {
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            if (declares(part, "readResolve")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasContract(Class<?> type) {
        for (ContractMethod method : CONTRACT) {
            if (declares(type, method.name(), method.parameters().toArray(new Class<?>[0]))) {
                return true;
            }
        }
        try {
            return type.getDeclaredField("serialPersistentFields").getType() == ObjectStreamField[].class;
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
        try {
            Method method = type.getDeclaredMethod(name, parameters);
            return !Modifier.isStatic(method.getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
