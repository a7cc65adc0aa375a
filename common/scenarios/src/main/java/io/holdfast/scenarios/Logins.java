package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.Principal;
import java.util.Base64;
import java.util.Optional;

/** Applications with users: ada, who is an admin, may see what lies under {@code /private}. */
public final class Logins {
    public static final String USER = "ada";
    public static final String PASSWORD = "correct-horse-battery";
    public static final String ROLE = "admin";
    public static final String PROTECTED = "/private/*";
    public static final String LOGIN_PAGE = "/login";
    public static final String FAILURE_PAGE = "/login-failed";

    /** What {@code /private/who} prints for ada. */
    public static final String ADA_BY_FORM = "ada ada true false FORM";

    public static final String ADA_BY_BASIC = "ada ada true false BASIC";
    public static final String NOBODY = "null null false false null";

    /** How the container asks for name and password. */
    public enum Method {
        BASIC,
        FORM
    }

    private Logins() {}

    /** Pages that say who is logged in. */
    public static void deploy(Pages.Deployment application) {
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
        application.on("/private/who", who);
        application.on("/who", who);
        application.on("/private/logout", (request, response) -> request.logout());
        application.on(LOGIN_PAGE, (request, response) -> response.getWriter().print("please log in"));
        application.on(FAILURE_PAGE, (request, response) -> response.getWriter().print("wrong password"));
    }

    /** Whether a field of a record holds who has logged in; Jetty keeps it among the attributes. */
    static boolean isField(String name) {
        return name.equals("@org.eclipse.jetty.security.UserIdentity")
                || (name.startsWith("$") && !name.equals("$jetty"));
    }

    /** Header of a request with ada's name and password. */
    public static String[] credentials() {
        String text = USER + ":" + PASSWORD;
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))};
    }
}
