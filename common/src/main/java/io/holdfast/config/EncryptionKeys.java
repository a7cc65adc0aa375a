package io.holdfast.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys for attributes at rest, from a file or an environment variable: one {@code id=key} in each line, in a variable
 * also separated by commas; empty lines and lines that begin with {@code #} are skipped. The first key is the one that writes, all of them read.
 * A key is 32 random bytes in Base64, e.g. of {@code openssl rand -base64 32}.
 *
 * <p>Neither messages nor {@link #toString()} show anything of what stands there but key ids.
 */
public final class EncryptionKeys {
    private static final String FILE = "file:";
    private static final String VARIABLE = "env:";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int KEY_BYTES = 32;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String source;
    private final String writing;
    private final Map<String, byte[]> keys;

    private EncryptionKeys(String source, String writing, Map<String, byte[]> keys) {
        this.source = source;
        this.writing = writing;
        this.keys = keys;
    }

    /** Id of the key that writes. */
    public String writingId() {
        return writing;
    }

    /** All keys by id. */
    public Map<String, byte[]> byId() {
        return Map.copyOf(keys);
    }

    @Override
    public String toString() {
        return source + " (" + keys.size() + (keys.size() == 1 ? " key" : " keys") + ", writing with " + writing + ")";
    }

    /**
     * Reads the keys a setting points to.
     *
     * @param environment gives the value of an environment variable, or null
     */
    static EncryptionKeys read(String setting, UnaryOperator<@Nullable String> environment) {
        if (setting.startsWith(FILE)) {
            return parse(setting, contentOf(setting).split("\\R", -1));
        }
        if (setting.startsWith(VARIABLE)) {
            String content = environment.apply(setting.substring(VARIABLE.length()));
            if (content == null) {
                throw refusal(setting, "names an environment variable that is not set");
            }
            return parse(setting, content.split("\\R|,", -1));
        }
        // Somebody may have put a key here; then it must not get into a log.
        throw refusal("…", "begins with neither file: nor env: (its text is not shown, it may be a key)");
    }

    private static String contentOf(String setting) {
        try {
            String content = Files.readString(Path.of(setting.substring(FILE.length())), StandardCharsets.UTF_8);
            return content.startsWith(BYTE_ORDER_MARK) ? content.substring(BYTE_ORDER_MARK.length()) : content;
        } catch (CharacterCodingException e) {
            throw refusal(setting, "is not in UTF-8");
        } catch (InvalidPathException e) {
            throw refusal(setting, "is no path of a file");
        } catch (IOException e) {
            throw refusal(setting, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static EncryptionKeys parse(String source, String[] entries) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        int number = 0;
        for (String entry : entries) {
            String line = entry.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            number++;
            int equals = line.indexOf('=');
            String id = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!ID.matcher(id).matches()) {
                throw refusal(
                        source,
                        "has an entry, number " + number + ", that is not id=key with an id of 1 to 32 of "
                                + "A-Z a-z 0-9 . _ -");
            }
            byte[] key = decode(line.substring(equals + 1).strip());
            if (key == null) {
                // Not named: a short key without an id, "a2V5…==", looks like an id with a key of "=".
                throw refusal(
                        source,
                        "has an entry, number " + number + ", whose key is not " + KEY_BYTES + " bytes in Base64");
            }
            if (keys.put(id, key) != null) {
                throw refusal(source, "has the key \"" + id + "\" twice");
            }
        }
        if (keys.isEmpty()) {
            throw refusal(source, "holds no key");
        }
        return new EncryptionKeys(source, keys.keySet().iterator().next(), keys);
    }

    private static byte @Nullable [] decode(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            return key.length == KEY_BYTES ? key : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static InvalidSettingException refusal(String setting, String problem) {
        return Setting.ENCRYPTION_KEYS.refusal(setting, problem, null);
    }
}
