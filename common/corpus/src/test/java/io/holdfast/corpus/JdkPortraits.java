package io.holdfast.corpus;

import java.beans.PropertyChangeSupport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.Key;
import java.security.KeyPair;
import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import javax.security.auth.Subject;
import javax.swing.tree.DefaultMutableTreeNode;

/** Describes objects of JDK classes, whose fields are closed, by what their methods tell. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications use the old ones too
final class JdkPortraits {
    private static final Map<Class<?>, BiConsumer<Portrait, Object>> BY_CLASS = new LinkedHashMap<>();

    static {
        put(Throwable.class, JdkPortraits::addThrowable);
        put(Timestamp.class, (portrait, time) -> portrait.say(time.getTime() + " " + time.getNanos()));
        put(Date.class, (portrait, date) -> portrait.say("" + date.getTime()));
        put(Calendar.class, JdkPortraits::addCalendar);
        put(
                TimeZone.class,
                (portrait, zone) -> portrait.say(zone.getID() + " "
                        + (zone.getClass().getName().startsWith("sun.") ? zone.getRawOffset() : zone)));
        put(Optional.class, (portrait, optional) -> portrait.add(optional.isPresent() ? optional.get() : null));
        put(AtomicReference.class, (portrait, reference) -> portrait.add(reference.get()));
        put(AtomicReferenceArray.class, JdkPortraits::addReferences);
        put(ReentrantLock.class, (portrait, lock) -> portrait.say(lock.isFair() + " " + lock.isLocked()));
        put(
                ReentrantReadWriteLock.class,
                (portrait, lock) ->
                        portrait.say(lock.isFair() + " " + lock.isWriteLocked() + " " + lock.getReadLockCount()));
        put(
                Semaphore.class,
                (portrait, semaphore) -> portrait.say(semaphore.isFair() + " " + semaphore.availablePermits()));
        put(
                Random.class,
                (portrait, random) -> portrait.say("next " + copyOf(random).nextLong()));
        put(
                SimpleDateFormat.class,
                (portrait, format) -> portrait.say(format.toPattern() + " " + format.isLenient())
                        .say(" " + format.getTimeZone().getID()));
        put(DecimalFormat.class, (portrait, format) -> portrait.say(format.toPattern() + " " + format.format(-1234.5)));
        put(MessageFormat.class, (portrait, format) -> portrait.say(format.toPattern() + " " + format.getLocale()));
        put(Subject.class, JdkPortraits::addSubject);
        put(KeyPair.class, (portrait, pair) -> portrait.add(pair.getPublic()).add(pair.getPrivate()));
        put(
                Key.class,
                (portrait, key) -> portrait.say(
                        key.getAlgorithm() + " " + key.getFormat() + " " + Arrays.toString(key.getEncoded())));
        put(PropertyChangeSupport.class, (portrait, support) -> portrait.add(support.getPropertyChangeListeners()));
        put(DefaultMutableTreeNode.class, JdkPortraits::addTreeNode);
    }

    private JdkPortraits() {}

    @SuppressWarnings("unchecked") // is only given objects of that class
    private static <T> void put(Class<T> type, BiConsumer<Portrait, T> describer) {
        BY_CLASS.put(type, (BiConsumer<Portrait, Object>) describer);
    }

    static void add(Portrait portrait, Object value) {
        for (Map.Entry<Class<?>, BiConsumer<Portrait, Object>> entry : BY_CLASS.entrySet()) {
            if (entry.getKey().isInstance(value)) {
                entry.getValue().accept(portrait, value);
                return;
            }
        }
        if (value.getClass().isHidden() || value instanceof java.util.Comparator) {
            return;
        }
        String text = value.toString();
        if (Fields.isJdkClass(value.getClass())) {
            if (text.contains("@" + Integer.toHexString(System.identityHashCode(value)))) {
                throw new AssertionError("a portrait of " + value.getClass().getName() + " is missing");
            }
            portrait.say(text);
        }
    }

    /** Properties fall back on others, which are none of their entries. */
    static void addDefaults(Portrait portrait, Map<?, ?> map) {
        if (map instanceof Properties properties) {
            Map<String, String> all = new TreeMap<>();
            properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
            portrait.say("with defaults " + all + "; ");
        }
    }

    private static void addThrowable(Portrait portrait, Throwable throwable) {
        portrait.add("message", throwable.getMessage())
                .add("cause", throwable.getCause())
                .add("suppressed", throwable.getSuppressed());
        for (StackTraceElement element : throwable.getStackTrace()) {
            portrait.say(element.getClassName() + "." + element.getMethodName() + ":" + element.getLineNumber() + "; ");
        }
    }

    private static void addCalendar(Portrait portrait, Calendar calendar) {
        Calendar copy = (Calendar) calendar.clone(); // asking it for the time may change it
        portrait.say(copy.getCalendarType() + " " + copy.getTimeInMillis() + " " + copy.isLenient() + " ")
                .say(copy.getFirstDayOfWeek() + " " + copy.getMinimalDaysInFirstWeek() + " ")
                .add(copy.getTimeZone())
                .say(
                        copy instanceof GregorianCalendar gregorian
                                ? " " + gregorian.getGregorianChange().getTime()
                                : "");
    }

    private static void addReferences(Portrait portrait, AtomicReferenceArray<?> array) {
        for (int i = 0; i < array.length(); i++) {
            portrait.add("" + i, array.get(i));
        }
    }

    private static void addSubject(Portrait portrait, Subject subject) {
        // Its sets are new ones each time, or of a class of their own.
        Set<Object> principals = Collections.newSetFromMap(new LinkedHashMap<>());
        principals.addAll(subject.getPrincipals());
        portrait.add("principals", principals.toArray()).say(subject.isReadOnly() ? "read-only" : "");
    }

    private static void addTreeNode(Portrait portrait, DefaultMutableTreeNode node) {
        portrait.add("object", node.getUserObject()).add("parent", node.getParent());
        Collections.list(node.children()).forEach(child -> portrait.add("child", child));
    }

    /** A copy: each number that is asked of the original changes it. */
    private static Random copyOf(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(random);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Random) input.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
