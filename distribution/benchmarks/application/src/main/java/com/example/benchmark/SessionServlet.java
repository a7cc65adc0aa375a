package com.example.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * Does what the path says: {@code /create} a session, {@code /leave} it alone, {@code /read} an attribute, {@code /write} one or
 * {@code /write5}, {@code /append} to a list in place, {@code /count}; {@code /appended} and {@code /counted} tell what came of it;
 * {@code /login} gives it another id, and {@code /end} ends it.
 * Answers 410 if the client's session is not there. The application's parameters {@code attributes} and {@code bytes} say what a
 * session holds.
 */
public final class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient Work work = new Work(1, 1);

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        work = new Work(number("attributes"), number("bytes"));
    }

    private int number(String parameter) {
        return Integer.parseInt(getServletContext().getInitParameter(parameter));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        switch (path) {
            case "/leave" -> answer(response, "left");
            case "/create" -> {
                work.fill(request.getSession());
                answer(response, "created");
            }
            default -> {
                HttpSession session = request.getSession(false);
                if (session == null) {
                    response.sendError(HttpServletResponse.SC_GONE);
                } else {
                    answer(response, use(request, session, path));
                }
            }
        }
    }

    private String use(HttpServletRequest request, HttpSession session, String path) {
        switch (path) {
            case "/read" -> {
                return work.read(session);
            }
            case "/write" -> work.write(session, 1);
            case "/write5" -> work.write(session, 5);
            case "/append" -> work.append(session);
            case "/count" -> work.count(session);
            case "/login" -> request.changeSessionId();
            case "/end" -> session.invalidate();
            case "/appended" -> {
                return Integer.toString(work.appended(session));
            }
            case "/counted" -> {
                return Integer.toString(work.counted(session));
            }
            default -> throw new IllegalArgumentException("no such work: " + path);
        }
        return "done";
    }

    private static void answer(HttpServletResponse response, String text) throws IOException {
        byte[] body = text.getBytes(US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
