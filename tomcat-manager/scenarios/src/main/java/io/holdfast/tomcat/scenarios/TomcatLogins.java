package io.holdfast.tomcat.scenarios;

import io.holdfast.scenarios.Logins;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Sets up logins and protected pages as a {@code web.xml} would. */
final class TomcatLogins {
    private TomcatLogins() {}

    static void add(StandardContext context, Logins.Method method) {
        switch (method) {
            case BASIC -> protect(context, new LoginConfig("BASIC", "test", null, null), new BasicAuthenticator());
            case FORM ->
                protect(
                        context,
                        new LoginConfig("FORM", null, Logins.LOGIN_PAGE, Logins.FAILURE_PAGE),
                        new FormAuthenticator());
        }
    }

    private static void protect(StandardContext context, LoginConfig login, AuthenticatorBase authenticator) {
        context.setLoginConfig(login);
        context.getPipeline().addValve(authenticator);
        SecurityCollection pages = new SecurityCollection();
        pages.addPattern(Logins.PROTECTED);
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(pages);
        constraint.addAuthRole(Logins.ROLE);
        context.addSecurityRole(Logins.ROLE);
        context.addConstraint(constraint);
    }
}
