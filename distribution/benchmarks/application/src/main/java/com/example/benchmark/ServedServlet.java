package com.example.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Tells how many requests the container has answered since it started, how many of them with an error, and how many it is busy with:
 * three numbers in one line. A request counts when all is done, also if the client has gone meanwhile; this one is only in the last.
 */
public final class ServedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Of Jetty's module {@code statistics}, which is there on Jetty only. */
    private static final String JETTY = "org.eclipse.jetty.server.handler:type=statisticshandler,*";

    private static final String TOMCAT_REQUESTS = "*:type=GlobalRequestProcessor,*";
    private static final String TOMCAT_THREADS = "*:type=ThreadPool,*";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        long active = total(JETTY, "requestsActive");
        // Jetty counts a request when it begins, Tomcat when it is done.
        long requests = total(JETTY, "requests") - active + total(TOMCAT_REQUESTS, "requestCount");
        long errors =
                total(JETTY, "responses4xx") + total(JETTY, "responses5xx") + total(TOMCAT_REQUESTS, "errorCount");
        long busy = active + total(TOMCAT_THREADS, "currentThreadsBusy");
        response.setContentType("text/plain");
        response.getOutputStream().write((requests + " " + errors + " " + busy).getBytes(US_ASCII));
    }

    /** Of all beans with such a name. */
    private static long total(String name, String attribute) throws ServletException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        long total = 0;
        try {
            for (ObjectName bean : server.queryNames(new ObjectName(name), null)) {
                total += ((Number) server.getAttribute(bean, attribute)).longValue();
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
        return total;
    }
}
