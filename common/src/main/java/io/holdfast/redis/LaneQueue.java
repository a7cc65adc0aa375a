package io.holdfast.redis;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** The transactions that wait for a lane, in order; those of one record keep theirs. Not for several threads. */
final class LaneQueue {
    /** Linked, so that there is no array that could not grow when the heap is full. */
    private final Deque<LaneTask<?>> waiting = new ConcurrentLinkedDeque<>();

    void add(LaneTask<?> task) {
        waiting.addLast(task);
    }

    /** It is next. */
    void putBack(LaneTask<?> task) {
        waiting.addFirst(task);
    }

    /** They are next, in this order. */
    void putBack(List<LaneTask<?>> tasks) {
        for (int i = tasks.size() - 1; i >= 0; i--) {
            putBack(tasks.get(i));
        }
    }

    boolean isEmpty() {
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
        }
        return waiting.isEmpty();
    }

    void forEach(Consumer<LaneTask<?>> action) {
        waiting.forEach(action);
    }

    /**
     * Takes those that come next and may go together, at most so many; empty: none waits. Nobody gets ahead of one that has to go
     * alone, or with fewer.
     *
     * @param taking told of each before it is taken
     */
    List<LaneTask<?>> next(int most, Consumer<LaneTask<?>> taking) {
        List<LaneTask<?>> next = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        Iterator<LaneTask<?>> candidates = waiting.iterator();
        int room = most;
        while (next.size() < room && candidates.hasNext()) {
            LaneTask<?> task = candidates.next();
            if (task.isOver()) {
                candidates.remove();
            } else if (next.size() >= task.mostTogether()) {
                return next;
            } else if (passed.add(task.record())) {
                room = Math.min(room, task.mostTogether());
                taking.accept(task);
                candidates.remove();
                next.add(task);
            }
        }
        return next;
    }
}
