package io.holdfast.tomcat.scenarios;

import io.holdfast.tomcat.RedisSessionManager;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.IntrospectionUtils;

/** One web application on one node: handlers by path, its context, and the manager of its sessions. */
final class Application {
    private final StandardContext context;
    private final RedisSessionManager manager = new RedisSessionManager();
    private final HandlerServlet servlet = new HandlerServlet();

    Application(StandardContext context, boolean managed) {
        this.context = context;
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                addServlet(); // also after a reload, which begins with an empty context
            }
        });
        if (managed) {
            context.setManager(manager);
        }
    }

    StandardContext context() {
        return context;
    }

    RedisSessionManager manager() {
        return manager;
    }

    Application on(String path, Handler handler) {
        servlet.on(path, handler);
        return this;
    }

    /** Sets an attribute of the {@code <Manager>} element. */
    void set(String attribute, String value) {
        if (!IntrospectionUtils.setProperty(manager, attribute, value)) {
            throw new IllegalArgumentException("The manager does not take " + attribute);
        }
    }

    private void addServlet() {
        Wrapper wrapper = Tomcat.addServlet(context, "application", servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/");
    }
}
