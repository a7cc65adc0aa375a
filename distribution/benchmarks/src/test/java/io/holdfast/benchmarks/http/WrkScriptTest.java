package io.holdfast.benchmarks.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wrk does with our script, where it is installed. */
@EnabledIf(value = "wrkIsInstalled", disabledReason = "wrk is not on the PATH")
class WrkScriptTest {
    private static final int CLIENTS = 4;
    private static final int CLIENTS_OF_A_THREAD = 2;

    @TempDir
    Path directory;

    private VisitedServer one;
    private VisitedServer other;

    static boolean wrkIsInstalled() {
        try {
            Wrk.versionOf("wrk");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @BeforeEach
    void start() throws IOException {
        one = VisitedServer.start();
        other = VisitedServer.start();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void login_goesOnWithTheNewIdOfEachSession() throws IOException {
        WrkResult result = ask(RequestKind.LOGIN, one.createSessions(6), other.createSessions(6));

        assertThat(result.requests()).isGreaterThan(CLIENTS);
        assertThat(result.errors()).isZero();
        assertThat(one.created()).isZero();
        assertThat(other.created()).isZero();
    }

    @Test
    void create_endsAsManySessionsAsItCreates() throws IOException {
        WrkResult result = ask(RequestKind.CREATE, List.of(), List.of());

        assertThat(result.requests()).isGreaterThan(2 * CLIENTS);
        assertThat(result.errors()).isZero();
        for (VisitedServer server : List.of(one, other)) {
            assertThat(server.ended()).isPositive();
            assertThat(server.created() - server.ended()).isBetween(0, CLIENTS_OF_A_THREAD);
        }
    }

    /** With twenty, as many as there are in the mix, each could always be asked for the same. */
    @ParameterizedTest(name = "{0} sessions")
    @ValueSource(ints = {1, 2, 20})
    void mixed_isMixedAlike_howeverManySessionsThereAre_andInEachOfThem(int sessions) throws IOException {
        ask(RequestKind.MIXED, one.createSessions(sessions), other.createSessions(sessions));

        List<String> asked = one.asked();
        assertThat(asked).hasSizeGreaterThan(400);
        assertThat(share(asked, "read")).isCloseTo(0.7, within(0.05));
        assertThat(share(asked, "write")).isCloseTo(0.2, within(0.05));
        assertThat(share(asked, "append")).isCloseTo(0.05, within(0.03));
        assertThat(share(asked, "leave")).isCloseTo(0.05, within(0.03));
        Map<String, Set<String>> bySession = asked.stream()
                .map(request -> request.split(" ", 2))
                .filter(request -> request[0].startsWith("id="))
                .collect(groupingBy(request -> request[0], mapping(request -> request[1], toSet())));
        assertThat(bySession)
                .hasSize(sessions)
                .allSatisfy((session, kinds) -> assertThat(kinds).contains("read", "write"));
    }

    private static double share(List<String> asked, String kind) {
        return asked.stream().filter(request -> request.endsWith(kind)).count() / (double) asked.size();
    }

    private WrkResult ask(RequestKind kind, List<String> cookies, List<String> otherCookies) throws IOException {
        return Wrk.find(directory)
                .run(
                        List.of(one.address(), other.address()),
                        List.of(file("one", cookies), file("other", otherCookies)),
                        kind,
                        CLIENTS,
                        1);
    }

    private Path file(String name, List<String> cookies) throws IOException {
        return Files.write(directory.resolve(name), cookies);
    }
}
