package com.example.benchmark.spring;

import org.springframework.session.web.context.AbstractHttpSessionApplicationInitializer;

/** Puts the filter of Spring Session before everything else. */
public final class SessionFilter extends AbstractHttpSessionApplicationInitializer {
    /** Called by the container. */
    public SessionFilter() {
        super(SessionConfiguration.class);
    }
}
