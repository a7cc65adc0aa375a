package io.holdfast.tomcat.scenarios;

import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Figure;
import io.holdfast.scenarios.Handler;
import io.holdfast.scenarios.HandlerServlet;
import io.holdfast.scenarios.Logins;
import io.holdfast.tomcat.RedisSessionManager;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EventListener;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** A web application on a Tomcat, with its context and the manager of its sessions. */
final class TomcatApplication implements Application {
    private final Tomcat tomcat;
    private final StandardContext context;
    private final RedisSessionManager manager = new RedisSessionManager();
    private final HandlerServlet servlet = new HandlerServlet();

    TomcatApplication(Tomcat tomcat, StandardContext context, boolean managed) {
        this.tomcat = tomcat;
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

    @Override
    public TomcatApplication on(String path, Handler handler) {
        servlet.on(path, handler);
        return this;
    }

    /** Sets an attribute of the {@code <Manager>} element. */
    @Override
    public TomcatApplication set(String attribute, String value) {
        if (!IntrospectionUtils.setProperty(manager, attribute, value)) {
            throw new IllegalArgumentException("The manager does not take " + attribute);
        }
        return this;
    }

    @Override
    public TomcatApplication listen(EventListener listener) {
        if (listener instanceof HttpSessionListener) {
            context.addApplicationLifecycleListener(listener);
        }
        context.addApplicationEventListener(listener);
        return this;
    }

    @Override
    public TomcatApplication errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        context.addErrorPage(page);
        return this;
    }

    @Override
    public TomcatApplication distributable(boolean distributable) {
        context.setDistributable(distributable);
        return this;
    }

    @Override
    public TomcatApplication user(String name) {
        tomcat.addUser(name, Logins.PASSWORD);
        tomcat.addRole(name, Logins.ROLE);
        return this;
    }

    @Override
    public TomcatApplication logins(Logins.Method method) {
        TomcatLogins.add(context, method);
        return user(Logins.USER);
    }

    @Override
    public TomcatApplication sessionTimeout(int minutes) {
        context.setSessionTimeout(minutes);
        return this;
    }

    @Override
    public void restart() {
        stop();
        try {
            context.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            context.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void sweep() {
        manager.processExpires();
    }

    @Override
    public long count(Figure figure) {
        return switch (figure) {
            case COMMITS -> manager.getCommits();
            case COMMIT_RETRIES -> manager.getCommitRetries();
            case MOST_COMMIT_RETRIES -> manager.getMostCommitRetries();
            case DROPPED_COMMITS -> manager.getDroppedCommits();
            case FAILED_COMMITS -> manager.getFailedCommits();
            case CONFLICTS -> manager.getConflicts();
            case MERGED_CONFLICTS -> manager.getMergedConflicts();
            case EXCLUSIVE_WAITS -> manager.getExclusiveWaits();
            case EXCLUSIVE_TIMEOUTS -> manager.getExclusiveTimeouts();
            case LOST_LEASES -> manager.getLostLeases();
            case UNREADABLE_ATTRIBUTES -> manager.getUnreadableAttributes();
            case UNSTORED_ATTRIBUTES -> manager.getUnstoredAttributes();
            case REDIS_OUTAGES -> manager.getRedisOutages();
            case LOCAL_COPIES -> manager.getActiveSessions();
            case SESSIONS_IN_USE -> manager.getSessionsInUse();
        };
    }

    @Override
    public String conflictsByAttribute() {
        return manager.getConflictsByAttribute();
    }

    private void addServlet() {
        Wrapper wrapper = Tomcat.addServlet(context, "application", servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/");
    }
}
