package com.example.notebook;

import com.esotericsoftware.kryo.Kryo;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.channel.Channel;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Writes into the notebook of the session and shows it. What was written last by anybody also goes to Redis through the
 * application's own Lettuce, and comes back through its own Reactor and Netty.
 */
@WebServlet("")
public final class NotebookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String LAST = "notebook:last";

    private transient RedisClient redis;
    private transient StatefulRedisConnection<String, String> connection;

    @Override
    public void init() {
        redis = RedisClient.create(getServletContext().getInitParameter("redis"));
        connection = redis.connect();
    }

    @Override
    public void destroy() {
        redis.shutdown();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        if (session.getAttribute("notebook") == null) {
            session.setAttribute("notebook", new Notebook());
        }
        String text = request.getParameter("text");
        ((Notebook) session.getAttribute("notebook")).write(text);
        connection.sync().setex(LAST, 60, text);
        response.sendRedirect(request.getContextPath() + "/");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        ((Notebook) request.getSession().getAttribute("notebook")).read().forEach(out::println);
        out.println("last: "
                + Mono.just(LAST).flatMap(key -> connection.reactive().get(key)).block());
        List.of(Kryo.class, RedisClient.class, Channel.class, Mono.class)
                .forEach(type -> out.println(type.getSimpleName() + " from " + jarOf(type)));
    }

    private static String jarOf(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.indexOf("/WEB-INF/"));
    }
}
