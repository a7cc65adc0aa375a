package io.holdfast.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.holdfast.config.AttributeSettings;
import io.holdfast.session.EncodedValue;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Bytes that somebody tampered with end in one kind of exception, in bounded time and memory, and never bring in a class the
 * filter does not allow. 100,000 variations of valid payloads: bits flipped, parts cut out, repeated and taken from others,
 * lengths made huge, class names exchanged.
 */
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage", "UnnecessaryStringBuilder"}) // what applications use
class HostileBytesTest {
    private static final int VARIATIONS = 100_000;
    private static final long SEED = 20_261;

    /** A variation may still be valid, and twice as long as what it was made of. */
    private static final long MAX_ALLOCATED_BYTES = 16 * 1024 * 1024;

    /** A pause of the JVM must not fail the test; an endless loop or a table of two billion slots must. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** As a length: 2^31 - 1 in Java serialization, and as a variable-length number in Kryo's. */
    private static final byte[] HUGE = {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

    private static final List<String> initialized = new CopyOnWriteArrayList<>();

    private static final List<String> NAMES = List.of(
            Forbidden.class.getName(),
            "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
            "java.security.SignedObject",
            "javax.management.BadAttributeValueExpException",
            "sun.reflect.annotation.AnnotationInvocationHandler",
            "java.util.HashMap",
            "java.util.ArrayList",
            "java.lang.Class",
            "java.lang.Thread",
            "[[[[[[[[[[I",
            "java.util.Optional");

    /** Refused by the filter of this test. */
    static final class Forbidden implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            initialized.add(Forbidden.class.getName());
        }

        private String field = "x";

        @Override
        public int hashCode() {
            return field.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    /** Knows which classes were asked for. */
    private static final class Recording extends URLClassLoader {
        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        Recording() {
            super(
                    new URL[] {
                        HostileBytesTest.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    }

    private final AttributeSettings settings = Codecs.settings("classFilter", "!" + Forbidden.class.getName());
    private final Recording loader = new Recording();
    private final AttributeCodec codec = new KryoAttributeCodec(loader, value -> false, settings);
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static List<Object> values() {
        Map<Object, Object> map = new HashMap<>(Map.of("key", 1L, DayOfWeek.MONDAY, "täxt"));
        Object bean = UnreadableValuesTest.payloads().get(1);
        List<Object> more = new ArrayList<>(List.of(
                ZonedDateTime.now(ZoneOffset.UTC),
                Locale.GERMANY,
                new long[][] {{1}, {2}},
                UUID.randomUUID(),
                URI.create("http://localhost/"),
                Pattern.compile("a+"),
                Optional.of("x"),
                new Vector<>(List.of(1)),
                new WeakHashMap<>(Map.of("k", "v")),
                new LinkedHashMap<>(Map.of("a", map)),
                new PriorityQueue<>(List.of(3, 1)),
                new Hashtable<>(Map.of("h", "t")),
                new ConcurrentHashMap<>(map)));
        Object javaSerialized = Collections.unmodifiableList(
                new ArrayList<>(List.of(map, more, new IllegalStateException("x", new RuntimeException()), bean)));
        List<Object> values = new ArrayList<>(UnreadableValuesTest.payloads());
        values.addAll(List.of(more, javaSerialized, Collections.synchronizedMap(new HashMap<>(map)), map));
        return values;
    }

    @Test
    void variationsOfValidPayloads_endInOneKindOfException() {
        List<EncodedValue> valid = values().stream().map(codec::encode).toList();
        valid.forEach(codec::decode);
        loader.asked.clear();
        List<Attack> attacks = List.of(new Attack(valid, SEED), new Attack(valid, SEED + 1));
        attacks.parallelStream().forEach(Attack::run);
        int readable = attacks.stream().mapToInt(attack -> attack.readable).sum();
        long mostAllocated =
                attacks.stream().mapToLong(attack -> attack.mostAllocated).max().orElseThrow();
        long longestNanos =
                attacks.stream().mapToLong(attack -> attack.longestNanos).max().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "[fuzz] %,d payloads, %,d still readable; most memory for one %,d bytes, longest %,d µs; %,d classes asked for%n",
                VARIATIONS,
                readable,
                mostAllocated,
                TimeUnit.NANOSECONDS.toMicros(longestNanos),
                loader.asked.size());
        assertThat(readable).isBetween(1, VARIATIONS - 1);
        assertThat(initialized).isEmpty();
        assertThat(loader.asked)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(new ClassFilter(settings.classFilter()).allows(name))
                        .as(name)
                        .isTrue());
        assertThat(mostAllocated).isLessThan(MAX_ALLOCATED_BYTES);
    }

    /** Its share of the variations, one after the other. */
    private final class Attack {
        private final List<EncodedValue> valid;
        private final Random random;
        private long mostAllocated;
        private long longestNanos;
        private int readable;

        Attack(List<EncodedValue> valid, long seed) {
            this.valid = valid;
            this.random = new Random(seed);
        }

        void run() {
            for (int i = 0; i < VARIATIONS / 2; i++) {
                EncodedValue original = valid.get(i % valid.size());
                EncodedValue other = valid.get(random.nextInt(valid.size()));
                byte[] varied = vary(original.payload(), other.payload());
                decode(i, new EncodedValue(original.flags(), varied));
            }
        }

        private void decode(int number, EncodedValue value) {
            long bytesBefore = memory.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            try {
                assertThat(codec.decode(value)).isNotNull();
                readable++;
            } catch (UnreadableAttributeException e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    if (cause instanceof StackOverflowError || cause instanceof OutOfMemoryError) {
                        fail("variation " + number, e);
                    }
                }
            }
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
            mostAllocated = Math.max(mostAllocated, memory.getCurrentThreadAllocatedBytes() - bytesBefore);
            assertThat(longestNanos).as("nanoseconds for variation " + number).isLessThan(MAX_NANOS);
        }

        private byte[] vary(byte[] payload, byte[] other) {
            byte[] varied = payload.clone();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                int at = random.nextInt(varied.length);
                switch (random.nextInt(7)) {
                    case 0 -> varied[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> varied[at] = (byte) random.nextInt(256);
                    case 2 -> varied = replace(varied, at, random.nextInt(varied.length - at), new byte[0]);
                    case 3 -> varied = replace(varied, at, 0, part(other));
                    case 4 -> varied = replace(varied, at, 0, part(varied));
                    case 5 -> varied = replace(varied, at, Math.min(5, varied.length - at), HUGE);
                    default -> varied = exchangeName(varied);
                }
                if (varied.length == 0) {
                    return payload.clone();
                }
            }
            return varied;
        }

        private byte[] part(byte[] bytes) {
            int from = random.nextInt(bytes.length);
            return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from) / 2);
        }

        /** Puts a class name in place of another, in the form of both encodings: after a length, or with its last byte marked. */
        private byte[] exchangeName(byte[] bytes) {
            String text = new String(bytes, ISO_8859_1);
            String name = NAMES.get(random.nextInt(NAMES.size()));
            int at = text.indexOf(random.nextBoolean() ? "java." : "io.holdfast.", random.nextInt(text.length()));
            if (at < 2) {
                return bytes;
            }
            int end = at;
            while (end < bytes.length && (Character.isJavaIdentifierPart(bytes[end]) || bytes[end] == '.')) {
                end++;
            }
            boolean javaSerialized = bytes[0] == (byte) 0xAC;
            byte[] written = name.getBytes(ISO_8859_1);
            if (javaSerialized) {
                byte[] renamed = replace(bytes, at, end - at, written);
                renamed[at - 2] = 0;
                renamed[at - 1] = (byte) written.length;
                return renamed;
            }
            written[written.length - 1] |= (byte) 0x80;
            return replace(bytes, at, Math.min(end + 1, bytes.length) - at, written);
        }
    }

    private static byte[] replace(byte[] bytes, int at, int length, byte[] by) {
        byte[] result = new byte[bytes.length - length + by.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
        return result;
    }
}
