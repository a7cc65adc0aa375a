package io.holdfast.tomcat.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.Principal;
import java.util.Base64;
import java.util.Optional;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Applications with users: ada, who is an admin, may see what lies under {@code /private}. */
final class Logins {
    static final String USER = "ada";
    static final String PASSWORD = "correct-horse-battery";
    static final String ROLE = "admin";

    /** What {@code /private/who} prints for ada. */
    static final String ADA_BY_FORM = "ada ada true false FORM";

    static final String ADA_BY_BASIC = "ada ada true false BASIC";
    static final String NOBODY = "null null false false null";

    private Logins() {}

    static void addBasic(Node node) {
        add(node, new LoginConfig("BASIC", "test", null, null), new BasicAuthenticator());
    }

    static void addForm(Node node) {
        add(node, new LoginConfig("FORM", null, "/login", "/login-failed"), new FormAuthenticator());
    }

    /** Pages that say who is logged in. */
    static void deploy(Cluster cluster) {
        Handler who = (request, response) -> {
            Principal principal = request.getUserPrincipal();
            response.getWriter()
                    .print(request.getRemoteUser() + " "
                            + Optional.ofNullable(principal)
                                    .map(Principal::getName)
                                    .orElse("null") + " "
                            + request.isUserInRole(ROLE) + " " + request.isUserInRole("stranger") + " "
                            + request.getAuthType());
        };
        cluster.on("/private/who", who)
                .on("/who", who)
                .on("/private/logout", (request, response) -> request.logout())
                .on("/login", (request, response) -> response.getWriter().print("please log in"))
                .on("/login-failed", (request, response) -> response.getWriter().print("wrong password"));
    }

    /** Header of a request with ada's name and password. */
    static String[] credentials() {
        String text = USER + ":" + PASSWORD;
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))};
    }

    private static <A extends Valve & Authenticator> void add(Node node, LoginConfig login, A authenticator) {
        node.tomcat().addUser(USER, PASSWORD);
        node.tomcat().addRole(USER, ROLE);
        StandardContext context = node.context();
        context.setLoginConfig(login);
        context.getPipeline().addValve(authenticator);
        SecurityCollection pages = new SecurityCollection();
        pages.addPattern("/private/*");
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(pages);
        constraint.addAuthRole(ROLE);
        context.addSecurityRole(ROLE);
        context.addConstraint(constraint);
    }
}
