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
 * Tells how many requests Tomcat has answered since it started, and how many of them with an error: two numbers in one line.
 * Tomcat counts a request when all is done, also if the client has gone meanwhile; this one is not yet in.
 */
public final class ServedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        long requests = 0;
        long errors = 0;
        try {
            for (ObjectName connector : server.queryNames(new ObjectName("*:type=GlobalRequestProcessor,*"), null)) {
                requests += (Integer) server.getAttribute(connector, "requestCount");
                errors += (Integer) server.getAttribute(connector, "errorCount");
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
        response.setContentType("text/plain");
        response.getOutputStream().write((requests + " " + errors).getBytes(US_ASCII));
    }
}
