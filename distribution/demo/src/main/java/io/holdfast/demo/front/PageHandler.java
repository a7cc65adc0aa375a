package io.holdfast.demo.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.holdfast.demo.node.NodeMain;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page and what it consists of, and the configuration files of the two deployments for it to show. */
final class PageHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NO_BODY = -1;

    private static final Map<String, Source> PAGES = Map.of(
            "/", new Source(PageHandler.class, "index.html", "text/html"),
            "/page.css", new Source(PageHandler.class, "page.css", "text/css"),
            "/page.js", new Source(PageHandler.class, "page.js", "text/javascript"),
            "/stock.xml", new Source(NodeMain.class, "stock.xml", "text/plain"),
            "/holdfast.xml", new Source(NodeMain.class, "holdfast.xml", "text/plain"));

    private record Source(Class<?> owner, String file, String type) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Source source = PAGES.get(exchange.getRequestURI().getPath());
            if (source == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
                return;
            }
            try (InputStream content = source.owner().getResourceAsStream(source.file())) {
                if (content == null) {
                    throw new IOException(source.file() + " is missing");
                }
                exchange.getResponseHeaders().set("Content-Type", source.type() + ";charset=UTF-8");
                exchange.getResponseHeaders().set("Cache-Control", "no-store");
                exchange.sendResponseHeaders(OK, 0);
                content.transferTo(exchange.getResponseBody());
            }
        }
    }
}
