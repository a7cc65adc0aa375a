package io.holdfast.demo.node;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * The application: a shop that knows nothing of session managers. Both deployments run this very class.
 *
 * <p>A request that changes something first reads its session, then works for {@code hold} milliseconds, as a request does
 * that asks a database or another service, then changes the session. That is what makes requests overlap.
 */
final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_HOLD_MILLIS = 2_000;
    private static final String CART = "cart";

    private final String node;

    ShopServlet(String node) {
        this.node = node;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(ShopApi.NODE, node);
        response.setHeader(ShopApi.ENTERED, now());
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (request.getServletPath().equals("/login")) {
            login(request.getSession(), request);
            reply(response, List.of("hello"));
            return;
        }
        HttpSession session = request.getSession(false);
        if (session == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            reply(response, List.of("no session"));
            return;
        }
        switch (request.getServletPath()) {
            case "/set" -> set(session, request);
            case "/add" -> add(session, request);
            case "/view" -> view(session, request);
            case "/logout" -> session.invalidate();
            case "/session" -> {
                reply(response, contents(session));
                return;
            }
            default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        reply(response, List.of());
    }

    private static void login(HttpSession session, HttpServletRequest request) {
        session.setAttribute("user", text(request, "user"));
        session.setAttribute(CART, new Cart());
    }

    private static void set(HttpSession session, HttpServletRequest request) {
        String user = (String) session.getAttribute("user");
        work(request);
        session.setAttribute(text(request, "name"), "set by " + user);
    }

    /** Changes the cart where it is, without {@code setAttribute}: nothing tells the container that it has changed. */
    private static void add(HttpSession session, HttpServletRequest request) {
        Cart cart = (Cart) session.getAttribute(CART);
        work(request);
        cart.add(text(request, "item"));
    }

    /** Reads the cart, as any page does that shows how much is in it, and notes what was looked at. */
    private static void view(HttpSession session, HttpServletRequest request) {
        int inCart = ((Cart) session.getAttribute(CART)).items().size();
        work(request);
        session.setAttribute("lastViewed", text(request, "item") + ", with " + inCart + " in the cart");
    }

    private static List<String> contents(HttpSession session) {
        TreeSet<String> lines = new TreeSet<>();
        for (String name : Collections.list(session.getAttributeNames())) {
            lines.add(ShopApi.ATTRIBUTE + name);
        }
        if (session.getAttribute(CART) instanceof Cart cart) {
            cart.items().forEach(item -> lines.add(ShopApi.ITEM + item));
        }
        return List.copyOf(lines);
    }

    private static void work(HttpServletRequest request) {
        try {
            Thread.sleep(Math.min(LONGEST_HOLD_MILLIS, Integer.parseInt(text(request, "hold"))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null) {
            throw new IllegalArgumentException("The parameter " + name + " is missing");
        }
        return value;
    }

    private static void reply(HttpServletResponse response, List<String> lines) throws IOException {
        response.setHeader(ShopApi.LEFT, now());
        response.getWriter().print(String.join("\n", lines));
    }

    private static String now() {
        return Long.toString(System.currentTimeMillis());
    }
}
