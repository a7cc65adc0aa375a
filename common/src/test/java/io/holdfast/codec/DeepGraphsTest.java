package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures as deep as they are long: beyond what a request's stack can bear, up to a limit, in both encodings. */
@SuppressWarnings("JdkObsolete") // Vector: applications use it
class DeepGraphsTest {
    /** A linked list of an application's own. */
    static class Node implements Serializable {
        private static final long serialVersionUID = 1;
        Node next;
        int number;
    }

    /** The same with a contract of its own, so that Java serialization stores it. */
    static final class ContractNode extends Node {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            return this;
        }
    }

    private static Node list(boolean javaSerialized, int length) {
        Node first = null;
        for (int i = length; i > 0; i--) {
            Node node = javaSerialized ? new ContractNode() : new Node();
            node.number = i;
            node.next = first;
            first = node;
        }
        return first;
    }

    private static AttributeCodec codec(int maxDepth) {
        return Codecs.codec("maxAttributeDepth", String.valueOf(maxDepth));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listAsLongAsTheLimit_isStored_andALongerOneIsRefused(boolean javaSerialized) {
        AttributeCodec codec = codec(10_000);
        for (int length : new int[] {1, 599, 601, 9_999}) {
            EncodedValue stored = codec.encode(list(javaSerialized, length));
            assertThat(ValueFlags.codec(stored.flags())).isEqualTo(javaSerialized ? 1 : 0);
            Node node = (Node) codec.decode(stored);
            for (int i = 1; i <= length; i++) {
                assertThat(node.number).isEqualTo(i);
                node = node.next;
            }
            assertThat(node).isNull();
        }
        assertThatThrownBy(() -> codec.encode(list(javaSerialized, 10_010)))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageContaining("deeper than 10000 objects")
                .hasMessageContaining("maxAttributeDepth");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listOfHundredThousand_isRefusedOrStored_asTheLimitSays(boolean javaSerialized) {
        Node list = list(javaSerialized, 99_900);
        assertThat(((Node) codec(100_000).decode(codec(100_000).encode(list))).next.number)
                .isEqualTo(2);
        assertThatThrownBy(() -> codec(10_000).encode(list)).hasMessageContaining("maxAttributeDepth");
    }

    /** Reading these takes more stack than writing them. */
    @Test
    void longChainsOfExceptions_areReadWhereTheyWereWritten() {
        for (int length = 100; length <= 2_000; length += 100) {
            Throwable chain = null;
            for (int i = 0; i < length; i++) {
                chain = new IllegalStateException("link " + i, chain);
                chain.setStackTrace(new StackTraceElement[0]);
            }
            assertThat((Throwable) codec(10_000).decode(codec(10_000).encode(chain)))
                    .hasMessage("link " + (length - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAnotherNodeStoredDeeper_isUnreadable(boolean javaSerialized) {
        EncodedValue stored = codec(10_000).encode(list(javaSerialized, 2_000));
        assertThatThrownBy(() -> codec(1_000).decode(stored))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("deeper than 1000 objects");
        assertThatThrownBy(() -> codec(1_000).encode(list(javaSerialized, 2_000)))
                .isInstanceOf(NotEncodableException.class);
    }

    /** A synchronized collection in a deep graph, while the application holds its lock. */
    @Test
    void deepWork_thatNeedsALockOfItsCaller_isGivenUp() {
        Vector<Object> vector = new Vector<>(List.of(list(false, 1_000)));
        Object value = new ArrayList<>(List.of(vector));
        synchronized (vector) {
            assertThatThrownBy(() -> codec(10_000).encode(value)).isInstanceOf(ConcurrentModificationException.class);
        }
        assertThat(codec(10_000).encode(value)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deepWork_seesTheContextClassLoaderOfItsCaller_andKeepsItsInterrupt(boolean interrupted) throws Exception {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            try {
                seen.set(new DeepStack(100).call(() -> Thread.currentThread().getContextClassLoader()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(Thread.currentThread().isInterrupted()).isEqualTo(interrupted);
        });
        caller.start();
        caller.join();
        assertThat(seen).hasValue(ClassLoader.getPlatformClassLoader());
    }
}
