package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.KnownCopy;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionUpdate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is newer in a record than a copy of it. A script, and so one moment: it answers that nothing is, or with the fields that
 * commits have written or removed since, if {@link WrittenFields} tells which those are.
 *
 * <p>What a script reads is copied into it, which costs Redis much more than to answer with it. So it reads as little as can be, and all
 * of a record is not asked for in this way.
 *
 * <p>The script is named by its hash, because it is longer than most answers. Redis knows that name once the script was sent to it.
 */
final class UpdateReader {
    /**
     * Is told the version and the fingerprint of the copy, or an empty text if the copy is not just as its last commit has left the record.
     * Answers with the time to live, the number of fields but for such notes, and with names of fields, each followed by its value or nothing; or with the
     * time to live and -2 if nothing is newer, -1 if it is not noted what is.
     */
    private static final byte[] SCRIPT = """
            local k,f,s=KEYS[1],{'v','m','t'},{}
            local r,h={redis.call('PTTL',k)},redis.call('HMGET',k,'v','c')
            if h[1]==ARGV[1] and h[2]==ARGV[2] then return {r[1],-2} end
            local w=redis.call('HMGET',k,NOTES)
            r[2]=redis.call('HLEN',k)-(h[2] and 1 or 0)
            for i=1,COMMITS do if w[i] then r[2]=r[2]-1 end end
            local a,b=tonumber(ARGV[1]),tonumber(h[1])
            if not b or b<a then return {r[1],-1} end
            for u=a+1,b do
            local x=w[u%COMMITS+1] or ''
            local g,i=x:match('^(%d+):()')
            if tonumber(g)~=u then return {r[1],-1} end
            while i<=#x do
            local l=x:byte(i)
            if i+l>#x then return {r[1],-1} end
            local y=x:sub(i+1,i+l)
            if not s[y] then s[y]=1 f[#f+1]=y end
            i=i+1+l
            end
            end
            local x=redis.call('HMGET',k,unpack(f))
            for j=1,#f do r[#r+1]=f[j] r[#r+1]=x[j] end
            return r""".replace("NOTES", notes())
            .replace("COMMITS", String.valueOf(WrittenFields.COMMITS))
            .getBytes(US_ASCII);

    private static final byte[] NAME = sha1(SCRIPT);
    private static final byte[] ONE_KEY = {'1'};
    private static final byte[] NO_FINGERPRINT = {};
    private static final int PTTL = 0;
    private static final int NUMBER_OF_FIELDS = 1;
    private static final int FIELDS = 2;
    private static final long NOT_NOTED = -1;
    private static final long NOTHING = -2;

    private final RecordReader reader;

    UpdateReader(RecordReader reader) {
        this.reader = reader;
    }

    /** Asks for what is newer than that copy; Redis may not know the script. */
    static RedisCall ask(byte[] key, KnownCopy known) {
        return call(RedisVerb.EVALSHA, NAME, key, known);
    }

    /** The same with the whole script, which Redis knows from then on. */
    static RedisCall askInFull(byte[] key, KnownCopy known) {
        return call(RedisVerb.EVAL, SCRIPT, key, known);
    }

    private static RedisCall call(RedisVerb verb, byte[] script, byte[] key, KnownCopy known) {
        byte[] fingerprint = known.isWhole() ? MetadataField.fingerprint(known.metadata()) : NO_FINGERPRINT;
        return RedisCall.of(verb, script, ONE_KEY, key, RecordHead.encodeVersion(known.version()), fingerprint);
    }

    /** What {@code PTTL} has answered at that moment. */
    static long pttl(List<@Nullable Object> answer) {
        return number(answer, PTTL);
    }

    /** Whether nothing is newer. */
    static boolean isNothing(List<@Nullable Object> answer) {
        return number(answer, NUMBER_OF_FIELDS) == NOTHING;
    }

    /** Whether it tells what was written since. */
    static boolean isNoted(List<@Nullable Object> answer) {
        return number(answer, NUMBER_OF_FIELDS) != NOT_NOTED;
    }

    /**
     * What there is of the record in the answer, or null when there is no such record.
     *
     * @throws io.holdfast.session.UnsupportedRecordException when the record's head cannot be read
     */
    @Nullable
    SessionSnapshot snapshot(String record, List<@Nullable Object> answer) {
        List<@Nullable Object> present = new ArrayList<>();
        for (int i = FIELDS; i + 1 < answer.size(); i += 2) {
            if (answer.get(i + 1) != null) {
                present.add(answer.get(i));
                present.add(answer.get(i + 1));
            }
        }
        return reader.read(record, present, pttl(answer));
    }

    /** The update in an answer, of which that is the snapshot. */
    SessionUpdate update(SessionSnapshot newer, List<@Nullable Object> answer) {
        long attributes = number(answer, NUMBER_OF_FIELDS);
        Set<String> removedAttributes = new HashSet<>();
        Set<String> removedState = new HashSet<>();
        for (int i = FIELDS; i + 1 < answer.size(); i += 2) {
            byte[] field = (byte[]) answer.get(i);
            boolean present = answer.get(i + 1) != null;
            if (field == null) {
                throw unexpected();
            }
            if (RedisKeys.isAttribute(field) || RedisKeys.isContainerState(field)) {
                if (!present) {
                    (RedisKeys.isAttribute(field) ? removedAttributes : removedState).add(RedisKeys.name(field));
                }
            } else if (present) {
                attributes--;
            }
        }
        return new SessionUpdate(newer, removedAttributes, removedState, attributes);
    }

    /** The fields in which commits note what they write, in the order of their digits. */
    private static String notes() {
        return LongStream.range(0, WrittenFields.COMMITS)
                .mapToObj(version -> "'" + new String(RedisKeys.written(version), US_ASCII) + "'")
                .collect(Collectors.joining(","));
    }

    private static long number(List<@Nullable Object> answer, int index) {
        if (answer.get(index) instanceof Long number) {
            return number;
        }
        throw unexpected();
    }

    private static byte[] sha1(byte[] script) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(script))
                    .getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("the script that reads what is newer answered with something else");
    }
}
