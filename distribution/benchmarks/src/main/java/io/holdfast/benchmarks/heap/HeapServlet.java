package io.holdfast.benchmarks.heap;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadLocalRandom;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * {@code /create} makes a session of ten attributes of 200 bytes, half of them texts and half of them objects; {@code /one} reads an object of
 * it, {@code /all} everything; {@code /histogram} collects garbage and answers with the JVM's table of what is left.
 */
final class HeapServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int ATTRIBUTES = 10;
    private static final int BYTES = 200;
    private static final int TITLE_BYTES = 16;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String answer = switch (request.getServletPath()) {
            case "/create" -> create(request.getSession());
            case "/one" -> read(request.getSession(false), 1);
            case "/all" -> read(request.getSession(false), ATTRIBUTES);
            case "/histogram" -> histogram();
            default -> throw new IllegalArgumentException("no such work: " + request.getServletPath());
        };
        response.setContentType("text/plain");
        response.getOutputStream().write(answer.getBytes(UTF_8));
    }

    private static String create(HttpSession session) {
        for (int number = 0; number < ATTRIBUTES; number++) {
            Object value = number % 2 == 0 ? new Note(text(TITLE_BYTES), text(BYTES - TITLE_BYTES)) : text(BYTES);
            session.setAttribute(name(number), value);
        }
        return "created";
    }

    private static String read(HttpSession session, int howMany) {
        int length = 0;
        for (int number = 0; number < howMany; number++) {
            length += session.getAttribute(name(number)).toString().length();
        }
        return Integer.toString(length);
    }

    private static String name(int number) {
        return "attribute" + number;
    }

    private static String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + ThreadLocalRandom.current().nextInt(26)));
        }
        return text.toString();
    }

    /** Twice, as the first collection may leave what weak references and cleaners hold. */
    private static String histogram() {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object[] arguments = {new String[0]};
            String[] signature = {String[].class.getName()};
            var server = ManagementFactory.getPlatformMBeanServer();
            server.invoke(commands, "gcClassHistogram", arguments, signature);
            return (String) server.invoke(commands, "gcClassHistogram", arguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not tell what is in its heap", e);
        }
    }
}
