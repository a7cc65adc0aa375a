package com.example.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Tells how many bytes all threads of this JVM have allocated on the heap, also those of the container and of drivers, and for how
 * many milliseconds its JIT compilers have worked: two numbers in one line.
 */
public final class JvmServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ThreadTotals totals = new ThreadTotals();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long bytes = totals.update(ids, threads.getThreadAllocatedBytes(ids));
        response.setContentType("text/plain");
        long compiling = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
        response.getOutputStream().write((bytes + " " + compiling).getBytes(US_ASCII));
    }
}
