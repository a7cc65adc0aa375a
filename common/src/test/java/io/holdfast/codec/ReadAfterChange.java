package io.holdfast.codec;

import io.holdfast.codec.TwoReleases.Change;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what the older of two releases has stored, for each change in a static method {@code changes}, in both encodings. */
abstract class ReadAfterChange {
    abstract TwoReleases application();

    @ParameterizedTest
    @MethodSource("changes")
    void attributeInKryo_isReadAfterTheChange(Change change) throws Exception {
        application().checkKryo(change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void attributeInJavaSerialization_isReadAfterTheChange(Change change) throws Exception {
        application().checkJava(change);
    }
}
