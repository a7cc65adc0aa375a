package io.holdfast.redis;

import static io.holdfast.redis.Records.copy;
import static io.holdfast.redis.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitId;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small session is fetched as a whole, but not read if it is as the copy is. */
class SmallCopyTest {
    private Fixture fixture;
    private RedisSessionStore store;
    private RedisSessionStore other;
    private Known known;
    private KnownCopy copy;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        store = fixture.store();
        other = fixture.store();
        known = Known.create(store, Map.of("a", value("0")));
        copy = copy(store, known.record(), 0);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sessionThatIsAsTheCopy_isCurrent() {
        assertThat(store.load(known.record(), copy)).isInstanceOf(LoadResult.Current.class);
    }

    @Test
    void anotherNodeHasWritten_theSessionIsFound() {
        other.commit(known.put("a", "1"));

        assertThat(store.load(known.record(), copy))
                .isInstanceOfSatisfying(
                        LoadResult.Found.class,
                        found -> assertThat(found.snapshot().version()).isEqualTo(2));
    }

    @Test
    void anotherNodeHasChangedTheTimeOut_theSessionIsFound() {
        other.commit(known.metadata(new MetadataChange(60, null)));

        assertThat(store.load(known.record(), copy))
                .isInstanceOfSatisfying(
                        LoadResult.Found.class,
                        found -> assertThat(found.snapshot().metadata().maxInactiveSeconds())
                                .isEqualTo(60));
    }

    @Test
    void copyThatHoldsAPartOfMore_isNotTakenForTheSession() {
        KnownCopy ahead = new KnownCopy(copy.version(), copy.metadata(), List.of(new CommitId(1, 1)), 0);

        assertThat(store.load(known.record(), ahead)).isInstanceOf(LoadResult.Found.class);
    }

    /** As after a fail-over that lost what this node had committed. */
    @Test
    void sameVersionByAnotherCommit_theSessionIsFound() {
        SessionMetadata metadata = copy.metadata();
        SessionMetadata lost = new SessionMetadata(
                metadata.createdMillis(),
                metadata.createdBy(),
                metadata.maxInactiveSeconds(),
                metadata.secretHash(),
                List.of(new CommitId(1, 1)),
                metadata.recentWriters());

        assertThat(store.load(known.record(), new KnownCopy(copy.version(), lost, 0)))
                .isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void sessionThatHasEnded_isAbsent() {
        other.end(known.record(), known.createdBy(), 0);

        assertThat(store.load(known.record(), copy)).isEqualTo(new LoadResult.Absent());
    }
}
