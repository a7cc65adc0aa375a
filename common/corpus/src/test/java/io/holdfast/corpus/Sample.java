package io.holdfast.corpus;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One value as an application might put it into a session.
 *
 * @param name unique in the corpus; names the type, and what is special about the value
 * @param maker makes an equal, independent value each time
 * @param portrait describes a value of this type by everything an application could notice, as text that is the same in
 *     every JVM and class loader; must not change the value
 */
record Sample(String name, Supplier<Object> maker, Function<Object, String> portrait) {
    @Override
    public String toString() {
        return name; // for test reports
    }
}
