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
 * Tells how many requests Tomcat has answered since it started, how many of them with an error, and how many it is busy with: three
 * numbers in one line. Tomcat counts a request when all is done, also if the client has gone meanwhile; this one is only in the last.
 */
public final class ServedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        long requests = total("GlobalRequestProcessor", "requestCount");
        long errors = total("GlobalRequestProcessor", "errorCount");
        long busy = total("ThreadPool", "currentThreadsBusy");
        response.setContentType("text/plain");
        response.getOutputStream().write((requests + " " + errors + " " + busy).getBytes(US_ASCII));
    }

    /** Of all connectors. */
    private static long total(String type, String attribute) throws ServletException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        long total = 0;
        try {
            for (ObjectName connector : server.queryNames(new ObjectName("*:type=" + type + ",*"), null)) {
                total += ((Number) server.getAttribute(connector, attribute)).longValue();
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
        return total;
    }
}
