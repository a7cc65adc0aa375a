package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.EndsChecker.Interruption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run was told, did and found.
 *
 * @param settings as they were told
 * @param redis version of Redis
 * @param figures what was done and found
 * @param seconds how long the visitors took
 * @param conflicts changes of one attribute by two requests, as the journal in Redis tells
 * @param retries commits that others overtook, as the managers tell; of nodes that were killed, those of their last life
 * @param lostLeases exclusive requests that lost their lease, counted likewise
 * @param faults how often what was broken
 */
record Report(
        RunSettings settings,
        String redis,
        Figures figures,
        double seconds,
        long conflicts,
        long retries,
        long lostLeases,
        String faults) {

    /** Does a run, and writes what came of it into a folder: this report, and all about the sessions in which something was found. */
    static Report of(WorkNodes nodes, RunSettings settings, Duration tellingTime, Path folder) {
        Incidents incidents = new Incidents();
        Histories histories = new Histories(folder, incidents);
        Run run = new Run(nodes, settings, histories);
        long start = System.nanoTime();
        String broken = "none";
        List<Interruption> interruptions = List.of();
        if (settings.faults()) {
            Faults faults = Faults.start(nodes, settings.seed(), incidents);
            try (faults) {
                run.visitAll();
            }
            broken = faults.toString();
            interruptions = faults.interruptions();
        } else {
            run.visitAll();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        run.checkEnds(interruptions, tellingTime);
        Report report = new Report(
                settings,
                nodes.redisVersion(),
                run.figures(),
                seconds,
                nodes.conflicts(),
                run.sum("commitRetries"),
                run.sum("lostLeases"),
                broken);
        histories.write("report", report.toString());
        return report;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[consistency] " + settings + "\n");
        text.append(figures.text());
        Figures.line(text, "conflicts", conflicts);
        Figures.line(text, "retries", retries);
        Figures.line(text, "lost leases", lostLeases);
        Figures.line(text, "faults", faults);
        Figures.line(text, "seconds", Math.round(seconds));
        Figures.line(text, "operations/s", Math.round(figures.operations() / seconds));
        Figures.line(text, "Redis", redis);
        Figures.line(text, "JDK", System.getProperty("java.version"));
        return text.toString();
    }
}
