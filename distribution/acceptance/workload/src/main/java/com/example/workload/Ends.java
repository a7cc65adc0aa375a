package com.example.workload;

import java.nio.file.Path;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import javax.servlet.http.HttpSession;
import javax.servlet.http.HttpSessionAttributeListener;
import javax.servlet.http.HttpSessionBindingEvent;
import javax.servlet.http.HttpSessionEvent;
import javax.servlet.http.HttpSessionListener;

/** Notes every end of a session, with the badge that was still to be read in it, and of the badge. */
public final class Ends implements ServletContextListener, HttpSessionListener, HttpSessionAttributeListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        Journal.open(Path.of(event.getServletContext().getInitParameter("journal")));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        Object badge = session.getAttribute("badge");
        Journal.write("destroyed", session.getId(), badge instanceof Badge own ? own.owner() : "-");
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        if (event.getValue() instanceof Badge badge) {
            Journal.write("removed", event.getSession().getId(), badge.owner());
        }
    }
}
