package io.holdfast.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What transactions of different records write, between one MULTI and one EXEC: all of it, or nothing. */
final class JointWrite {
    private final List<LaneTask<?>> tasks;
    private final boolean lookedTogether;
    private final List<RedisCall> calls = new ArrayList<>();
    private final RedisCall exec = RedisCall.of(RedisVerb.EXEC);

    /** {@code lookedTogether}: others, which may write nothing, have looked behind the same WATCH. */
    JointWrite(List<LaneTask<?>> tasks, boolean lookedTogether) {
        this.tasks = tasks;
        this.lookedTogether = lookedTogether;
        calls.add(RedisCall.of(RedisVerb.MULTI));
        tasks.forEach(task -> calls.addAll(task.writeCalls()));
        calls.add(exec);
    }

    List<LaneTask<?>> tasks() {
        return tasks;
    }

    /** From MULTI to EXEC. */
    List<RedisCall> calls() {
        return calls;
    }

    /** Whether it took no effect because something that is watched was changed. */
    boolean isOvertaken() {
        return exec.answer() == null;
    }

    /** Like {@link #isOvertaken}, and nobody can tell which of several transactions rests on that. */
    boolean isOvertakenTogether() {
        return lookedTogether && isOvertaken();
    }

    /** Whether it took no effect because Redis refused a command of one of several transactions. */
    boolean isAbortedTogether() {
        return tasks.size() > 1 && exec.answer() instanceof RedisError error && error.isAbort();
    }

    /** Whether EXEC itself failed, so that what is watched or queued on this connection is in doubt. */
    boolean isInDoubt() {
        return exec.answer() instanceof RedisError error && !error.isAbort();
    }

    /** The first command that Redis refused before it did any of them; null: none. */
    @Nullable
    RedisCall refused() {
        for (RedisCall call : calls) {
            if (call.answer() instanceof RedisError) {
                return call;
            }
        }
        return null;
    }

    /** Redis's answer if it failed with what one of them writes, while it did the others; null: it did not. */
    @Nullable
    RedisError errorOf(LaneTask<?> task) {
        List<@Nullable Object> answers = exec.list();
        int first = 0;
        for (LaneTask<?> each : tasks) {
            int behind = first + each.writeCalls().size();
            if (each == task) {
                return firstError(answers.subList(first, Math.min(behind, answers.size())));
            }
            first = behind;
        }
        throw new IllegalArgumentException("not a part of this");
    }

    private static @Nullable RedisError firstError(List<@Nullable Object> answers) {
        for (Object answer : answers) {
            if (answer instanceof RedisError error) {
                return error;
            }
        }
        return null;
    }
}
