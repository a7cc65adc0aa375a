package io.holdfast.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * An application's classes, whose objects are kept in the fixtures. <b>Never change one of these</b>, neither names nor fields:
 * the fixtures are to tell whether Holdfast has changed, and they cannot if these have. Add new classes instead.
 */
@SuppressWarnings({"serial", "UnusedVariable"}) // what applications have; fields only have to be stored
final class FixtureClasses {
    private FixtureClasses() {}

    /** Never change. */
    enum Color {
        RED,
        GREEN {
            @Override
            boolean isNatural() {
                return true;
            }
        },
        BLUE;

        boolean isNatural() {
            return false;
        }
    }

    /** Never change. */
    record Money(long cents, String currency) implements Serializable {}

    /** Never change. */
    record Everything(
            byte b, short s, char c, int i, long l, float f, double d, boolean z, String text, Color color, Object held)
            implements Serializable {}

    /** Never change. */
    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private int number = 1;
        private String name = "base";
        private final List<Object> things = new ArrayList<>();

        List<Object> things() {
            return things;
        }
    }

    /** Never change. One field has a name that the superclass has too. */
    static final class Cart extends Base {
        private static final long serialVersionUID = 1;
        private final String name;
        private long total = 12_345_678_901L;
        private Long boxed = -1L;
        private Color color = Color.GREEN;
        private Money price = new Money(999, "EUR");
        private int[] counts = {1, 2, 3};
        private Object nothing;
        private transient String notStored;

        Cart(String name, Object... things) {
            this.name = name;
            things().addAll(List.of(things));
        }
    }

    /** Never change. */
    static final class Node implements Serializable {
        private static final long serialVersionUID = 1;
        private Node self;
        private Node next;
        private Object held;

        Node(Object held) {
            this.held = held;
        }

        /** Refers to itself and to another one, which refers back. */
        static Node cyclic() {
            Node first = new Node("first");
            first.self = first;
            first.next = new Node(new ArrayList<>(List.of(first)));
            first.next.next = first;
            return first;
        }
    }

    /** Never change. */
    static final class Empty implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** Never change. */
    record ByLength() implements Comparator<String>, Serializable {
        @Override
        public int compare(String one, String other) {
            return Integer.compare(one.length(), other.length());
        }
    }

    /** Never change. */
    static final class Listener implements Serializable {
        private static final long serialVersionUID = 1;
        private String heard = "bound";
    }

    /** Never change. */
    static final class WithHooks implements Serializable {
        private static final long serialVersionUID = 1;
        private String kept = "kept";
        private transient String more = "more";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(more);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            more = in.readUTF();
        }
    }

    /** Never change. */
    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        Replaced(String text) {
            this.text = text;
        }

        private Object writeReplace() {
            return new Form(text);
        }

        private record Form(String text) implements Serializable {
            private Object readResolve() {
                return new Replaced(text);
            }
        }
    }

    /** Never change. */
    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;
        private String state = "";

        /** For Java serialization. */
        public External() {}

        External(String state) {
            this.state = state;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(state);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            state = in.readUTF();
        }
    }

    /** Never change. */
    static final class Bag extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
        private String label = "label";

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && other instanceof Bag that && label.equals(that.label);
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), label);
        }
    }

    /** Never change. */
    record Handler(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return text;
        }
    }

    /** Never change. */
    static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code = 17;

        Trouble(String message, Throwable cause) {
            super(message, cause);
        }

        /** With a stack trace that does not depend on where this stands. */
        static Trouble nested() {
            Trouble trouble = new Trouble("trouble", new IllegalStateException("cause"));
            trouble.addSuppressed(new IOException("suppressed"));
            for (Throwable thrown : List.of(trouble, trouble.getCause(), trouble.getSuppressed()[0])) {
                thrown.setStackTrace(
                        new StackTraceElement[] {new StackTraceElement("app.Cart", "add", "Cart.java", 7)});
            }
            return trouble;
        }
    }
}
