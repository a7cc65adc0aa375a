package io.holdfast.benchmarks.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Candidates that are compared with each other, all started for one round. They are measured one right after the other, while those that are not asked do
 * nothing: a machine that becomes slower within minutes does so for all.
 */
final class Lineup implements AutoCloseable {
    private final Wrk wrk;
    private final List<RequestKind> kinds;
    private final Schedule schedule;
    private final List<Cluster> clusters = new ArrayList<>();

    private Lineup(Wrk wrk, List<RequestKind> kinds, Schedule schedule) {
        this.wrk = wrk;
        this.kinds = kinds;
        this.schedule = schedule;
    }

    /**
     * Starts all of them, and warms them up, one after the other.
     *
     * @param kinds of requests that will be measured
     */
    static Lineup start(List<Candidate> candidates, Load load, Wrk wrk, List<RequestKind> kinds, Schedule schedule) {
        Lineup lineup = new Lineup(wrk, kinds, schedule);
        try {
            for (Candidate candidate : candidates) {
                Cluster cluster = Cluster.start(candidate, load);
                lineup.clusters.add(cluster);
                WarmUp.withAll(cluster, wrk, kinds, schedule.settleSeconds());
            }
            return lineup;
        } catch (RuntimeException e) {
            lineup.close();
            throw e;
        }
    }

    String redisVersion() {
        return clusters.get(0).redisVersion();
    }

    /**
     * Measures each with one kind of requests after the other. Another one is the first each time: whoever follows a certain other one
     * always, could always have to do with what that leaves behind.
     *
     * @param round counts from 1
     * @param whileIdle is run between warming up and measuring, when nobody asks for anything
     * @param measured takes each measurement
     */
    void measure(int round, Runnable whileIdle, Consumer<Measurement> measured) {
        for (int number = 0; number < kinds.size(); number++) {
            RequestKind kind = kinds.get(number);
            List<Cluster> inTurn = beginningWith(round - 1 + number, clusters);
            for (Cluster cluster : inTurn) {
                WarmUp.with(cluster, wrk, kind, schedule.warmUpSeconds());
            }
            whileIdle.run();
            for (Cluster cluster : inTurn) {
                measured.accept(cluster.measure(round, wrk, kind, schedule.measureSeconds()));
            }
        }
    }

    /** All of them in their order, the one with this number first, and behind the last the first. */
    static <T> List<T> beginningWith(int first, List<T> all) {
        List<T> turned = new ArrayList<>(all);
        Collections.rotate(turned, -first);
        return turned;
    }

    /** The processor time that all nodes and databases have used so far. */
    Duration cpu() {
        return clusters.stream().map(Cluster::cpuOfAll).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (Cluster cluster : clusters) {
            try {
                cluster.close();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
