package io.holdfast.config;

import io.holdfast.conflict.ConflictPolicies;
import io.holdfast.conflict.ConflictPolicies.Rule;
import io.holdfast.conflict.ConflictPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the setting {@code conflictPolicy}: entries separated by semicolons, each {@code pattern=policy}, or, at most once, a
 * policy alone for all other attributes. Patterns are regular expressions for whole names; the last {@code =} ends one.
 */
final class ConflictPolicyText {
    private static final Pattern SECOND_POLICY =
            Pattern.compile("=\\s*(" + ConflictPolicy.words().replace(", ", "|") + ")\\b");

    private final String text;
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable ConflictPolicy otherwise;
    private int number;

    private ConflictPolicyText(String text) {
        this.text = text;
    }

    static ConflictPolicies parse(String text) {
        ConflictPolicyText reading = new ConflictPolicyText(text);
        for (String item : text.split(";", -1)) {
            String entry = item.strip();
            if (!entry.isEmpty()) {
                reading.number++;
                reading.take(entry);
            }
        }
        ConflictPolicy otherwise = reading.otherwise;
        return new ConflictPolicies(
                reading.rules, otherwise == null ? ConflictPolicies.DEFAULT.otherwise() : otherwise);
    }

    private void take(String entry) {
        int equals = entry.lastIndexOf('=');
        if (equals >= 0) {
            rules.add(new Rule(
                    pattern(entry.substring(0, equals).strip()),
                    policy(entry.substring(equals + 1).strip())));
            return;
        }
        ConflictPolicy policy = policy(entry);
        if (otherwise != null) {
            throw refusal(
                    "that is a second policy without a pattern: \"" + otherwise + "\", then \"" + policy + "\"", null);
        }
        otherwise = policy;
    }

    private Pattern pattern(String regex) {
        if (regex.isEmpty()) {
            throw refusal("with nothing before its =", null);
        }
        if (SECOND_POLICY.matcher(regex).find()) {
            throw refusal(
                    "with more than one policy; entries are separated by ; and an = in a name is written \\x3D", null);
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " near letter " + (e.getIndex() + 1);
            throw refusal(
                    "whose pattern \"" + regex + "\" is no regular expression (" + e.getDescription() + place + ")", e);
        }
    }

    private ConflictPolicy policy(String word) {
        ConflictPolicy policy = ConflictPolicy.named(word);
        if (policy == null) {
            throw refusal("whose policy \"" + word + "\" is none of " + ConflictPolicy.words(), null);
        }
        return policy;
    }

    private InvalidSettingException refusal(String problem, @Nullable Throwable cause) {
        return Setting.CONFLICT_POLICY.refusal(text, "has an entry, number " + number + ", " + problem, cause);
    }
}
