package io.holdfast.tomcat;

/** Says that this Tomcat has another shape inside than those Holdfast knows. */
final class Unsupported {
    private Unsupported() {}

    static IllegalStateException tomcat(String part, ReflectiveOperationException cause) {
        return new IllegalStateException(
                "The " + part + " of this Tomcat cannot be observed, so sessions could not be committed before the"
                        + " response. Holdfast runs on Tomcat 9.0, 10.1 and 11.0 from the class path.",
                cause);
    }
}
