package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is newer in a record than a version of it. A script, and so one moment: it answers with the fields that commits have
 * written or removed since, if {@link WrittenFields} tells which those are.
 *
 * <p>What a script reads is copied into it, which costs Redis much more than to answer with it. So it reads as little as can be, and all
 * of a record is not asked for in this way.
 *
 * <p>The script is sent as text each time. Redis remembers it all the same, and nobody has to notice when it has forgotten it.
 */
final class UpdateReader {
    /**
     * Answers with the time to live, the number of fields, and with names of fields, each followed by its value or nothing; or with the
     * time to live and -1 if it is not noted what was written since.
     */
    private static final byte[] SCRIPT = """
            local k,n,f,s=KEYS[1],-tonumber(ARGV[1]),{'v','m','w','t'},{}
            local r,h={redis.call('PTTL',k),redis.call('HLEN',k)},redis.call('HMGET',k,'v','w')
            local w=h[2] or ''
            local b,i=w:match('^(%d+):()')
            if h[1] and h[1]==b then
            n=n+b
            while n>0 and i<=#w do
            local l=w:byte(i)
            local x=w:sub(i+1,i+l)
            if l==0 then n=n-1 elseif not s[x] then s[x]=1 f[#f+1]=x end
            i=i+1+l
            end
            if n==0 then
            local x=redis.call('HMGET',k,unpack(f))
            for j=1,#f do r[#r+1]=f[j] r[#r+1]=x[j] end
            return r
            end
            end
            return {r[1],-1}""".getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};
    private static final int PTTL = 0;
    private static final int NUMBER_OF_FIELDS = 1;
    private static final int FIELDS = 2;
    private static final long NOT_NOTED = -1;

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
