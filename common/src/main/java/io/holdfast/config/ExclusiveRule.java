package io.holdfast.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Which requests of a session run one after the other: none, all, or those whose path matches. */
public final class ExclusiveRule {
    private static final String NO_REQUEST = "none";
    private static final String EVERY_REQUEST = "session";
    private static final String BY_PATH = "pattern:";

    /** No request does. */
    public static final ExclusiveRule NONE = new ExclusiveRule(NO_REQUEST, null);

    private final String text;
    private final @Nullable Pattern path;

    private ExclusiveRule(String text, @Nullable Pattern path) {
        this.text = text;
        this.path = path;
    }

    static ExclusiveRule parse(String text) {
        String rule = text.strip();
        if (rule.equals(NO_REQUEST)) {
            return NONE;
        }
        if (rule.equals(EVERY_REQUEST)) {
            return new ExclusiveRule(EVERY_REQUEST, null);
        }
        if (!rule.startsWith(BY_PATH)) {
            throw Setting.EXCLUSIVE.refusal(text, "is not known", null);
        }
        return new ExclusiveRule(
                rule, pattern(text, rule.substring(BY_PATH.length()).strip()));
    }

    /**
     * Whether a request is one of them.
     *
     * @param requestPath with the context path, decoded, without parameters
     */
    public boolean appliesTo(String requestPath) {
        return path == null ? !isNone() : path.matcher(requestPath).matches();
    }

    /** Whether no request is. */
    public boolean isNone() {
        return text.equals(NO_REQUEST);
    }

    private static Pattern pattern(String text, String regex) {
        if (regex.isEmpty()) {
            throw Setting.EXCLUSIVE.refusal(text, "has no pattern behind the colon", null);
        }
        if (Character.isLetterOrDigit(regex.charAt(0)) && regex.indexOf('|') < 0) {
            throw Setting.EXCLUSIVE.refusal(text, "has a pattern that no path matches, since paths begin with /", null);
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " near letter " + (e.getIndex() + 1);
            throw Setting.EXCLUSIVE.refusal(
                    text,
                    "has a pattern, \"" + regex + "\", that is no regular expression (" + e.getDescription() + place
                            + ")",
                    e);
        }
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExclusiveRule rule && text.equals(rule.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
