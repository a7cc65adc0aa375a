package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An update makes the record only of the state that it is an update of. */
class SessionUpdateTest {
    private static final SessionUpdate UPDATE = new SessionUpdate(
            new SessionSnapshot(
                    5,
                    new SessionMetadata(
                            0, new CommitId(1, 1), 60, SecretHash.of("secret"), List.of(new CommitId(1, 5)), List.of()),
                    Map.of("new", attribute(5)),
                    Map.of(),
                    0),
            Set.of("removed", "neverThere"),
            Set.of("form"),
            4);

    @Test
    void appliedToWhatItIsAnUpdateOf_isTheRecord() {
        SessionSnapshot whole = UPDATE.appliedTo(
                Map.of("a", attribute(1), "new", attribute(3), "b", attribute(3), "removed", attribute(2)),
                Map.of("user", attribute(2), "form", attribute(1)));

        assertThat(Objects.requireNonNull(whole).attributes())
                .containsOnly(
                        Map.entry("a", attribute(1)), Map.entry("b", attribute(3)), Map.entry("new", attribute(5)));
        assertThat(whole.containerState()).containsOnly(Map.entry("user", attribute(2)));
        assertThat(whole.version()).isEqualTo(5);
    }

    @Test
    void appliedToWhatLacksSomething_isNothing() {
        assertThat(UPDATE.appliedTo(Map.of("a", attribute(1)), Map.of("user", attribute(2))))
                .isNull();
        assertThat(UPDATE.appliedTo(Map.of("a", attribute(1), "b", attribute(3)), Map.of()))
                .isNull();
    }

    @Test
    void appliedToWhatHasMore_isNothing() {
        assertThat(UPDATE.appliedTo(
                        Map.of("a", attribute(1), "b", attribute(3), "c", attribute(1)), Map.of("user", attribute(2))))
                .isNull();
    }

    private static StoredAttribute attribute(long version) {
        return new StoredAttribute(new EncodedValue(0, new byte[] {1}), version);
    }
}
