package io.holdfast.jetty.scenarios;

import jakarta.servlet.http.HttpServletRequest;

/** What the application does with a request; the text is the answer. */
@FunctionalInterface
interface Page {
    String answer(HttpServletRequest request) throws Exception;
}
