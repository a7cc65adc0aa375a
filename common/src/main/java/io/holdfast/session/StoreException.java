package io.holdfast.session;

import org.jspecify.annotations.Nullable;

/**
 * The store did not do what was asked and the session's state is not known to be what the caller wanted. Unchecked on
 * purpose: containers turn a checked failure of a look-up into "no such session" and would log the user out.
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private volatile boolean nothingDone;
    private volatile @Nullable CommitId lostCommit;
    private volatile long lostVersion;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message, boolean writableStackTrace) {
        super(message, null, true, writableStackTrace);
    }

    /** Whether it is certain that nothing of what was asked is done, or will be. False: it may be. */
    public final boolean isNothingDone() {
        return nothingDone;
    }

    /** Nothing of what was asked is done, or will be. */
    public final void markNothingDone() {
        nothingDone = true;
    }

    /** The commit whose answer was lost: if it has taken effect, or still does, the record remembers it. Null: no commit's was. */
    public final @Nullable CommitId lostCommit() {
        return lostCommit;
    }

    /** The version of the record that the lost commit has made, if it has taken effect; 0: no answer was lost. */
    public final long lostVersion() {
        return lostVersion;
    }

    /** The answer to this commit was lost, which was to make that version of the record. */
    public final void markLost(CommitId commit, long version) {
        lostVersion = version;
        lostCommit = commit;
    }
}
