package io.holdfast.corpus;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Classes that say themselves how they are serialized. */
@SuppressWarnings({"serial", "unused", "JavaUtilDate"}) // what applications hold; fields that only have to survive
final class ContractSamples {
    /** Writes a field by hand that is transient, and computes another. */
    static final class Password implements Serializable {
        private static final long serialVersionUID = 1;
        private String user = "ada";
        private transient String secret;
        private transient int length;

        Password(String secret) {
            this.secret = secret;
            this.length = secret.length();
        }

        private void writeObject(ObjectOutputStream output) throws IOException {
            output.defaultWriteObject();
            output.writeObject(new StringBuilder(secret).reverse().toString());
        }

        private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
            input.defaultReadObject();
            secret = new StringBuilder((String) input.readObject()).reverse().toString();
            length = secret.length();
        }
    }

    static class Versioned implements Serializable {
        private static final long serialVersionUID = 1;
        private int version = 1;

        private void writeObject(ObjectOutputStream output) throws IOException {
            output.defaultWriteObject();
        }
    }

    /** Has no contract itself. */
    static final class Inheriting extends Versioned {
        private static final long serialVersionUID = 1;
        private String name = "inherits";
        private final List<Object> parts = new ArrayList<>(List.of(new Date(5)));
    }

    static final class NoData implements Serializable {
        private static final long serialVersionUID = 1;
        private int number = 3;

        private void readObjectNoData() {
            number = -1;
        }
    }

    static final class Singleton implements Serializable {
        private static final long serialVersionUID = 1;
        static final Singleton INSTANCE = new Singleton();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    /** Stored as something else. */
    static final class Period implements Serializable {
        private static final long serialVersionUID = 1;
        private int from;
        private int to;

        Period(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private Object writeReplace() {
            return new Form(from + "-" + to);
        }

        private record Form(String text) implements Serializable {
            private Object readResolve() {
                String[] parts = text.split("-", -1);
                return new Period(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        }
    }

    /** Public, as its constructor has to be. */
    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;
        private String name = "";
        private int size;

        /** Called when it is read. */
        public External() {}

        @Override
        public void writeExternal(ObjectOutput output) throws IOException {
            output.writeUTF(name);
            output.writeInt(size);
        }

        @Override
        public void readExternal(ObjectInput input) throws IOException {
            name = input.readUTF();
            size = input.readInt();
        }
    }

    static final class Listed implements Serializable {
        private static final long serialVersionUID = 1;
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("kept", String.class)};
        private @Nullable String kept = "kept";
    }

    /** Its superclass has a constructor, and fields that are not stored. */
    static class Plain {
        private final int number;

        Plain() {
            number = 11;
        }
    }

    static final class ExtendsPlain extends Plain implements Serializable {
        private static final long serialVersionUID = 1;
        private String own = "own";
    }

    static final class LazyField implements Serializable {
        private static final long serialVersionUID = 1;
        private String text = "base";
        private transient @Nullable List<String> lines;

        List<String> lines() {
            lines = Objects.requireNonNullElse(lines, List.of(text, text));
            return lines;
        }
    }

    private ContractSamples() {}

    static List<Sample> all() {
        return new SampleList("contract")
                .add("writeObject and readObject", () -> new Password("s3cret"))
                .add("writeObject, inherited", Inheriting::new)
                .add("readObjectNoData", NoData::new)
                .add(
                        "readResolve to a singleton",
                        () -> Singleton.INSTANCE,
                        value -> value == Singleton.INSTANCE ? "the only one" : "another one")
                .add("writeReplace and readResolve", () -> new Period(3, 9))
                .add("writeReplace, twice the same", () -> {
                    Period period = new Period(1, 2);
                    return new ArrayList<>(List.of(period, period));
                })
                .add("Externalizable", ContractSamples::external)
                .add("serialPersistentFields", Listed::new)
                .add("superclass that is not serializable", ExtendsPlain::new)
                .add("transient field that is filled when needed", LazyField::new)
                .add("calendar beside a contract", () -> {
                    OwnClassSamples.Holder holder = new OwnClassSamples.Holder(new Password("x"));
                    holder.second = new GregorianCalendar(2024, 1, 29);
                    return holder;
                })
                .toList();
    }

    private static External external() {
        External external = new External();
        external.name = "external";
        external.size = 4;
        return external;
    }
}
