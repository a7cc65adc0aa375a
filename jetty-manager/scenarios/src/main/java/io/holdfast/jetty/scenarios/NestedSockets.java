package io.holdfast.jetty.scenarios;

import jakarta.servlet.http.HttpSession;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.websocket.api.WebSocketAdapter;
import org.eclipse.jetty.ee9.websocket.api.WriteCallback;
import org.eclipse.jetty.ee9.websocket.server.config.JettyWebSocketServletContainerInitializer;

/** WebSockets of ee9. */
final class NestedSockets {
    private NestedSockets() {}

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
    public static final class Endpoint extends WebSocketAdapter {
        private final UnaryOperator<String> answer;

        Endpoint(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onWebSocketText(String message) {
            getSession().getRemote().sendString(answer.apply(message), WriteCallback.NOOP);
        }
    }
}
