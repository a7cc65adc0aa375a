package io.holdfast.redis;

/** Redis does not know a script by its name, since it was not sent to it since its start. Never leaves this package. */
final class UnknownScriptException extends RefusedException {
    private static final long serialVersionUID = 1L;

    UnknownScriptException(String message) {
        super(message);
    }
}
