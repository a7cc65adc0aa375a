package io.holdfast.demo.experiment;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Runs the experiments, one after the other, each on both sides at the same time. */
public final class Experiments implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Load WARM_UP = new Load(4, 50);

    private final URI front;
    private final Consumer<String> log;
    private final ExecutorService threads = Executors.newCachedThreadPool(Experiments::newThread);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads)
            .build();
    private final Map<Integer, Trial> latest = new ConcurrentSkipListMap<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Load load = Load.DEFAULT;
    private volatile boolean closed;

    /**
     * @param front the address that all requests go to
     * @param log told what each experiment found
     */
    public Experiments(URI front, Consumer<String> log) {
        this.front = front;
        this.log = log;
        renew(numbers());
    }

    /** The numbers by which experiments are asked for, from 1. */
    public Set<Integer> numbers() {
        return Experiment.NUMBERS;
    }

    /**
     * Sends a few requests that nobody counts. The first ones are slow, because the nodes load their classes with them, and
     * would say nothing about either session manager.
     *
     * @throws IllegalStateException if a part of the demo does not do its work
     */
    public void warmUp() {
        for (Integer number : numbers()) {
            Trial trial = new Trial(number);
            trial.run(http, front, WARM_UP, threads);
            trial.requireDone();
        }
    }

    /**
     * Runs these experiments and returns when they are done; {@link #results} tells meanwhile how far they are.
     *
     * @return empty if some are already running; then nothing was done
     */
    public Optional<Results> run(Set<Integer> numbers, Load chosen) {
        if (!running.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            load = chosen;
            renew(numbers);
            numbers.forEach(this::runLatest);
        } finally {
            running.set(false);
        }
        return Optional.of(results());
    }

    /** What has been found so far. */
    public Results results() {
        boolean now = running.get();
        return new Results(
                now, load, latest.values().stream().map(Trial::result).toList());
    }

    /** Gives up what is running. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }

    private void renew(Set<Integer> numbers) {
        numbers.forEach(number -> latest.put(number, new Trial(number)));
    }

    private void runLatest(Integer number) {
        Trial trial = Objects.requireNonNull(latest.get(number), () -> "There is no experiment " + number);
        trial.run(http, front, load, threads);
        if (!closed) {
            log.accept(trial.result().toString());
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "demo-experiment");
        thread.setDaemon(true);
        return thread;
    }
}
