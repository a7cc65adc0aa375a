package io.holdfast.acceptance.consistency;

import io.holdfast.acceptance.JettyLine;
import io.holdfast.acceptance.Line;
import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.checker.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a run is to do.
 *
 * @param operations about how many things to do with sessions
 * @param seed decides what visitors do, and when things break
 * @param faults whether nodes are killed and stopped, and Redis and connections to it break
 * @param nodes how many there are; the lines of Tomcat and one of Jetty take turns
 * @param policy that decides on most attributes, on all nodes: {@code merge} or {@code last-write-wins}
 */
record RunSettings(long operations, long seed, boolean faults, int nodes, String policy) {
    private static final String MERGE = "merge";
    private static final long SHORT_RUN = 100_000;

    RunSettings {
        if (!policy.equals(MERGE) && !policy.equals("last-write-wins")) {
            throw new IllegalArgumentException(
                    "-Dconsistency.policy=" + policy + " is not known; it takes merge or last-write-wins");
        }
    }

    /** As the system properties {@code consistency.…} say; faults belong to long runs. */
    static RunSettings fromProperties() {
        long operations = Long.getLong("consistency.operations", SHORT_RUN);
        return new RunSettings(
                operations,
                Long.getLong("consistency.seed", 1),
                Boolean.parseBoolean(
                        System.getProperty("consistency.faults", Boolean.toString(operations >= 3 * SHORT_RUN))),
                Integer.getInteger("consistency.nodes", TomcatLine.values().length + 1),
                System.getProperty("consistency.policy", MERGE));
    }

    /** Whether it takes more than a minute. */
    boolean isLong() {
        return operations > SHORT_RUN;
    }

    /** What the nodes are: Tomcats, and a Jetty, of which the seed decides the line. */
    List<Line> lines() {
        List<Line> all = new ArrayList<>(List.of(TomcatLine.values()));
        JettyLine[] jettys = JettyLine.values();
        all.add(jettys[(int) Math.floorMod(seed, (long) jettys.length)]);
        return IntStream.range(0, nodes)
                .mapToObj(node -> all.get(node % all.size()))
                .toList();
    }

    /** Settings of Holdfast: two attributes have policies of their own, and some requests are alone. */
    Map<String, String> promises() {
        return Map.of(
                "exclusive",
                "pattern:/workload/alone",
                "conflictPolicy",
                policy + "; strict=fail; first=first-write-wins");
    }

    /** Where the report of such a run goes, and what explains its findings. */
    Path folder() {
        return Path.of("target", "consistency", "seed-" + seed);
    }

    Rules rules() {
        return new Rules(policy.equals(MERGE), faults);
    }

    @Override
    public String toString() {
        return "-Dconsistency.operations=" + operations + " -Dconsistency.seed=" + seed + " -Dconsistency.faults="
                + faults + " -Dconsistency.nodes=" + nodes + " -Dconsistency.policy=" + policy;
    }
}
