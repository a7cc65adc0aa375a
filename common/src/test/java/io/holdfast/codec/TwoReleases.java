package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two releases of one application: what the older one has stored, the newer one is to read. Any number of {@link Change}s
 * between them, each in a package of its own, need the compiler only twice.
 */
final class TwoReleases {
    private static final String IMPORTS = "import java.io.*; import java.util.*;\n";

    private final ClassLoader older;
    private final AttributeCodec olderCodec;
    private final AttributeCodec newerCodec;

    TwoReleases(List<Change> changes) {
        List<String> olderSources = new ArrayList<>();
        List<String> newerSources = new ArrayList<>();
        for (Change change : changes) {
            olderSources.add(change.source(change.older()));
            olderSources.add(change.source(
                    "public class Stored { public static Object value() { return " + change.value() + "; } }"));
            newerSources.add(change.source(change.newer()));
        }
        older = CompiledClasses.of(olderSources).loader();
        olderCodec = Codecs.codec(older);
        newerCodec = Codecs.codec(CompiledClasses.of(newerSources).loader());
    }

    /**
     * A change of an application, and what becomes of a stored value.
     *
     * @param name a Java identifier
     * @param value Java expression for the value that the older release stores
     * @param older source of the older release, without package; {@code java.io} and {@code java.util} are imported
     * @param newer source of the newer release
     * @param fromKryo the {@link Portrait} of what is read, or the message of the exception; where Kryo had stored the value
     * @param fromJava likewise, where Java serialization had
     */
    record Change(String name, String value, String older, String newer, String fromKryo, String fromJava) {
        static Change of(String name, String value, String older, String newer) {
            return new Change(name, value, older, newer, "", "");
        }

        /** What is read, whichever way the value was stored. */
        Change reads(String portrait) {
            return kryoReads(portrait).javaReads(portrait);
        }

        Change kryoReads(String portrait) {
            return new Change(name, value, older, newer, portrait, fromJava);
        }

        Change javaReads(String portrait) {
            return new Change(name, value, older, newer, fromKryo, portrait);
        }

        /** The value cannot be read, because of {@code className}, whichever way it was stored. */
        Change isUnreadable(String className, String reason) {
            return kryoRefuses(className, reason).javaRefuses(className, reason);
        }

        Change kryoRefuses(String className, String reason) {
            return kryoReads(message(className, reason));
        }

        Change javaRefuses(String className, String reason) {
            return javaReads(message(className, reason));
        }

        /** Java serialization fails in the JDK's or the application's code, and names the attribute's class only. */
        Change javaFails(String exception) {
            return javaRefuses(
                    "java.util.Collections$UnmodifiableList",
                    "damaged bytes, a class that has changed, or its own code failed: " + exception);
        }

        private String message(String className, String reason) {
            String fullName = className.contains(".") ? className : packageName() + "." + className;
            return "The stored value of " + fullName + " is unreadable: " + reason;
        }

        private String packageName() {
            return "app." + name;
        }

        private String source(String text) {
            return "package " + packageName() + "; " + IMPORTS + text;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The value, as the older release stores it. */
    EncodedValue stored(Change change) throws ReflectiveOperationException {
        return olderCodec.encode(valueOf(change));
    }

    /** Checks what becomes of the value where Kryo has stored it. */
    void checkKryo(Change change) throws ReflectiveOperationException {
        EncodedValue stored = stored(change);
        assertThat(ValueFlags.codec(stored.flags())).as("stored by").isEqualTo(ValueFlags.KRYO);
        assertThat(read(stored)).isEqualTo(change.fromKryo());
    }

    /** Checks it in a list that a JDK class takes care of, so that all of it goes through Java serialization. */
    void checkJava(Change change) throws ReflectiveOperationException {
        List<Object> list = new ArrayList<>();
        list.add(valueOf(change));
        EncodedValue stored = olderCodec.encode(Collections.unmodifiableList(list));
        assertThat(ValueFlags.codec(stored.flags())).as("stored by").isEqualTo(ValueFlags.JAVA_SERIALIZATION);
        assertThat(read(stored)).isEqualTo(change.fromJava());
    }

    private Object valueOf(Change change) throws ReflectiveOperationException {
        return older.loadClass(change.packageName() + ".Stored")
                .getMethod("value")
                .invoke(null);
    }

    /** What the newer release makes of stored bytes: the portrait of the object, or the message of the exception. */
    String read(EncodedValue value) {
        try {
            Object decoded = newerCodec.decode(value);
            boolean wrapped = ValueFlags.codec(value.flags()) == ValueFlags.JAVA_SERIALIZATION;
            return Portrait.of(wrapped ? ((List<?>) decoded).get(0) : decoded);
        } catch (UnreadableAttributeException e) {
            return e.getMessage();
        }
    }
}
