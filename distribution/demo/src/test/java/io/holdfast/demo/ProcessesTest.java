package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that the demo starts outlives it, however it ends. */
class ProcessesTest {
    private static final int SECONDS_TO_END = 20;

    @Test
    void close_endsEveryProcess_andLeavesNoFiles() throws Exception {
        List<ProcessHandle> others = ProcessHandle.current().descendants().toList();
        Demo demo = new Demo(line -> {});
        Demo.Running running = demo.start();
        List<ProcessHandle> started = ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process))
                .toList();
        assertThat(started).as("two nodes, a Redis and its watch").hasSizeGreaterThanOrEqualTo(4);

        demo.close();

        awaitEnd(started);
        assertThat(running.sharedDirectory().getParent()).doesNotExist();
    }

    @Test
    void kill_ofTheLauncher_endsEveryProcess(@TempDir Path directory) throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        ClassPath.ofThisProcess(),
                        DemoMain.class.getName())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> started;
        try (BufferedReader output = launcher.inputReader()) {
            awaitLine(output, "Open  http://127.0.0.1:");
            started = launcher.descendants().toList();
            assertThat(started).hasSizeGreaterThanOrEqualTo(4);
        } finally {
            launcher.destroyForcibly();
        }

        awaitEnd(started);
    }

    @Test
    void nodeThatCannotStart_saysSo_andEnds(@TempDir Path directory) throws Exception {
        Path own = directory.resolve("X");
        try (NodeProcess node =
                NodeProcess.launch("X", own, directory.resolve("shared"), "http://no-redis", line -> {})) {
            assertThatThrownBy(node::awaitReady)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Node X ended with exit code 1 instead of starting")
                    .hasMessageContaining("Setting redisUri=\"http://no-redis\"");
            awaitEnd(List.of(node.handle()));
        }
    }

    private static void awaitLine(BufferedReader output, String part) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            all.append(line).append('\n');
            if (line.contains(part)) {
                return;
            }
        }
        throw new AssertionError("no line with '" + part + "' in:\n" + all);
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
        }
    }
}
