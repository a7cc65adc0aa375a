package com.example.workload;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Takes the steps of one request from its parameter {@code steps}, separated by {@code ;}. The first line of the answer is
 * the session's id, or {@code none}; each further line is the answer to one step. {@code gone} ends the answer: the session
 * has ended meanwhile.
 */
public final class StepsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long ASYNC_TIMEOUT_MILLIS = 60_000;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        Deque<String> steps =
                new ArrayDeque<>(List.of(request.getParameter("steps").split(";", -1)));
        Visit visit = new Visit(request, response);
        if (visit.begin("create".equals(steps.peekFirst()))) {
            run(request, visit, steps);
        }
    }

    /** What follows the step {@code async} is done by another thread, after this one has gone. */
    private static void run(HttpServletRequest request, Visit visit, Deque<String> steps) throws IOException {
        while (!steps.isEmpty()) {
            String step = steps.removeFirst();
            if (step.equals("async")) {
                visit.answer("ok");
                AsyncContext async = request.startAsync();
                async.setTimeout(ASYNC_TIMEOUT_MILLIS);
                async.start(() -> finish(async, visit, steps));
                return;
            }
            if (!visit.perform(step)) {
                return;
            }
        }
    }

    private static void finish(AsyncContext async, Visit visit, Deque<String> steps) {
        try {
            boolean lives = true;
            while (lives && !steps.isEmpty()) {
                lives = visit.perform(steps.removeFirst());
            }
        } catch (IOException clientIsGone) {
            // There is nobody to tell.
        } finally {
            async.complete();
        }
    }
}
