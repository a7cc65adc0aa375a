package io.holdfast.jetty.scenarios;

import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Logins;
import jakarta.servlet.http.HttpSession;
import java.util.EventListener;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.util.component.LifeCycle;

/** A web application of ee10, or of ee11 when the package is rewritten in the byte code. */
final class ServletApplication extends JettyApplication {
    private final ServletContextHandler context;
    private final ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
    private final ConstraintSecurityHandler security = new ConstraintSecurityHandler();

    ServletApplication(String contextPath, JettyNode node) {
        super(node);
        context = new ServletContextHandler(contextPath, ServletContextHandler.SESSIONS);
        context.setErrorHandler(errorPages);
        ServletHolder holder = new ServletHolder("application", servlet());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/");
    }

    @Override
    Handler handler() {
        return context;
    }

    @Override
    AbstractSessionManager sessions() {
        return context.getSessionHandler();
    }

    @Override
    void passRequestsOn() {
        context.setCrossContextDispatchSupported(true);
    }

    @Override
    void webSocket(String path, Consumer<HttpSession> opened, BiFunction<HttpSession, String, String> answer) {
        ServletSockets.add(context, path, opened, answer);
    }

    @Override
    LifeCycle lifeCycle() {
        return context;
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
        ConstraintMapping mapping = new ConstraintMapping();
        mapping.setPathSpec(Logins.PROTECTED);
        mapping.setConstraint(Constraint.from(Logins.ROLE));
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
