package io.holdfast.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.exclusive.LeaseStore;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README tells which commands a Redis user needs; this user has just these. */
class AccessControlTest {
    private static final Pattern COMMANDS = Pattern.compile("needs the commands `([A-Z\\s]+)`");
    private static final Pattern COMMANDS_OF_EXCLUSIVE = Pattern.compile("also needs `([A-Z\\s]+)`");

    @Test
    void userWithTheCommandsOfTheReadme_canDoEverything() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection admin = RespConnection.open(redis.uri())) {
            admin.send("ACL", "SETUSER", "shop", "on", ">secret", "~holdfast:*");
            for (String command : commandsOfTheReadme()) {
                admin.send("ACL", "SETUSER", "shop", "+" + command);
            }
            try (RedisSessionStore store = open("redis://shop:secret@127.0.0.1:" + redis.port())) {
                Known known = Known.create(store, Map.of("a", Records.value("1"), "b", Records.value("2")));
                KnownCopy copy = Records.copy(store, known.record(), 1_000_000);
                String dangling = Records.newRecord();
                assertThat(store.commit(known.put("a", "3").withLargeCopy(copy)))
                        .isInstanceOf(CommitResult.Committed.class);
                assertThat(store.load(known.record(), copy)).isInstanceOf(LoadResult.Newer.class);
                assertThat(store.commit(known.remove("b"))).isInstanceOf(CommitResult.Committed.class);
                store.touch(known.record());
                assertThat(store.ends().lease(known.record())).isEqualTo(new EndResult.Alive());
                assertThat(store.commit(known.metadata(new MetadataChange(60, null))))
                        .isInstanceOf(CommitResult.Committed.class);
                EndLease lease = SessionStoreContract.leased(store.end(known.record(), known.createdBy(), 0));
                store.ends().renew(lease);
                store.ends().giveBack(lease);
                admin.send("ZADD", "holdfast:acl:expiry:" + dangling.charAt(0), 0, dangling + ":0123456789abcdef-1");
                List<EndLease> takenOver = new ArrayList<>();
                store.ends().readClock();
                for (int bucket = 0; bucket < SessionEnds.BUCKETS; bucket++) {
                    store.ends().sweep(bucket, takenOver::add, () -> true);
                }
                assertThat(takenOver).hasSize(1);
                store.ends().forget(lease).toCompletableFuture().get(10, SECONDS);
                assertThat(admin.send("KEYS", "holdfast:acl:*").texts()).isEmpty();
                assertThat(store.commit(known.put("a", "4"))).isEqualTo(new CommitResult.Gone());
                assertThat(store.load(known.record())).isEqualTo(new LoadResult.Absent());
                store.conflictJournal().conflict(known.record(), ConflictJournalTest.REPORT);
                ConflictJournalTest.await(admin, "acl", 1);
            }
        }
    }

    @Test
    void userWithThoseForExclusiveRequestsToo_canHaveLeases() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection admin = RespConnection.open(redis.uri())) {
            admin.send("ACL", "SETUSER", "shop", "on", ">secret", "~holdfast:*", "&holdfast:*");
            for (String command : commandsOfTheReadme()) {
                admin.send("ACL", "SETUSER", "shop", "+" + command);
            }
            for (String command : matchOfTheReadme(COMMANDS_OF_EXCLUSIVE)) {
                admin.send("ACL", "SETUSER", "shop", "+" + command);
            }
            LeaseToken token = new LeaseToken(1, 1);
            Duration lease = Duration.ofMinutes(1);
            try (RedisSessionStore store = open("redis://shop:secret@127.0.0.1:" + redis.port())) {
                Known known = Known.create(store, Map.of("a", Records.value("1")));
                LeaseStore leases = store.leases();
                assertThat(leases.take(known.record(), token, lease)).isInstanceOf(LeaseStore.Attempt.Taken.class);
                assertThat(store.commit(known.putWith(token, "a", "2"))).isInstanceOf(CommitResult.Committed.class);
                assertThat(leases.renew(known.record(), token, lease).get()).isTrue();
                try (LeaseStore.WakeUp wakeUp = leases.wakeUp(known.record())) {
                    assertThat(wakeUp.listen()).isTrue();
                    assertThat(leases.release(known.record(), token).get())
                            .isEqualTo(new LeaseStore.Released(true, true));
                }
            }
        }
    }

    @Test
    void userWithoutScripts_isToldSo_whenALargeSessionIsReadAgain() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection admin = RespConnection.open(redis.uri());
                RedisSessionStore other = open(redis.uri())) {
            admin.send("ACL", "SETUSER", "shop", "on", ">secret", "~holdfast:*", "+@all", "-evalsha");
            Known known = Known.create(other, Map.of("a", Records.value("x".repeat(40_000))));
            try (RedisSessionStore store = open("redis://shop:secret@127.0.0.1:" + redis.port())) {
                KnownCopy copy = Records.copy(other, known.record(), 1_000_000);
                assertThatThrownBy(() -> store.load(known.record(), copy))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContainingAll(
                                "refused EVALSHA", known.record(), "the user needs the commands that the README names");
            }
        }
    }

    private static RedisSessionStore open(String uri) {
        HoldfastSettings settings = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, uri)
                .set(Setting.NAMESPACE, "acl")
                .build();
        return RedisSessionStore.open(settings, SessionEvents.NONE);
    }

    private static Iterable<String> commandsOfTheReadme() throws IOException {
        return matchOfTheReadme(COMMANDS);
    }

    private static Iterable<String> matchOfTheReadme(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(matcher.find()).isTrue();
        return Arrays.asList(matcher.group(1).split("\\s+"));
    }
}
