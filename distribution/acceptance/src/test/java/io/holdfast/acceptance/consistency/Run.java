package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.EndsChecker;
import io.holdfast.consistency.checker.EndsChecker.Interruption;
import io.holdfast.consistency.checker.Fate;
import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.Kind;
import io.holdfast.consistency.checker.SessionChecker;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.consistency.planner.HotPlan;
import io.holdfast.consistency.planner.HotPlanner;
import io.holdfast.consistency.planner.Planner;
import io.holdfast.consistency.planner.VisitPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many visitors at once, until enough is done; then a look at what the listeners heard. */
final class Run {
    private static final int VISITORS_AT_ONCE = 12;

    /** Of four things that are done, one is done with a session that many use at once. */
    private static final int HOT_SHARE = 4;

    /** Longer than the time-out and all that the rules allow on top. */
    private static final long EXPIRY_MILLIS = 3_600;

    private static final long POLL_MILLIS = 500;

    private final WorkNodes nodes;
    private final RunSettings settings;
    private final Histories histories;
    private final Client client;
    private final Planner planner;
    private final HotPlanner hotPlanner;
    private final SessionChecker checker;
    private final Figures figures = new Figures();
    private final List<Fate> fates = Collections.synchronizedList(new ArrayList<>());

    /** What was found in sessions whose history is written down. */
    private final Map<String, List<Finding>> explained = new ConcurrentHashMap<>();

    private final AtomicLong nextVisit = new AtomicLong();
    private final AtomicLong planned = new AtomicLong();
    private final Phaser underWay = new Phaser(1);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);

    Run(WorkNodes nodes, RunSettings settings, Histories histories) {
        this.nodes = nodes;
        this.settings = settings;
        this.histories = histories;
        client = new Client(nodes);
        planner = new Planner(settings.seed(), nodes.count());
        hotPlanner = new HotPlanner(settings.seed(), nodes.count());
        checker = new SessionChecker(settings.rules());
    }

    /** Lets visitors do what is planned, and looks at what they saw. */
    void visitAll() {
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS_AT_ONCE + 1);
        ExecutorService hotVisitors = Executors.newFixedThreadPool(HotPlanner.VISITORS);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            all.add(CompletableFuture.runAsync(() -> visitHotSessions(hotVisitors), visitors));
            for (int i = 0; i < VISITORS_AT_ONCE; i++) {
                all.add(CompletableFuture.runAsync(this::visit, visitors));
            }
            all.forEach(CompletableFuture::join);
            underWay.arriveAndAwaitAdvance();
        } finally {
            visitors.shutdownNow();
            hotVisitors.shutdownNow();
            later.shutdownNow();
        }
    }

    /** What was done and found. */
    Figures figures() {
        return figures;
    }

    /** What the session managers of all nodes have counted under that name. */
    long sum(String figure) {
        return nodes.all().stream().mapToLong(node -> figure(node, figure)).sum();
    }

    private long figure(WorkNode node, String name) {
        return client.get(node.figuresUrl())
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("node " + node.name() + " does not tell " + name));
    }

    /** One after the other. */
    private void visitHotSessions(Executor hotVisitors) {
        long operations = 0;
        for (int i = 0; operations < settings.operations() / HOT_SHARE; i++) {
            HotPlan plan = hotPlanner.plan(i);
            operations += plan.operations();
            Conversation conversation = new Conversation(client, nodes.count(), "of hot visit " + plan.number());
            new HotVisit(plan, conversation, hotVisitors).run();
            finish(conversation);
        }
    }

    private void visit() {
        long operations = settings.operations() - settings.operations() / HOT_SHARE;
        while (true) {
            VisitPlan plan = planner.plan(nextVisit.getAndIncrement());
            if (planned.addAndGet(plan.operations()) - plan.operations() >= operations) {
                return;
            }
            Conversation conversation = new Conversation(client, nodes.count(), "of visit " + plan.number());
            Visit visit = new Visit(plan, client, conversation);
            visit.run();
            if (visit.isToExpire()) {
                underWay.register();
                var unused = later.schedule(() -> expire(visit, conversation), EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                finish(conversation);
            }
        }
    }

    private void expire(Visit visit, Conversation conversation) {
        try {
            visit.lookAfterExpiry();
            finish(conversation);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void finish(Conversation conversation) {
        List<Call> calls = conversation.calls();
        histories.keep(conversation.name(), calls);
        figures.add(calls);
        found(conversation.name(), checker.check(calls));
        if (!conversation.record().isEmpty()) {
            fates.add(Fate.of(conversation.record(), calls));
        }
    }

    /** Writes the session's history at once, because a long run may be broken off. */
    private void found(String session, List<Finding> findings) {
        if (figures.addFindings(findings, histories.file(session))) {
            List<Finding> all = explained.merge(
                    session,
                    findings,
                    (known, more) ->
                            Stream.concat(known.stream(), more.stream()).toList());
            histories.write(session, all, List.of());
        }
    }

    /**
     * Looks at what the listeners heard, once they have heard of all that ended, or had time to.
     *
     * @param interruptions when nodes were dead or stood still
     */
    void checkEnds(List<Interruption> interruptions, Duration tellingTime) {
        long deadline = System.nanoTime() + tellingTime.toNanos();
        EndsChecker ends = new EndsChecker(nodes.ends(), interruptions);
        while (fates.stream().anyMatch(ends::isAwaited) && System.nanoTime() - deadline < 0) {
            pollAgain();
            ends = new EndsChecker(nodes.ends(), interruptions);
        }
        pollAgain(); // whoever tells of an end a second time comes late
        List<SessionEnd> heard = nodes.ends();
        EndsChecker all = new EndsChecker(heard, interruptions);
        for (Fate fate : fates) {
            List<Finding> findings = all.check(fate).stream()
                    .map(finding -> finding.kind() == Kind.MISSING_END ? withRecord(finding, fate) : finding)
                    .toList();
            found(fate.record(), findings);
        }
        Map<String, List<SessionEnd>> bySession = heard.stream().collect(Collectors.groupingBy(SessionEnd::record));
        explained.forEach(
                (session, findings) -> histories.write(session, findings, bySession.getOrDefault(session, List.of())));
    }

    /** A record that is still there waits for a node to find it; one that is gone was ended by a node that told nobody. */
    private Finding withRecord(Finding finding, Fate fate) {
        String record = nodes.hasRecord(fate.record()) ? "; its record is still there" : "; its record is gone";
        return new Finding(finding.kind(), finding.text() + record, finding.evidence());
    }

    private static void pollAgain() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
