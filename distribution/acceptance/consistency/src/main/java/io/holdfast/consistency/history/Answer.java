package io.holdfast.consistency.history;

import java.util.List;

/** What came of a request. */
public sealed interface Answer {

    /**
     * The application answered.
     *
     * @param id of the session while the request began
     * @param newId that the client got by cookie; the same as {@code id} if it got none
     * @param seen the answers to the steps, one each; fewer when the session ended meanwhile, the last one then is
     *     {@link #GONE}
     */
    record Answered(String id, String newId, List<String> seen) implements Answer {}

    /** The application answered that there was no session. */
    record NoSession() implements Answer {}

    /** The container said that nothing was stored: 409 or 503. */
    record Refused(int status) implements Answer {}

    /** Nobody knows: no answer, or an error that says nothing. */
    record Unknown(String why) implements Answer {}

    /** In the answers to the steps: the session ended before this step. */
    String GONE = "gone";

    /** In the answers to the steps: there is no such attribute. */
    String ABSENT = "-";

    /** In the answers to the steps: done. */
    String DONE = "ok";
}
