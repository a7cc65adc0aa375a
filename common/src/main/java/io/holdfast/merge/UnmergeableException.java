package io.holdfast.merge;

/** Two values cannot be merged. The reason names classes and counts, never values. */
final class UnmergeableException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final boolean whole;

    private UnmergeableException(String reason, boolean whole) {
        // No stack trace: it is an outcome, told to an operator in words.
        super(reason, null, false, false);
        this.reason = reason;
        this.whole = whole;
    }

    /** These two values cannot be merged; what they are in can, if the one may replace the other. */
    UnmergeableException(String reason) {
        this(reason, false);
    }

    /** Nothing of the attribute can be merged. */
    static UnmergeableException ofTheWhole(String reason) {
        return new UnmergeableException(reason, true);
    }

    /** The two sides are of classes that cannot be merged. */
    static UnmergeableException ofClasses(Object ours, Object theirs) {
        return new UnmergeableException("it is a " + Names.of(ours) + " here and a " + Names.of(theirs) + " there");
    }

    /** One side is of a class that has nothing to do with the base's. */
    static UnmergeableException ofReplacement(Object base, Object side) {
        return new UnmergeableException("a " + Names.of(side) + " replaced a " + Names.of(base));
    }

    String reason() {
        return reason;
    }

    boolean isOfTheWhole() {
        return whole;
    }
}
