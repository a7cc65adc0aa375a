package io.holdfast.jetty.scenarios;

import jakarta.servlet.http.HttpSession;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** WebSockets of ee10, or of ee11 when the package is rewritten in the byte code. */
final class ServletSockets {
    private ServletSockets() {}

    static void add(
            ServletContextHandler context,
            String path,
            Consumer<HttpSession> opened,
            BiFunction<HttpSession, String, String> answer) {
        JettyWebSocketServletContainerInitializer.configure(
                context,
                (application, container) -> container.addMapping(path, (request, response) -> {
                    HttpSession session = (HttpSession) request.getSession();
                    opened.accept(session);
                    return new Endpoint(message -> answer.apply(session, message));
                }));
    }

    /** Called by Jetty. */
    public static final class Endpoint extends Session.Listener.AbstractAutoDemanding {
        private final UnaryOperator<String> answer;

        Endpoint(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(answer.apply(message), Callback.NOOP);
        }
    }
}
