package io.holdfast.benchmarks;

import io.holdfast.benchmarks.payload.Payload;
import io.holdfast.session.EncodedValue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a request pays for one attribute: {@link #decode} when it first asks for it, {@link #check} at its end to learn
 * whether it has changed, {@link #encode} when it is set anew.
 *
 * <p>Limits. One value is encoded again and again, by a codec that has seen its classes before: how an application runs
 * after its first minutes, with caches warmer than there. The class loader is the JVM's; that of a web application takes
 * longer to find a class, which Java serialization does in each stream, Holdfast once.
 *
 * <p>{@link CodecBenchmarkReport} says how to run it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime) // for medians: other work on the machine spoils means, not them
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    @Param
    private Payload payload = Payload.CART;

    @Param
    private Encoding encoding = Encoding.HOLDFAST;

    private Object value;
    private Encoding.Encoder encoder;
    private EncodedValue baseline;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before all else
    public CodecBenchmark() {}

    @Setup
    public void prepare() {
        value = payload.make();
        encoder = encoding.encoder(CodecBenchmark.class.getClassLoader());
        baseline = encoder.encode(value);
    }

    @Benchmark
    public EncodedValue encode() {
        return encoder.encode(value);
    }

    @Benchmark
    public Object decode() {
        return encoder.decode(baseline);
    }

    @Benchmark
    public boolean check() {
        return encoder.encode(value).equals(baseline);
    }
}
