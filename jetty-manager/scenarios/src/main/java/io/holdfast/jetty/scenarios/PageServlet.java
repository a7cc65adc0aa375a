package io.holdfast.jetty.scenarios;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Answers with the page of the request's path. */
final class PageServlet extends HttpServlet {
    /** The request attribute that holds the response. */
    static final String RESPONSE = "response";

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Page> pages;

    PageServlet(Map<String, Page> pages) {
        this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Page page = pages.get(request.getPathInfo());
        if (page == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.setAttribute(RESPONSE, response);
        try {
            response.getWriter().print(page.answer(request));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
