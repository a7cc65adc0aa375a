package io.holdfast.session;

/** Every one of the bounded attempts of a commit was overtaken by another node; nothing of it was written. */
public final class CommitContentionException extends StoreException {
    private static final long serialVersionUID = 1L;

    public CommitContentionException(String message) {
        super(message);
    }
}
