package io.holdfast.merge;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;

/** Judges what code of the application and of its collections threw. */
final class Failures {
    private Failures() {}

    /** The failure, if the application or its data may be its reason; throws what concerns the whole JVM. */
    static Throwable ofTheApplication(Throwable failure) {
        if (failure instanceof VirtualMachineError jvm && !(failure instanceof StackOverflowError)) {
            throw jvm;
        }
        return failure;
    }

    /** Why {@code value} cannot be merged, when {@code failure} was met. */
    static UnmergeableException unmergeable(Object value, Throwable failure) {
        if (failure instanceof UnmergeableException reason) {
            return reason;
        }
        if (failure instanceof UnsupportedOperationException) {
            return new UnmergeableException("a " + Names.of(value) + " cannot be changed");
        }
        if (failure instanceof NotEncodableException || failure instanceof UnreadableAttributeException) {
            return new UnmergeableException("a part of it cannot be looked at by itself: " + failure.getMessage());
        }
        return new UnmergeableException("a " + Names.of(value) + " failed with "
                + ofTheApplication(failure).getClass().getName());
    }
}
