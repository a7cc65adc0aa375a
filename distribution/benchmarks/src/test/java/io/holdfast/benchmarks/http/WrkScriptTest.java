package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

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
