package io.holdfast.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words the error for a setting that does not exist: names the nearest one, if one is near, and lists all. */
final class UnknownSetting {
    private static final int NEAR = 3;

    private UnknownSetting() {}

    static String message(String key) {
        String all = Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
        String hint = Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(known -> distance(key, known) <= NEAR)
                .min(Comparator.comparingInt(known -> distance(key, known)))
                .map(known -> " Did you mean " + known + "?")
                .orElse("");
        return "There is no setting \"" + key + "\"." + hint + " Correct or remove it. Settings: " + all + ".";
    }

    /** Levenshtein distance, ignoring case: single-letter insertions, deletions and replacements between the two. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
