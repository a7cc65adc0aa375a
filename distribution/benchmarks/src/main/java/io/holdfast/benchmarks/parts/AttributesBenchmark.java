package io.holdfast.benchmarks.parts;

import io.holdfast.benchmarks.payload.Payload;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an application pays for each access to an attribute while its request runs: in the attribute map, and in the map that Tomcat's
 * own sessions have. The objects can be changed, so the attribute map has to note what it hands out.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime) // for medians: other work on the machine spoils means, not them
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AttributesBenchmark.TIMES)
public class AttributesBenchmark {
    /** Looking at the clock takes as long as one access does. */
    static final int TIMES = 100;

    private static final int ATTRIBUTES = 10;

    private final Map<String, Object> plain = new ConcurrentHashMap<>();
    private final String[] names = new String[ATTRIBUTES];
    private TrackedSession session;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before all else
    public AttributesBenchmark() {}

    @Setup
    public void prepare() {
        session = new TrackedSession(ATTRIBUTES);
        for (int number = 0; number < ATTRIBUTES; number++) {
            names[number] = TrackedSession.name(number);
            plain.put(names[number], Payload.CART.make());
        }
    }

    @Benchmark
    public void get(Blackhole consumer) {
        get(session.map(), consumer);
    }

    @Benchmark
    public void getPlain(Blackhole consumer) {
        get(plain, consumer);
    }

    private void get(Map<String, Object> map, Blackhole consumer) {
        for (int time = 0; time < TIMES; time++) {
            consumer.consume(map.get(names[time % ATTRIBUTES]));
        }
    }

    @Benchmark
    public void put(Blackhole consumer) {
        put(session.map(), consumer);
    }

    @Benchmark
    public void putPlain(Blackhole consumer) {
        put(plain, consumer);
    }

    private void put(Map<String, Object> map, Blackhole consumer) {
        for (int time = 0; time < TIMES; time++) {
            consumer.consume(map.put(names[time % ATTRIBUTES], new AtomicInteger(time)));
        }
    }

    @Benchmark
    public void putAndRemove(Blackhole consumer) {
        putAndRemove(session.map(), consumer);
    }

    @Benchmark
    public void putAndRemovePlain(Blackhole consumer) {
        putAndRemove(plain, consumer);
    }

    private void putAndRemove(Map<String, Object> map, Blackhole consumer) {
        for (int time = 0; time < TIMES; time++) {
            String name = names[time % ATTRIBUTES];
            consumer.consume(map.put(name, new AtomicInteger(time)));
            consumer.consume(map.remove(name));
        }
    }
}
