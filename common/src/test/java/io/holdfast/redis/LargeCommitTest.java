package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.Conflict;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.Writer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commit of a large record writes its metadata anew without having read it, if that is as the node knows it, and only then. */
class LargeCommitTest {
    private static final Writer WRITER = new Writer("node-1", "/shop/cart/add");

    private final Fixture fixture = new Fixture();
    private final RedisSessionStore store = fixture.store();
    private final RedisSessionStore other = fixture.store();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void expectedMetadata_goesOnFromWhatTheNodeKnows() {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));

        Committed result = committed(store.commit(known.putUndecided("a", "2", WRITER)));

        assertThat(find(other, known.record()).metadata())
                .isEqualTo(known.metadata().after(result.commit(), WRITER, MetadataChange.NONE));
        assertThat(result.before()).isEqualTo(known.metadata().recentCommits());
    }

    @Test
    void metadataOfAnotherCommitOfThatVersion_isRead() {
        Known created = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        byte[] before =
                fixture.redis.send("DUMP", fixture.key(created.record())).bytes();
        store.commit(created.large(true).put("a", "lost"));
        Known lost = Known.of(store, created.record()).large(true);
        fixture.redis.send("RESTORE", fixture.key(created.record()), 600_000, before, "REPLACE");
        MetadataChange login = new MetadataChange(60, SecretHash.of("after login"));
        CommitId theirs =
                committed(other.commit(created.large(true).metadata(login))).commit();

        Committed ours = committed(store.commit(lost.put("b", "2", 1)));

        SessionMetadata metadata = find(other, created.record()).metadata();
        assertThat(metadata.recentCommits()).startsWith(ours.commit(), theirs);
        assertThat(metadata.secretHash()).isEqualTo(SecretHash.of("after login"));
        assertThat(metadata.maxInactiveSeconds()).isEqualTo(60);
        assertThat(fixture.pttl(created.record())).isLessThan(600_000);
    }

    @Test
    void metadataThatANodeToWhichTheRecordIsSmallHasChanged_isRead() {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));
        other.commit(known.large(false).metadata(new MetadataChange(60, SecretHash.of("after login"))));

        assertThat(committed(store.commit(known.put("a", "2"))).version()).isEqualTo(4);

        SessionMetadata metadata = find(other, known.record()).metadata();
        assertThat(metadata.secretHash()).isEqualTo(SecretHash.of("after login"));
        assertThat(metadata.maxInactiveSeconds()).isEqualTo(60);
    }

    @Test
    void copyThatIsAhead_orOfAnotherSession_isNotTrusted() {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));
        SessionMetadata wrong = new SessionMetadata(
                1,
                known.createdBy(),
                60,
                SecretHash.of("wrong"),
                known.metadata().recentCommits(),
                List.of());
        SessionDelta ahead = known.put("a", "2")
                .withLargeCopy(new KnownCopy(2, wrong, List.of(new CommitId(1, 1)), Records.LARGE_BYTES));
        SessionDelta another = new SessionDelta(
                known.record(), new CommitId(1, 1), 2, known.put("a", "2").attributes(), Map.of(), MetadataChange.NONE);

        assertThat(committed(store.commit(ahead)).version()).isEqualTo(3);

        assertThat(find(other, known.record()).metadata().secretHash()).isEqualTo(Records.SECRET);
        Known now = Known.of(store, known.record());
        assertThat(store.commit(another.withLargeCopy(new KnownCopy(3, now.metadata(), Records.LARGE_BYTES))))
                .isEqualTo(new CommitResult.Gone());
    }

    @Test
    void conflictWithWhatAnotherNodeHasWritten_isFoundWithTheHead_andTellsForWhom() {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));
        other.commit(known.putUndecided("a", "theirs", WRITER));

        CommitResult result = store.commit(known.putUndecided("a", "ours", Writer.UNKNOWN));

        assertThat(result).isInstanceOf(CommitResult.Undecided.class);
        CommitResult.Found found = ((CommitResult.Undecided) result).found().get(0);
        assertThat(((CommitResult.Undecided) result).version()).isEqualTo(3);
        assertThat(found.conflict()).isEqualTo(new Conflict("a", 2, 3));
        assertThat(found.writer()).isEqualTo(WRITER);
    }

    @Test
    void commitThatIsOvertaken_readsTheHeadWithItsNextLook() throws Exception {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));
        FaultProxy proxy = fixture.proxy();
        RedisSessionStore held = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
        List<List<String>> looks = new CopyOnWriteArrayList<>();
        proxy.pauseBefore(command -> command.get(0).equals("HMGET") && !looks.add(command));
        Pause write = proxy.pauseBefore("MULTI");

        CompletableFuture<CommitResult> ours = CompletableFuture.supplyAsync(() -> held.commit(known.put("a", "ours")));
        write.awaitReached();
        other.commit(known.put("b", "1", 0));
        write.release();

        assertThat(committed(ours.get(10, SECONDS)).version()).isEqualTo(4);
        assertThat(looks)
                .extracting(look -> look.subList(2, look.size()))
                .containsExactly(List.of("v", "c", "t"), List.of("v", "m", "t"), List.of("@a"));
    }

    @Test
    void commitThatIsOvertakenWhileItReadsTheHead_readsItAgain() throws Exception {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));
        MetadataChange login = new MetadataChange(null, SecretHash.of("after login"));

        CommitResult result = whileItsHeadIsRead(
                known, () -> other.commit(Known.of(other, known.record()).metadata(login)));

        assertThat(committed(result).version()).isEqualTo(5);
        assertThat(find(other, known.record()).metadata().secretHash()).isEqualTo(SecretHash.of("after login"));
        assertThat(attributes(other, known.record())).containsOnly(entry("a", "ours"), entry("b", "1"));
    }

    @Test
    void sessionThatEndsWhileItsHeadIsRead_isGone() throws Exception {
        Known known = expected(Known.create(store, Map.of("a", value("1"))));

        CommitResult result = whileItsHeadIsRead(known, () -> other.end(known.record(), known.createdBy(), 0));

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    /** Commits behind another node's commit, and lets the others work when it is about to read the head. */
    private CommitResult whileItsHeadIsRead(Known known, Runnable others) throws Exception {
        FaultProxy proxy = fixture.proxy();
        RedisSessionStore held = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
        other.commit(known.large(false).put("b", "1", 0));
        Pause secondLook = proxy.pauseBefore(command -> command.get(0).equals("HMGET") && command.contains("m"));
        CompletableFuture<CommitResult> ours = CompletableFuture.supplyAsync(() -> held.commit(known.put("a", "ours")));
        secondLook.awaitReached();
        others.run();
        secondLook.release();
        return ours.get(10, SECONDS);
    }

    /** A second version, whose fingerprint the record has, as a node knows it. */
    private Known expected(Known created) {
        store.commit(created.large(true).metadata(MetadataChange.NONE));
        assertThat(fixture.redis.send("HKEYS", fixture.key(created.record())).texts())
                .contains("c");
        return Known.of(store, created.record()).large(true);
    }
}
