package io.holdfast.benchmarks.parts;

import io.holdfast.benchmarks.payload.Payload;
import io.holdfast.session.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the search for changes takes when a request ends that was handed all attributes of its session, carts of 1 KB that can be
 * changed. Each has to be encoded and compared; {@link #encode} is the encoding alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime) // for medians: other work on the machine spoils means, not them
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChangesBenchmark {
    @Param({"1", "10", "50"})
    private int attributes = 1;

    private final Object cart = Payload.CART.make();
    private String[] names = {};
    private TrackedSession session;
    private int requests;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before all else
    public ChangesBenchmark() {}

    @Setup
    public void prepare() {
        session = new TrackedSession(attributes);
        names = new String[attributes];
        for (int number = 0; number < attributes; number++) {
            names[number] = TrackedSession.name(number);
        }
    }

    /** A request that reads all and changes nothing. */
    @Benchmark
    public Map<String, Change> nothing(Blackhole consumer) {
        readAll(consumer);
        return commit(0);
    }

    /** A request that reads all and sets one, to a cart with a number that is another one each time. */
    @Benchmark
    public Map<String, Change> one(Blackhole consumer) {
        readAll(consumer);
        session.map().put(names[0], new ArrayList<>(List.of(cart, ++requests)));
        return commit(1);
    }

    /** Every value once, and nothing else. */
    @Benchmark
    public void encode(Blackhole consumer) {
        for (int number = 0; number < attributes; number++) {
            consumer.consume(session.codec().encode(cart));
        }
    }

    private void readAll(Blackhole consumer) {
        for (String name : names) {
            consumer.consume(session.map().get(name));
        }
    }

    private Map<String, Change> commit(int expected) {
        Map<String, Change> changes = session.commit();
        if (changes.size() != expected) {
            throw new IllegalStateException(changes.size() + " changes were found where there are " + expected);
        }
        session.nextRequest();
        return changes;
    }
}
