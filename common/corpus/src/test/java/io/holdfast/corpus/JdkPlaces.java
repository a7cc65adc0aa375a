package io.holdfast.corpus;

import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import javax.swing.tree.DefaultMutableTreeNode;

/** What methods of other JDK classes change. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications use the old ones too
final class JdkPlaces {
    private static final Map<Class<?>, Function<Object, Place>> BY_CLASS = new LinkedHashMap<>();

    static {
        addTexts();
        addTimes();
        addAtomics();
        addReferences();
        put(Random.class, random -> Place.forGood("number taken", random::nextInt));
        put(Semaphore.class, semaphore -> exact("release", semaphore::release, semaphore::tryAcquire));
        put(Throwable.class, throwable -> {
            StackTraceElement[] old = throwable.getStackTrace();
            StackTraceElement added = new StackTraceElement("A", "b", "A.java", old.length);
            return exact(
                    "stack trace",
                    () -> throwable.setStackTrace(new StackTraceElement[] {added}),
                    () -> throwable.setStackTrace(old));
        });
        put(DefaultMutableTreeNode.class, node -> {
            Object old = node.getUserObject();
            return exact("user object", () -> node.setUserObject("another"), () -> node.setUserObject(old));
        });
    }

    private JdkPlaces() {}

    static void add(List<Place> places, Object object) {
        BY_CLASS.forEach((type, place) -> {
            if (type.isInstance(object)) {
                places.add(place.apply(object));
            }
        });
    }

    @SuppressWarnings("unchecked") // is only given objects of that class
    private static <T> void put(Class<T> type, Function<T, Place> place) {
        BY_CLASS.put(type, (Function<Object, Place>) place);
    }

    private static Place exact(String description, Runnable change, Runnable undo) {
        return Place.exact(description, change, undo);
    }

    private static void addTexts() {
        put(StringBuilder.class, builder -> {
            int length = builder.length();
            return exact("append", () -> builder.append('x'), () -> builder.setLength(length));
        });
        put(StringBuffer.class, buffer -> {
            int length = buffer.length();
            return exact("append", () -> buffer.append('x'), () -> buffer.setLength(length));
        });
        put(BitSet.class, bits -> exact("flip", () -> bits.flip(70), () -> bits.flip(70)));
        put(SimpleDateFormat.class, format -> {
            String old = format.toPattern();
            return exact("pattern", () -> format.applyPattern("yy"), () -> format.applyPattern(old));
        });
        put(DecimalFormat.class, format -> {
            int old = format.getMaximumFractionDigits();
            return exact(
                    "digits",
                    () -> format.setMaximumFractionDigits(old + 1),
                    () -> format.setMaximumFractionDigits(old));
        });
        put(MessageFormat.class, format -> Place.forGood("pattern", () -> format.applyPattern("{1} or {0}")));
    }

    private static void addTimes() {
        put(Date.class, date -> {
            long old = date.getTime();
            int nanos = date instanceof Timestamp timestamp ? timestamp.getNanos() : 0;
            return exact("time", () -> date.setTime(old + 86_400_000), () -> {
                date.setTime(old);
                if (date instanceof Timestamp timestamp) {
                    timestamp.setNanos(nanos);
                }
            });
        });
        put(Timestamp.class, timestamp -> {
            int old = timestamp.getNanos();
            return exact("nanos", () -> timestamp.setNanos(old ^ 1), () -> timestamp.setNanos(old));
        });
        put(Calendar.class, calendar -> Place.forGood("month", () -> calendar.add(Calendar.MONTH, 1)));
        put(SimpleTimeZone.class, zone -> {
            int old = zone.getRawOffset();
            return exact("offset", () -> zone.setRawOffset(old + 1_000), () -> zone.setRawOffset(old));
        });
        put(TimeZone.class, zone -> {
            String old = zone.getID();
            return exact("id", () -> zone.setID("Another"), () -> zone.setID(old));
        });
    }

    private static void addAtomics() {
        put(AtomicBoolean.class, flag -> {
            boolean old = flag.get();
            return exact("set", () -> flag.set(!old), () -> flag.set(old));
        });
        put(AtomicInteger.class, number -> exact("increment", number::incrementAndGet, number::decrementAndGet));
        put(AtomicLong.class, number -> exact("increment", number::incrementAndGet, number::decrementAndGet));
        put(
                AtomicIntegerArray.class,
                array -> exact("increment", () -> array.incrementAndGet(1), () -> array.decrementAndGet(1)));
        put(
                AtomicLongArray.class,
                array -> exact("increment", () -> array.incrementAndGet(1), () -> array.decrementAndGet(1)));
        put(LongAdder.class, adder -> exact("increment", adder::increment, adder::decrement));
        put(DoubleAdder.class, adder -> exact("add", () -> adder.add(2), () -> adder.add(-2)));
        put(LongAccumulator.class, accumulator -> Place.forGood("accumulate", () -> accumulator.accumulate(99)));
        put(DoubleAccumulator.class, accumulator -> Place.forGood("accumulate", () -> accumulator.accumulate(-99)));
    }

    @SuppressWarnings("unchecked") // nobody reads what it is set to
    private static void addReferences() {
        put(AtomicReference.class, reference -> {
            Object old = reference.get();
            return exact("set", () -> reference.set("another"), () -> reference.set(old));
        });
        put(AtomicReferenceArray.class, array -> {
            Object old = array.get(0);
            return exact("set", () -> array.set(0, "another"), () -> array.set(0, old));
        });
    }
}
