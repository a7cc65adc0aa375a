package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.SessionFigures;
import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Figure;
import io.holdfast.scenarios.Handler;
import io.holdfast.scenarios.HandlerServlet;
import io.holdfast.scenarios.Logins;
import jakarta.servlet.http.HttpSession;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.security.Credential;
import org.jspecify.annotations.Nullable;

/** A web application on a Jetty; what differs between Jetty's environments is left to subclasses. */
abstract class JettyApplication implements Application {
    private final JettyNode node;
    private final HandlerServlet servlet = new HandlerServlet();
    private final UserStore users = new UserStore();
    private @Nullable SessionFigures figures;

    JettyApplication(JettyNode node) {
        this.node = node;
    }

    /** An application of the environment that is on the class path; modules that run the scenarios have one each. */
    static JettyApplication create(String contextPath, JettyNode node) {
        return isPresent("org.eclipse.jetty.ee10.servlet.ServletContextHandler")
                ? new ServletApplication(contextPath, node)
                : new NestedApplication(contextPath, node);
    }

    /** What the server passes requests to. */
    abstract org.eclipse.jetty.server.Handler handler();

    abstract AbstractSessionManager sessions();

    /** Has the sessions stay where Jetty itself keeps them. */
    final void keepSessionsInMemory() {
        DefaultSessionCache cache = new DefaultSessionCache(sessions());
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions().setSessionCache(cache);
    }

    /** Has its cookie go to all applications of the server, and lets these pass requests to each other. */
    final JettyApplication shared() {
        sessions().setSessionPath("/");
        passRequestsOn();
        return this;
    }

    /** Lets the application pass requests to others of the server. */
    abstract void passRequestsOn();

    final HandlerServlet servlet() {
        return servlet;
    }

    /** Knows the users that were added. */
    final LoginService loginService() {
        HashLoginService service = new HashLoginService("test");
        service.setUserStore(users);
        return service;
    }

    @Override
    public final Application on(String path, Handler handler) {
        servlet.on(path, handler);
        return this;
    }

    @Override
    public final Application set(String setting, String value) {
        node.setSetting(setting, value);
        return this;
    }

    /** To Jetty it makes no difference. */
    @Override
    public final Application distributable(boolean distributable) {
        return this;
    }

    @Override
    public final Application user(String name) {
        users.addUser(name, Credential.getCredential(Logins.PASSWORD), new String[] {Logins.ROLE});
        knowUsers();
        return this;
    }

    /** Opens WebSockets at a path; before the application starts. Each of their messages is answered. */
    abstract void webSocket(String path, Consumer<HttpSession> opened, BiFunction<HttpSession, String, String> answer);

    /** Lets {@code request.login()} ask the login service. */
    abstract void knowUsers();

    @Override
    public final Application sessionTimeout(int minutes) {
        sessions().setMaxInactiveInterval(minutes * 60);
        return this;
    }

    @Override
    public final void restart() {
        stop();
        JettyNode.run(lifeCycle()::start);
        started();
    }

    @Override
    public final void stop() {
        JettyNode.run(lifeCycle()::stop);
    }

    abstract LifeCycle lifeCycle();

    @Override
    public final void sweep() {
        node.scavenge();
    }

    @Override
    public final long count(Figure figure) {
        SessionFigures figures = figures();
        return switch (figure) {
            case COMMITS -> figures.getCommits();
            case COMMIT_RETRIES -> figures.getCommitRetries();
            case MOST_COMMIT_RETRIES -> figures.getMostCommitRetries();
            case DROPPED_COMMITS -> figures.getDroppedCommits();
            case FAILED_COMMITS -> figures.getFailedCommits();
            case CONFLICTS -> figures.getConflicts();
            case MERGED_CONFLICTS -> figures.getMergedConflicts();
            case EXCLUSIVE_WAITS -> figures.getExclusiveWaits();
            case EXCLUSIVE_TIMEOUTS -> figures.getExclusiveTimeouts();
            case LOST_LEASES -> figures.getLostLeases();
            case UNREADABLE_ATTRIBUTES -> figures.getUnreadableAttributes();
            case UNSTORED_ATTRIBUTES -> figures.getUnstoredAttributes();
            case REDIS_OUTAGES -> figures.getRedisOutages();
            case LOCAL_COPIES -> figures.getLocalCopies();
            case SESSIONS_IN_USE -> figures.getSessionsInUse();
        };
    }

    @Override
    public final String conflictsByAttribute() {
        return figures().getConflictsByAttribute();
    }

    /** The application has started; its figures can be asked for, also when it has stopped. */
    final void started() {
        figures = ((Container) sessions().getSessionCache()).getBean(SessionFigures.class);
    }

    final int runningRequests() {
        return figures().getRunningRequests();
    }

    /** Lets go of the figures of an application that has stopped: they hold on to it. */
    final void forgetFigures() {
        figures = null;
    }

    private SessionFigures figures() {
        if (figures == null) {
            throw new IllegalStateException("The application has not started, or its sessions are not in Redis");
        }
        return figures;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
