package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.Machine;
import io.holdfast.benchmarks.server.Jvm;
import io.holdfast.benchmarks.server.PostgreSqlPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Without which figures mean nothing.
 *
 * @param started when
 * @param revision of the source, with {@code -dirty} if it was changed since; or "unknown"
 * @param othersBusyProcessors how many processors others kept busy between measurements, at worst; negative if the system does not tell
 * @param versions of all that takes part
 */
public record Conditions(
        String started, String revision, Machine machine, double othersBusyProcessors, Map<String, String> versions) {
    static Conditions here(Wrk wrk) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("holdfast", System.getProperty("holdfast.version", "unknown"));
        versions.put("redisson", System.getProperty("redisson.version", "unknown"));
        versions.put("spring-session", System.getProperty("spring-session.version", "unknown"));
        versions.put("h2", System.getProperty("h2.version", "unknown"));
        versions.put(
                "postgresql",
                PostgreSqlPrograms.find().map(PostgreSqlPrograms::version).orElse("not here"));
        versions.put("postgresql-driver", System.getProperty("postgresql-driver.version", "unknown"));
        versions.put("hikaricp", System.getProperty("hikaricp.version", "unknown"));
        versions.put("tomcat", TomcatHome.version());
        versions.put("jetty", JettyHome.version());
        versions.put("wrk", wrk.version());
        versions.put("node-jvm-options", Jvm.OPTIONS);
        return here(versions);
    }

    /** Now and here, as others use the machine during the next second; with the versions of what takes part. */
    public static Conditions here(Map<String, String> versions) {
        Map<String, String> all = new LinkedHashMap<>(versions);
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return new Conditions(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                currentRevision(),
                Machine.here(),
                OtherWork.busyProcessors(),
                all);
    }

    /** The same, with the version of one thing more. */
    Conditions with(String name, String version) {
        Map<String, String> more = new LinkedHashMap<>(versions);
        more.put(name, version);
        return new Conditions(started, revision, machine, othersBusyProcessors, more);
    }

    /** The same after one more look, of a second, at what others do. */
    public Conditions lookedAgain() {
        return withOthersBusy(OtherWork.busyProcessors());
    }

    /** The same after one more look at what others do. */
    Conditions withOthersBusy(double processors) {
        return new Conditions(started, revision, machine, Math.max(othersBusyProcessors, processors), versions);
    }

    /** Whether nobody else used the machine; also if the system does not tell. */
    public boolean quiet() {
        return othersBusyProcessors < OtherWork.QUIET;
    }

    /** What readers must not overlook; empty on a quiet machine. */
    String warning() {
        return quiet()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Others kept %.1f processors of this machine busy; these figures say nothing.",
                        othersBusyProcessors);
    }

    private static String currentRevision() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*").start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? "unknown" : answer;
        } catch (IOException withoutGit) {
            return "unknown";
        }
    }
}
