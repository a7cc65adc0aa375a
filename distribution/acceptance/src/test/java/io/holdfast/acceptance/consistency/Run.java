package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.EndsChecker;
import io.holdfast.consistency.checker.EndsChecker.Interruption;
import io.holdfast.consistency.checker.Fate;
import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.SessionChecker;
import io.holdfast.consistency.planner.Planner;
import io.holdfast.consistency.planner.VisitPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Many visitors at once, until enough is done; then a look at what the listeners heard. */
final class Run {
    private static final int VISITORS_AT_ONCE = 12;

    /** Longer than the time-out and all that the rules allow on top. */
    private static final long EXPIRY_MILLIS = 3_600;

    /** How long listeners may take to hear of an end that is sure. */
    private static final long TELLING_SECONDS = 30;

    private final WorkNodes nodes;
    private final RunSettings settings;
    private final Client client;
    private final Planner planner;
    private final SessionChecker checker;
    private final Figures figures = new Figures();
    private final List<Fate> fates = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nextVisit = new AtomicLong();
    private final AtomicLong planned = new AtomicLong();
    private final Phaser underWay = new Phaser(1);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);

    Run(WorkNodes nodes, RunSettings settings) {
        this.nodes = nodes;
        this.settings = settings;
        client = new Client(nodes);
        planner = new Planner(settings.seed(), nodes.count());
        checker = new SessionChecker(settings.rules());
    }

    Client client() {
        return client;
    }

    /** Does everything; returns what was done and found. */
    Figures run(Supplier<List<Interruption>> interruptions) {
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS_AT_ONCE);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < VISITORS_AT_ONCE; i++) {
                all.add(CompletableFuture.runAsync(this::visit, visitors));
            }
            all.forEach(CompletableFuture::join);
            underWay.arriveAndAwaitAdvance();
        } finally {
            visitors.shutdownNow();
            later.shutdownNow();
        }
        checkEnds(interruptions.get());
        return figures;
    }

    private void visit() {
        while (true) {
            VisitPlan plan = planner.plan(nextVisit.getAndIncrement());
            if (planned.addAndGet(plan.operations()) - plan.operations() >= settings.operations()) {
                return;
            }
            Visit visit = new Visit(plan, client, nodes.count());
            visit.run();
            if (visit.isToExpire()) {
                underWay.register();
                var unused = later.schedule(() -> expire(visit), EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                finish(visit);
            }
        }
    }

    private void expire(Visit visit) {
        try {
            visit.lookAfterExpiry();
            finish(visit);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void finish(Visit visit) {
        figures.add(visit.calls(), checker.check(visit.calls()));
        if (!visit.record().isEmpty()) {
            fates.add(Fate.of(visit.record(), visit.calls()));
        }
    }

    private void checkEnds(List<Interruption> interruptions) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TELLING_SECONDS);
        EndsChecker ends = new EndsChecker(nodes.ends(), interruptions);
        while (fates.stream().anyMatch(ends::isAwaited) && System.nanoTime() - deadline < 0) {
            pollAgain();
            ends = new EndsChecker(nodes.ends(), interruptions);
        }
        for (Fate fate : fates) {
            List<Finding> findings = ends.check(fate);
            figures.addFindings(findings);
        }
    }

    private static void pollAgain() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
