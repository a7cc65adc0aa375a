package io.holdfast.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first look of transactions of different records, behind one WATCH of all that they rest on. */
final class JointLook {
    private final List<LaneTask<?>> tasks = new ArrayList<>();
    private final List<RedisCall> calls = new ArrayList<>();

    /** One that cannot look fails, and is not among its {@link #tasks}. */
    JointLook(List<LaneTask<?>> next) {
        List<byte[]> watched = new ArrayList<>();
        List<RedisCall> looks = new ArrayList<>();
        for (LaneTask<?> task : next) {
            try {
                List<byte[]> keys = task.watched();
                looks.addAll(task.startLook());
                watched.addAll(keys);
                tasks.add(task);
            } catch (RuntimeException e) {
                task.fail(e);
            }
        }
        if (!tasks.isEmpty()) {
            calls.add(RedisCall.of(RedisVerb.WATCH, watched));
            calls.addAll(looks);
        }
    }

    List<LaneTask<?>> tasks() {
        return tasks;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether several are behind the WATCH, so that an EXEC may fail for what one of them rests on that writes nothing. */
    boolean isOfSeveral() {
        return tasks.size() > 1;
    }

    List<RedisCall> calls() {
        return calls;
    }

    /** The WATCH, if Redis has refused it, as a cluster does where keys belong to several slots; else null. */
    @Nullable
    RedisCall refusedWatch() {
        RedisCall watch = calls.get(0);
        return watch.error() == null ? null : watch;
    }
}
