package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.EndsChecker.Interruption;
import io.holdfast.localredis.RespConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Breaks things, one after the other, in an order that the seed decides, until it is closed. */
final class Faults implements AutoCloseable {
    private static final int MOST_PAUSE_MILLIS = 3_000;
    private static final long STAND_STILL_MILLIS = 5_000;
    private static final int CUTS = 5;

    private enum Fault {
        /** A connection goes when its EXEC is about to be sent. */
        CUT_BEFORE_EXEC(4),
        /** A connection goes when its EXEC has been done, and nobody hears of it. */
        CUT_AFTER_EXEC(4),
        /** A connection goes while a session is loaded. */
        CUT_AFTER_LOAD(2),
        /** Redis answers nobody for some seconds. */
        REDIS_PAUSED(1),
        /** A node stands still for 5 seconds: SIGSTOP. */
        NODE_STOPPED(1),
        /** A node is killed, and started again: SIGKILL. */
        NODE_KILLED(1);

        private final int weight;

        Fault(int weight) {
            this.weight = weight;
        }
    }

    private final WorkNodes nodes;
    private final Incidents incidents;
    private final SplittableRandom random;
    private final List<Fault> lots = new ArrayList<>();
    private final List<Interruption> interruptions = Collections.synchronizedList(new ArrayList<>());
    private final Map<Fault, Integer> happened = Collections.synchronizedMap(new EnumMap<>(Fault.class));
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Throwable failure;
    private final Thread thread = new Thread(this::breakThings, "faults");

    private Faults(WorkNodes nodes, long seed, Incidents incidents) {
        this.nodes = nodes;
        this.incidents = incidents;
        random = new SplittableRandom(seed);
        for (Fault fault : Fault.values()) {
            lots.addAll(Collections.nCopies(fault.weight, fault));
        }
    }

    /** Begins, behind nodes that have proxies; what breaks is noted among the incidents. */
    static Faults start(WorkNodes nodes, long seed, Incidents incidents) {
        Faults faults = new Faults(nodes, seed, incidents);
        faults.thread.start();
        return faults;
    }

    /** When nodes were dead or stood still, so far. */
    List<Interruption> interruptions() {
        return List.copyOf(interruptions);
    }

    /** How often what happened. */
    @Override
    public String toString() {
        return happened.toString();
    }

    /**
     * Breaks nothing more; all nodes run then.
     *
     * @throws AssertionError if a node did not come back
     */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError("what was broken could not be repaired", failure);
        }
    }

    private void breakThings() {
        while (!closedWithin(random.nextInt(MOST_PAUSE_MILLIS))) {
            Fault fault = lots.get(random.nextInt(lots.size()));
            WorkNode node = nodes.node(random.nextInt(nodes.count()));
            happened.merge(fault, 1, Integer::sum);
            try {
                apply(fault, node);
            } catch (RuntimeException | AssertionError e) {
                failure = e;
                return;
            }
        }
    }

    private void apply(Fault fault, WorkNode node) {
        long from = System.currentTimeMillis();
        switch (fault) {
            case CUT_BEFORE_EXEC -> {
                for (int i = 0; i < CUTS; i++) {
                    node.proxy().cutInsteadOfSending(strikes("EXEC", fault, node));
                    closedWithin(MOST_PAUSE_MILLIS / 10);
                }
            }
            case CUT_AFTER_EXEC -> {
                for (int i = 0; i < CUTS; i++) {
                    node.proxy().cutAfterSending(strikes("EXEC", fault, node));
                    closedWithin(MOST_PAUSE_MILLIS / 10);
                }
            }
            case CUT_AFTER_LOAD -> node.proxy().cutAfterSending(strikes("HGETALL", fault, node));
            case REDIS_PAUSED -> pauseRedis();
            case NODE_STOPPED -> {
                incidents.note(fault + " " + node.name());
                node.process().suspend();
                closedWithin(STAND_STILL_MILLIS);
                node.process().resume();
                incidents.note(node.name() + " goes on");
                interruptions.add(new Interruption(node.name(), from, System.currentTimeMillis()));
            }
            case NODE_KILLED -> {
                incidents.note(fault + " " + node.name());
                node.killAndRestart();
                incidents.note(node.name() + " is back");
                interruptions.add(new Interruption(node.name(), from, System.currentTimeMillis()));
            }
        }
    }

    /** The next command of this name; that it came is noted. */
    private Predicate<List<String>> strikes(String name, Fault fault, WorkNode node) {
        return command -> {
            boolean due = command.get(0).equalsIgnoreCase(name);
            if (due) {
                incidents.note(fault + " on " + node.name());
            }
            return due;
        };
    }

    private void pauseRedis() {
        int millis = 1 + random.nextInt(MOST_PAUSE_MILLIS);
        try (RespConnection redis = RespConnection.open(nodes.redis().uri())) {
            incidents.note(Fault.REDIS_PAUSED + " for " + millis + " ms");
            redis.send("CLIENT", "PAUSE", Integer.toString(millis), "ALL");
        }
    }

    private boolean closedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
