package io.holdfast.acceptance.consistency;

import io.holdfast.localredis.Reply;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.Tamper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ways of keeping sessions that lose something, played by forging what passes between the nodes and Redis. */
final class SeededFault {
    private static final String ATTRIBUTE_PREFIX = "@";
    private static final long SLOW_NETWORK_MILLIS = 5;
    /** Long enough for others to see what is then overwritten. */
    private static final long LENGTH_OF_A_REQUEST_MILLIS = 200;
    /** With no more than that left to live, a session has ended, and so is the lease of one whose end is told. */
    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(WorkNodes.GRACE_SECONDS);
    /** More than that. */
    private static final long LONG_TO_LIVE_MILLIS = 36_000_000;

    private SeededFault() {}

    /** No fault: a network in which what a commit writes arrives some milliseconds after it looked. */
    static Tamper slowNetwork() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                if (is("MULTI", command)) {
                    travel();
                }
                return command;
            }
        };
    }

    /** Commits, in such a network, are not checked against what others write between look and write. */
    static Tamper noWatch() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                if (is("MULTI", command)) {
                    travel();
                }
                return is("WATCH", command) ? List.of("CLIENT", "SETNAME", "unwatched") : command;
            }
        };
    }

    private static void travel() {
        try {
            TimeUnit.MILLISECONDS.sleep(SLOW_NETWORK_MILLIS);
        } catch (InterruptedException connectionEnds) {
            Thread.currentThread().interrupt();
        }
    }

    /** A commit does not see that the record has gone, and so creates it again. */
    static Tamper blindCreate() {
        Map<String, Reply> heads = new ConcurrentHashMap<>();
        return new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                if (isLook(command)) {
                    boolean gone = reply.elements().get(0).isNil();
                    if (!gone) {
                        heads.put(command.get(1), reply);
                    }
                    return gone ? heads.getOrDefault(command.get(1), reply) : reply;
                }
                boolean hasGone = is("PTTL", command) && reply.number() == -2 && heads.containsKey(command.get(1));
                return hasGone ? new Reply.Numeric(LONG_TO_LIVE_MILLIS) : reply;
            }
        };
    }

    /** At the end of a request, everything that it has read is written back. */
    static Tamper readCountsAsWrite(String redisUri) {
        return new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                if (is("HGETALL", command) && !reply.elements().isEmpty()) {
                    List<Object> write = new ArrayList<>(List.of("HSET", command.get(1)));
                    reply.fields().forEach((field, value) -> {
                        if (field.startsWith(ATTRIBUTE_PREFIX)) {
                            write.add(field);
                            write.add(value.bytes());
                        }
                    });
                    CompletableFuture.delayedExecutor(LENGTH_OF_A_REQUEST_MILLIS, TimeUnit.MILLISECONDS)
                            .execute(() -> writeIfThere(redisUri, write));
                }
                return reply;
            }
        };
    }

    private static void writeIfThere(String redisUri, List<Object> write) {
        try (RespConnection redis = RespConnection.open(redisUri)) {
            if (redis.send("EXISTS", write.get(1)).number() == 1) {
                redis.send(write.toArray());
            }
        }
    }

    /** Of what one request sets, a part is not written. */
    static Tamper halfCommit() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                int right = command.indexOf(ATTRIBUTE_PREFIX + "right");
                if (!is("HSET", command) || right < 0) {
                    return command;
                }
                List<String> half = new ArrayList<>(command);
                half.subList(right, right + 2).clear();
                return half;
            }
        };
    }

    /** Who ends a session believes that it is gone; others find it, and end it too. */
    static Tamper noEnd() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return is("RENAME", command) ? List.of("EXISTS", command.get(1)) : command;
            }
        };
    }

    /** Redis drops a session as soon as its time is over; nobody looks for those that are gone. */
    static Tamper timeToLiveAlone() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                boolean shortened = is("PEXPIRE", command) && isRecord(command.get(1));
                return shortened
                        ? List.of(
                                "PEXPIRE", command.get(1), Long.toString(Long.parseLong(command.get(2)) - GRACE_MILLIS))
                        : command;
            }

            @Override
            public Reply reply(List<String> command, Reply reply) {
                boolean lives = is("PTTL", command) && isRecord(command.get(1)) && reply.number() >= 0;
                return lives ? new Reply.Numeric(reply.number() + GRACE_MILLIS) : reply;
            }
        };
    }

    /** Who has told the end of a session does not note it, so the next one who looks tells it again. */
    static Tamper toldEndsAreForgotten() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                if (is("DEL", command) && command.get(1).contains("}:ended:")) {
                    return List.of("PEXPIRE", command.get(1), Long.toString(GRACE_MILLIS));
                }
                boolean done = is("ZREM", command) && command.get(1).contains(":expiry:");
                return done ? List.of("ZADD", command.get(1), "0", command.get(2)) : command;
            }
        };
    }

    /**
     * The answer to every second transaction in which commits change a list or count is lost, and that is taken for "not done"; not to one
     * in which another commit goes along.
     */
    static Tamper lostAnswerIsRefusal() {
        ThreadLocal<List<Boolean>> counts = ThreadLocal.withInitial(ArrayList::new); // of each commit
        AtomicInteger commits = new AtomicInteger();
        return new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                if (is("MULTI", command)) {
                    counts.get().clear();
                } else if (is("HSET", command)) {
                    counts.get().add(isCount(command));
                } else if (is("EXEC", command)
                        && counts.get().contains(true)
                        && !counts.get().contains(false)
                        && !reply.isNil()) {
                    return commits.incrementAndGet() % 2 == 0 ? Reply.Nil.NIL : reply;
                }
                return reply;
            }
        };
    }

    /** Whether a commit changes what can be changed twice; not a creation, and not one that would conflict with itself and fail. */
    private static boolean isCount(List<String> command) {
        boolean other = command.contains(ATTRIBUTE_PREFIX + "badge") || command.contains(ATTRIBUTE_PREFIX + "strict");
        return !other
                && (command.contains(ATTRIBUTE_PREFIX + "list") || command.contains(ATTRIBUTE_PREFIX + "counter"));
    }

    /** Some reads are answered by a replica that has not the latest writes. */
    static Tamper laggingReplica() {
        Map<String, Reply> replica = new ConcurrentHashMap<>();
        AtomicInteger reads = new AtomicInteger();
        return new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                if (!is("HGETALL", command) || reply.elements().isEmpty()) {
                    return reply;
                }
                Reply before = replica.put(command.get(1), reply);
                return before != null && reads.incrementAndGet() % 3 == 0 ? before : reply;
            }
        };
    }

    /** The note of what the latest commit wrote is empty, so nodes that fetch only what is newer miss it. */
    static Tamper noteLacksFields() {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                if (!is("HSET", command)) {
                    return command;
                }
                List<String> forged = new ArrayList<>(command);
                for (int field = 2; field + 1 < forged.size(); field += 2) {
                    if (forged.get(field).matches("w[0-6]")) {
                        forged.set(field + 1, forged.get(field + 1).replaceFirst("(?s):.*", ":"));
                    }
                }
                return forged;
            }
        };
    }

    /** Now and then a few reads fail, and are taken for "there is no such session". */
    static Tamper failureIsAbsence() {
        AtomicInteger reads = new AtomicInteger();
        return new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                boolean fails = is("HGETALL", command) && reads.incrementAndGet() % 60 < 4;
                return fails ? new Reply.Array(List.of()) : reply;
            }
        };
    }

    /** Whether a commit looks at what the record's version is. */
    private static boolean isLook(List<String> command) {
        return is("HMGET", command)
                && command.size() >= 5
                && command.subList(2, 5).equals(List.of("v", "m", "t"));
    }

    /** Whether a key is that of a session, and not of what goes with one. */
    private static boolean isRecord(String key) {
        return key.endsWith("}");
    }

    private static boolean is(String name, List<String> command) {
        return command.get(0).equalsIgnoreCase(name);
    }
}
