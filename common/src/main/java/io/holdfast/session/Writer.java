package io.holdfast.session;

/**
 * For whom a commit was made, so that operators see which requests race.
 *
 * @param node name of the node; at most {@value #MAX_NODE} characters
 * @param requestUri path of the request, without parameters; at most {@value #MAX_URI} characters; empty: for none
 */
public record Writer(String node, String requestUri) {
    public static final int MAX_NODE = 40;
    public static final int MAX_URI = 80;

    /** For whom a commit was made of which the record does not remember it any more. */
    public static final Writer UNKNOWN = new Writer("", "");

    public Writer {
        node = shortened(node, MAX_NODE);
        requestUri = shortened(requestUri, MAX_URI);
    }

    private static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }
}
