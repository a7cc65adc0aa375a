package com.example.workload;

import java.io.Serializable;
import javax.servlet.http.HttpSessionBindingEvent;
import javax.servlet.http.HttpSessionBindingListener;

/** A value that notes when it leaves its session. It stays there from the first request to the end. */
public final class Badge implements Serializable, HttpSessionBindingListener {
    private static final long serialVersionUID = 1L;

    private final String owner;

    Badge(String owner) {
        this.owner = owner;
    }

    /** Id of the session when it was created. */
    String owner() {
        return owner;
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        // Everybody gets one.
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        Journal.write("unbound", event.getSession().getId(), owner);
    }
}
