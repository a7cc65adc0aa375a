package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionUpdate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is newer in a record than a version of it. A script, and so one moment: it looks at all fields inside of Redis, and answers
 * with only the names of the attributes and container state that are as they were. Which those are, is told by the version in each
 * value, see {@link AttributeField}; one whose header cannot be read tells none, so it always comes along.
 *
 * <p>The script is sent as text each time. Redis remembers it all the same, and nobody has to notice when it has forgotten it.
 */
final class UpdateReader {
    /**
     * Answers with the time to live, with the sum of versions and the number of the fields that are as they were, then with these fields,
     * and then with all others, each followed by its value. Bytes 64 and 36 are @ and $. Numbers are doubles, which hold versions up to
     * 2^53 exactly. Versions are not compared as texts, because Redis has Lua do that by the rules of some language.
     */
    private static final byte[] SCRIPT = """
            local r,w={redis.call('PTTL',KEYS[1]),0,0},{}
            local f=redis.call('HGETALL',KEYS[1])
            for i=1,#f,2 do
            local n,x,u=f[i],f[i+1],0
            local c=n:byte()
            for j=2,9 do u=u*256+(x:byte(j) or 0) end
            if (c==64 or c==36) and #x>9 and x:byte()==1 and u<=tonumber(ARGV[1]) then
            r[2]=r[2]+u r[3]=r[3]+1 r[#r+1]=n
            else w[#w+1]=n w[#w+1]=x end
            end
            for i=1,#w do r[#r+1]=w[i] end
            return r""".getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};
    private static final int PTTL = 0;
    private static final int SUM_OF_VERSIONS = 1;
    private static final int UNCHANGED = 2;
    private static final int HEAD = 3;

    private final RecordReader reader;

    UpdateReader(RecordReader reader) {
        this.reader = reader;
    }

    /** Asks for what is newer than that version. */
    static RedisCall ask(byte[] key, long version) {
        return RedisCall.of(RedisVerb.EVAL, SCRIPT, ONE_KEY, key, RecordHead.encodeVersion(version));
    }

    /** What {@code PTTL} has answered at that moment. */
    static long pttl(List<@Nullable Object> answer) {
        return number(answer, PTTL);
    }

    /**
     * The answer to {@link #ask}, or null when there is no such record.
     *
     * @throws io.holdfast.session.UnsupportedRecordException when the record's head cannot be read
     */
    @Nullable
    SessionUpdate read(String record, List<@Nullable Object> answer) {
        int newer = HEAD + Math.toIntExact(number(answer, UNCHANGED));
        SessionSnapshot snapshot = reader.read(record, answer.subList(newer, answer.size()), pttl(answer));
        if (snapshot == null) {
            return null;
        }
        Set<String> attributes = new HashSet<>();
        Set<String> containerState = new HashSet<>();
        for (Object unchanged : answer.subList(HEAD, newer)) {
            byte[] field = (byte[]) unchanged;
            if (field == null) {
                throw unexpected();
            }
            (RedisKeys.isAttribute(field) ? attributes : containerState).add(RedisKeys.name(field));
        }
        return new SessionUpdate(snapshot, attributes, containerState, number(answer, SUM_OF_VERSIONS));
    }

    private static long number(List<@Nullable Object> answer, int index) {
        if (answer.get(index) instanceof Long number) {
            return number;
        }
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("the script that reads what is newer answered with something else");
    }
}
