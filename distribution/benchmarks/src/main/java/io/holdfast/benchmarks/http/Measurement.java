package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was seen while one candidate served one kind of requests once.
 *
 * @param load that the clients were
 * @param round counts from 1
 * @param wrk what the clients saw
 * @param served what the nodes counted: also what was under way when the clients stopped
 * @param containerCpuMicros processor time of all nodes
 * @param jvms what all nodes allocated on their heaps, and for how long they compiled
 * @param redisTripMicros how long a question to that Redis took right before, over a connection that waits for each answer
 * @param redis what Redis did meanwhile
 * @param databaseCpuMicros processor time of the database, for a candidate that has one
 * @param lostUpdates how many updates were answered with success and are not in the sessions; 0 where that is not counted
 */
record Measurement(
        Candidate candidate,
        RequestKind kind,
        Load load,
        int round,
        WrkResult wrk,
        Served served,
        double containerCpuMicros,
        JvmTotals jvms,
        double redisTripMicros,
        RedisFigures redis,
        double databaseCpuMicros,
        long lostUpdates) {
    private static final double MICROS_PER_MILLI = 1_000;

    @JsonProperty
    double containerCpuMicrosPerRequest() {
        return perRequest(containerCpuMicros);
    }

    @JsonProperty
    double containerAllocatedBytesPerRequest() {
        return perRequest((double) jvms.allocatedBytes());
    }

    /** In which part of the time a JIT compiler of each node worked; what was measured then was in part the compiler. */
    @JsonProperty
    double compilingShare() {
        return jvms.compilingMillis() * MICROS_PER_MILLI / ((double) wrk.micros() * Cluster.NODES);
    }

    @JsonProperty
    double redisCpuMicrosPerRequest() {
        return perRequest((double) redis.cpuMicros());
    }

    @JsonProperty
    double databaseCpuMicrosPerRequest() {
        return perRequest(databaseCpuMicros);
    }

    /** Of what sessions are kept in. */
    double storeCpuMicrosPerRequest() {
        return candidate.store().isDatabase() ? databaseCpuMicrosPerRequest() : redisCpuMicrosPerRequest();
    }

    @JsonProperty
    double redisCommandsPerRequest() {
        return perRequest((double) redis.commands());
    }

    @JsonProperty
    double redisReadsPerRequest() {
        return perRequest((double) redis.reads());
    }

    @JsonProperty
    double redisBytesPerRequest() {
        return perRequest((double) (redis.bytesIn() + redis.bytesOut()));
    }

    private double perRequest(double total) {
        return total / Math.max(1, served.requests());
    }
}
