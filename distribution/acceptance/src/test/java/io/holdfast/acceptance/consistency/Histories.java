package io.holdfast.acceptance.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Event;
import io.holdfast.consistency.history.SessionEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The whole history of each session of a run. All are kept, packed, since an end that nobody was told is found when the run
 * is over only; those of findings are written into files.
 */
final class Histories {
    private final Path folder;
    private final Incidents incidents;
    private final Map<String, byte[]> packed = new ConcurrentHashMap<>();

    /**
     * No history yet; what earlier runs left in the folder goes.
     *
     * @param folder for files; made if need be
     */
    Histories(Path folder, Incidents incidents) {
        this.folder = folder.toAbsolutePath();
        this.incidents = incidents;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what came of all requests of a session. */
    void keep(String session, List<Call> calls) {
        String lines = calls.stream()
                .flatMap(call -> Event.of(call).stream())
                .map(event -> event + "\n")
                .collect(Collectors.joining());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(lines.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        packed.put(session, bytes.toByteArray());
    }

    /** Where the history of a session is, or would be, to be found. */
    Path file(String session) {
        return folder.resolve(session + ".txt");
    }

    /** Writes findings, and behind them everything of their session, which was kept before, into its file. */
    void write(String session, List<Finding> findings, List<SessionEnd> heard) {
        List<Event> events = unpack(session);
        long first = events.stream().mapToLong(Event::at).min().orElseThrow();
        long last = events.stream().mapToLong(Event::at).max().orElseThrow();
        events.addAll(incidents.during(first, last));
        heard.forEach(end -> events.add(incidents.heard(end)));
        write(
                session,
                findings.stream().map(finding -> finding + "\n\n").collect(Collectors.joining())
                        + "All of session " + session + ", in order; milliseconds since its first request\n\n"
                        + Event.inOrder(events, first));
    }

    /** Writes a text beside the histories. */
    void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Event> unpack(String session) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.get(session)))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(Event::parse)
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
