package io.holdfast.corpus;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sample while it is still known what type it is of.
 *
 * @param portrait without the class's name, which {@link #asSample} adds
 * @param change what an application might do to the value; null where it can do nothing
 */
record LibrarySample<T>(
        String name,
        Supplier<? extends T> maker,
        Function<? super T, String> portrait,
        @Nullable Consumer<? super T> change) {

    static <T> LibrarySample<T> sample(String name, Supplier<T> maker, Function<? super T, String> portrait) {
        return new LibrarySample<>(name, maker, portrait, null);
    }

    /** Its text says all that matters of it. One that went through all fields would say it better. */
    static <T> LibrarySample<T> plain(String name, Supplier<T> maker) {
        return sample(name, maker, Object::toString);
    }

    /** A collection whose order its elements or its class promise. */
    static <C extends Collection<?>> LibrarySample<C> ordered(String name, Supplier<C> maker) {
        return sample(name, maker, Portraits::listed);
    }

    /** A map whose order its elements or its class promise. */
    static <M extends Map<?, ?>> LibrarySample<M> orderedMap(String name, Supplier<M> maker) {
        return sample(name, maker, map -> Portraits.listed(map.entrySet()));
    }

    static <M extends Map<?, ?>> LibrarySample<M> unorderedMap(String name, Supplier<M> maker) {
        return sample(name, maker, map -> Portraits.sorted(map.entrySet()));
    }

    LibrarySample<T> changedBy(Consumer<? super T> applicationChange) {
        return new LibrarySample<>(name, maker, portrait, applicationChange);
    }

    @SuppressWarnings("unchecked") // the portrait is asked about nothing but what the maker makes
    Sample asSample() {
        return new Sample(name, maker::get, value -> typeOf(value) + " " + portrait.apply((T) value));
    }

    /** A proxy class is numbered anew in each class loader. */
    private static String typeOf(Object value) {
        Class<?> type = value.getClass();
        return Proxy.isProxyClass(type) ? "proxy of " + List.of(type.getInterfaces()) : type.getName();
    }

    @SuppressWarnings("unchecked") // likewise
    void applyChange(Object value) {
        if (change == null) {
            throw new IllegalStateException(name + " cannot be changed");
        }
        change.accept((T) value);
    }
}
