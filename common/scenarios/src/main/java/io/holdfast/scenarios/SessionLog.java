package io.holdfast.scenarios;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes down what an application's listeners hear of sessions. */
public final class SessionLog implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    private static final List<SessionLog> ALL = new CopyOnWriteArrayList<>();

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    public SessionLog() {
        ALL.add(this);
    }

    /** Listens on a node that has not started yet. */
    public SessionLog listenOn(Node node) {
        return listenOn(node.application());
    }

    public SessionLog listenOn(Application application) {
        application.listen(this);
        return this;
    }

    /** What was heard since the last call; none is lost that is heard meanwhile. */
    public List<String> drain() {
        List<String> heard = new ArrayList<>();
        lines.drainTo(heard);
        return heard;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public void close() {
        ALL.remove(this);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        lines.add("created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        lines.add("destroyed with user=" + session.getAttribute("user"));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        lines.add("id changed: " + !event.getSession().getId().equals(oldId));
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        lines.add("added " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        lines.add("removed " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        lines.add("replaced " + event.getName() + "=" + event.getValue() + ", now "
                + event.getSession().getAttribute(event.getName()));
    }

    /** An attribute that wants to hear of being bound; all logs write it down. */
    public record Bound(String name) implements HttpSessionBindingListener, Serializable {
        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            ALL.forEach(log -> log.lines.add("bound " + name));
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            ALL.forEach(log -> log.lines.add("unbound " + name));
        }
    }
}
