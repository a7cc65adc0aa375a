package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices attributes that share an object: one is, or directly holds, what the other is or directly holds. On this node a change
 * through one is seen through the other, but each is stored by itself, so on another node they are two objects. Told once for
 * each pair of names, for all sessions of one application.
 *
 * <p>Applications that do so do it in each session. So on a busy node not every commit has to be looked at.
 */
public final class Aliases {
    /** A look goes over all objects of a session that can change. */
    static final int LOOKS_A_SECOND = 100;

    private static final int MAX_REPORTED = 1_000;

    private final LongSupplier nanoTime;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    /** {@code nanoTime}: as {@link System#nanoTime()}. */
    public Aliases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Looks at what {@code map} holds alive, after a commit that wrote these attributes, unless there are very many. Decodes nothing. */
    public void look(AttributeMap map, Collection<String> written) {
        if (reported.size() >= MAX_REPORTED || !isAnyChangeable(map, written) || !isDue()) {
            return;
        }
        AttributeCodec codec = map.form().codec();
        IdentityHashMap<Object, Set<String>> owners = new IdentityHashMap<>();
        map.objects().forEach((attribute, object) -> {
            LiveValue live = changeable(map.slots().get(attribute));
            if (live != null && live.isOf(object)) {
                for (Object part : codec.changeableParts(object)) {
                    Set<String> names = owners.computeIfAbsent(part, key -> new HashSet<>());
                    if (names.add(attribute)) {
                        names.forEach(name -> report(map, name, attribute, part));
                    }
                }
            }
        });
    }

    private boolean isDue() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        if (second.getAndSet(now) != now) {
            looks.set(0);
        }
        return looks.incrementAndGet() <= LOOKS_A_SECOND;
    }

    private static boolean isAnyChangeable(AttributeMap map, Collection<String> names) {
        for (String name : names) {
            if (changeable(map.slots().get(name)) != null) {
                return true;
            }
        }
        return false;
    }

    /** The value, if it can be changed in place and is stored; null: it is not so, or not alive. */
    private static @Nullable LiveValue changeable(@Nullable Slot slot) {
        return slot instanceof Slot.Live shown && !shown.live.immutable && !shown.localOnly ? shown.live : null;
    }

    private void report(AttributeMap map, String one, String other, Object shared) {
        if (one.equals(other)) {
            return;
        }
        String first = one.compareTo(other) < 0 ? one : other;
        String second = one.compareTo(other) < 0 ? other : one;
        if (reported.add(first + '\n' + second)) {
            map.events()
                    .attributesShareObject(
                            map.record(), first, second, shared.getClass().getName());
        }
    }
}
