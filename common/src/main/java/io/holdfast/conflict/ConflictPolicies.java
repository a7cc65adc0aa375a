package io.holdfast.conflict;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policies of an application's attributes, by their names.
 *
 * @param rules in the order they are tried
 * @param otherwise for names that no rule matches
 */
public record ConflictPolicies(List<Rule> rules, ConflictPolicy otherwise) {
    /** What holds where nothing is set: everything is merged. */
    public static final ConflictPolicies DEFAULT = new ConflictPolicies(List.of(), ConflictPolicy.MERGE);

    public ConflictPolicies {
        rules = List.copyOf(rules);
    }

    /**
     * The policy of some attributes. Two rules are equal when their patterns have the same text.
     *
     * @param names matches their whole names
     * @param policy what becomes of them
     */
    public record Rule(Pattern names, ConflictPolicy policy) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rule that && names.pattern().equals(that.names.pattern()) && policy == that.policy;
        }

        @Override
        public int hashCode() {
            return 31 * names.pattern().hashCode() + policy.hashCode();
        }

        @Override
        public String toString() {
            return names.pattern() + "=" + policy;
        }
    }

    /**
     * The policy of the attribute called {@code attributeName}. Tries the patterns each time: only attributes in conflict are
     * asked for, and names that an application makes up as it goes would fill a cache.
     */
    public ConflictPolicy of(String attributeName) {
        for (Rule rule : rules) {
            if (rule.names().matcher(attributeName).matches()) {
                return rule.policy();
            }
        }
        return otherwise;
    }

    /** Whether that is the policy of all attributes. */
    public boolean areAll(ConflictPolicy policy) {
        return otherwise == policy && rules.stream().allMatch(rule -> rule.policy() == policy);
    }

    /** As the setting would say it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(otherwise.toString());
        rules.forEach(rule -> text.append("; ").append(rule));
        return text.toString();
    }
}
