package io.holdfast.jetty.scenarios;

import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Logins;
import jakarta.servlet.http.HttpSession;
import java.util.EventListener;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.jetty.ee9.nested.ServletConstraint;
import org.eclipse.jetty.ee9.security.ConstraintMapping;
import org.eclipse.jetty.ee9.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee9.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.ee9.security.authentication.FormAuthenticator;
import org.eclipse.jetty.ee9.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.ee9.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.util.component.LifeCycle;

/** A web application of ee9, or of ee8 when the package is rewritten in the byte code. */
final class NestedApplication extends JettyApplication {
    private final ServletContextHandler context;
    private final ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
    private final ConstraintSecurityHandler security = new ConstraintSecurityHandler();

    NestedApplication(String contextPath, JettyNode node) {
        super(node);
        context = new ServletContextHandler(null, contextPath, ServletContextHandler.SESSIONS);
        context.setErrorHandler(errorPages);
        ServletHolder holder = new ServletHolder("application", servlet());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/");
    }

    @Override
    Handler handler() {
        return context.get();
    }

    @Override
    AbstractSessionManager sessions() {
        return (AbstractSessionManager) context.getSessionHandler().getSessionManager();
    }

    @Override
    void passRequestsOn() {
        context.setCrossContextDispatchSupported(true);
    }

    @Override
    void webSocket(String path, Consumer<HttpSession> opened, BiFunction<HttpSession, String, String> answer) {
        NestedSockets.add(context, path, opened, answer);
    }

    @Override
    LifeCycle lifeCycle() {
        return context.get();
    }

    @Override
    public Application listen(EventListener listener) {
        context.addEventListener(listener);
        return this;
    }

    @Override
    public Application errorPage(int status, String path) {
        errorPages.addErrorPage(status, path);
        return this;
    }

    @Override
    void knowUsers() {
        if (security.getAuthenticator() == null) {
            use(formLogin());
        }
    }

    @Override
    public Application logins(Logins.Method method) {
        use(method == Logins.Method.BASIC ? new BasicAuthenticator() : formLogin());
        ServletConstraint constraint = new ServletConstraint("private", Logins.ROLE);
        constraint.setAuthenticate(true);
        ConstraintMapping mapping = new ConstraintMapping();
        mapping.setPathSpec(Logins.PROTECTED);
        mapping.setConstraint(constraint);
        security.addConstraintMapping(mapping);
        return user(Logins.USER);
    }

    /** The only one that keeps in the session who has logged in, also by {@code request.login()}. */
    private static LoginAuthenticator formLogin() {
        return new FormAuthenticator(Logins.LOGIN_PAGE, Logins.FAILURE_PAGE, true);
    }

    private void use(LoginAuthenticator authenticator) {
        security.setLoginService(loginService());
        security.setAuthenticator(authenticator);
        context.setSecurityHandler(security);
    }
}
