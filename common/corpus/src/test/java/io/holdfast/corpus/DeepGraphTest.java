package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.corpus.GraphSamples.SharedHolder;
import io.holdfast.corpus.OwnClassSamples.Holder;
import io.holdfast.corpus.OwnClassSamples.Pair;
import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However deep a value is nested: it is kept, or refused with the reason; the stack never overflows into the application. */
@SuppressWarnings("JdkObsolete") // LinkedList: applications use it
class DeepGraphTest {
    private static final int VERY_DEEP = 100_000;

    /** Less, because collecting garbage takes long beside a deep stack. */
    private static final int DEEP = 12_000;

    /** What threads of containers mostly have, in bytes. */
    private static final long USUAL_STACK = 1L << 20;

    private static final long LARGE_STACK = 1L << 28;

    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(DeepGraphTest.class.getClassLoader(), value -> false);

    /** Without stack trace. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(@Nullable Throwable cause) {
            super("failed", cause, false, false);
        }
    }

    static List<Arguments> nestings() {
        return List.of(
                nesting("bean", Holder::new),
                nesting("bean with a contract", SharedHolder::new),
                nesting("record", inner -> new Pair<>(1, inner)),
                nesting("list", inner -> new ArrayList<>(List.of(inner))),
                nesting("List.of", List::of),
                nesting("map", inner -> new HashMap<>(Map.of("a", inner))),
                nesting("list beside a contract", DeepGraphTest::besideContract),
                nesting("array", inner -> new Object[] {inner}),
                nesting("optional", Optional::of),
                nesting("reference", AtomicReference::new),
                nesting("unmodifiable list", inner -> Collections.unmodifiableList(new ArrayList<>(List.of(inner)))),
                nesting("exception", inner -> new Failure(inner instanceof Throwable cause ? cause : null)));
    }

    private static Arguments nesting(String name, UnaryOperator<Object> nesting) {
        return Arguments.of(name, nesting);
    }

    /** A list with a contract at its very bottom, so that all of it needs Java serialization. */
    private static Object besideContract(Object inner) {
        Object held = inner instanceof List ? inner : new SharedHolder(inner);
        return new ArrayList<>(List.of(held));
    }

    private static Object nested(UnaryOperator<Object> nesting, int depth) {
        Object value = "innermost";
        for (int i = 0; i < depth; i++) {
            value = nesting.apply(value);
        }
        return value;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nestings")
    void veryDeepGraph_isKeptOrRefused_onAnUsualStack(String name, UnaryOperator<Object> nesting) throws Exception {
        Object value = nested(nesting, VERY_DEEP);
        onStackOf(USUAL_STACK, () -> keptOrRefused(value));
    }

    /** Also not what only this thread could read, because it has more stack than others. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("nestings")
    void whatIsStored_canBeRead(String name, UnaryOperator<Object> nesting) throws Exception {
        List<String> unreadable = new ArrayList<>();
        for (int depth = 250; depth <= 2_000; depth += 250) {
            tryDepth(depth, USUAL_STACK, nesting, unreadable);
        }
        tryDepth(DEEP, LARGE_STACK, nesting, unreadable);

        assertThat(unreadable).as(name + " stored, but unreadable").isEmpty();
    }

    private static void tryDepth(int depth, long stack, UnaryOperator<Object> nesting, List<String> unreadable)
            throws Exception {
        Object value = nested(nesting, depth);
        try {
            onStackOf(stack, () -> keptOrRefused(value));
        } catch (UnreadableAttributeException e) {
            unreadable.add(depth + " deep with " + stack + " bytes of stack");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nestings")
    void graphOfAHundred_isKept(String name, UnaryOperator<Object> nesting) throws Exception {
        Object value = nested(nesting, 100);
        assertThat(onStackOf(USUAL_STACK, () -> keptOrRefused(value))).as(name).isTrue();
    }

    @Test
    void listOf100000Elements_isKept() {
        List<Object> flat = new LinkedList<>();
        for (int i = 0; i < VERY_DEEP; i++) {
            flat.add(i);
        }
        assertThat(CODEC.decode(CODEC.encode(flat))).isEqualTo(flat);
    }

    /** True when kept: then it can be read, too, and encodes as before. */
    private static boolean keptOrRefused(Object value) {
        EncodedValue encoded;
        try {
            encoded = CODEC.encode(value);
        } catch (NotEncodableException e) {
            assertThat(e).hasMessageContaining("nested");
            return false;
        }
        EncodedValue again = CODEC.encode(CODEC.decode(encoded));
        assertThat(again.size()).isEqualTo(encoded.size());
        return true;
    }

    private static <T> T onStackOf(long bytes, Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(null, task, "stack of " + bytes, bytes);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableAttributeException unreadable) {
                throw unreadable;
            }
            throw new AssertionError("with a stack of " + bytes + " bytes", e.getCause());
        }
    }
}
