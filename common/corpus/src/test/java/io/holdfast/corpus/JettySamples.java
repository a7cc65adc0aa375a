package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.orderedMap;
import static io.holdfast.corpus.LibrarySample.sample;

import java.security.Principal;
import java.util.List;
import javax.security.auth.Subject;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.security.authentication.LoginAuthenticator.UserAuthenticationSent;
import org.eclipse.jetty.security.authentication.SessionAuthentication;
import org.eclipse.jetty.util.MultiMap;
import org.eclipse.jetty.util.security.Credential;

/**
 * Jetty 12's authentication in sessions, of its core and of {@code ee8}.
 *
 * <p>A {@code SessionAuthentication} does not store who logged in but logs in again when it is read, at the login
 * service of the {@code SecurityHandler} whose request it is. Outside of one, as here, it comes back without an
 * identity, so these portraits do not ask for it. Not here, as they are not serializable: the {@code CompletableFuture}
 * of a posted form that the form authenticator of the core keeps until the login is done, and {@code DefaultUserIdentity}.
 */
final class JettySamples {
    private JettySamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample(
                        "Jetty SessionAuthentication",
                        () -> new SessionAuthentication("FORM", identity(), "secret"),
                        SessionAuthentication::getAuthenticationType),
                sample(
                        "Jetty ee8 SessionAuthentication",
                        () -> new org.eclipse.jetty.ee8.security.authentication.SessionAuthentication(
                                "FORM", identity(), Credential.getCredential("MD5:d41d8cd98f00b204e9800998ecf8427e")),
                        authentication -> authentication.getAuthMethod()),
                sample(
                        "Jetty UserAuthenticationSent",
                        () -> new UserAuthenticationSent("BASIC", identity()),
                        UserAuthenticationSent::getAuthenticationType),
                sample("Jetty UserPrincipal", () -> user("ann"), JettySamples::describe),
                sample(
                        "Jetty UserPrincipal with MD5",
                        () -> new UserPrincipal(
                                "ann", Credential.getCredential("MD5:5ebe2294ecd0e0f08eab7690d2a6ee69")),
                        JettySamples::describe),
                sample("Jetty RolePrincipal", () -> new RolePrincipal("admin"), Principal::getName),
                sample("Jetty HttpURI of a form login", JettySamples::askedUri, JettySamples::describe),
                sample("Jetty HttpURI, not asked yet", JettySamples::uri, JettySamples::describe),
                orderedMap("Jetty MultiMap of a form login", JettySamples::parameters)
                        .changedBy(map -> map.add("item", "9")));
    }

    private static UserIdentity identity() {
        UserPrincipal principal = user("ann");
        return UserIdentity.from(new Subject(), principal, "admin", "user");
    }

    private static UserPrincipal user(String name) {
        return new UserPrincipal(name, Credential.getCredential("secret"));
    }

    private static String describe(UserPrincipal user) {
        return user.getName() + " " + user.authenticate("secret") + " " + user.authenticate("other");
    }

    private static HttpURI uri() {
        return HttpURI.from("https://shop.example:8443/a/b?q=1#f").asImmutable();
    }

    /** Has all it remembers from being asked. */
    private static HttpURI askedUri() {
        HttpURI uri = uri();
        describe(uri);
        return uri;
    }

    private static String describe(HttpURI uri) {
        return uri.asString() + " " + uri.getPort() + " " + uri.getCanonicalPath() + " " + uri.getQuery();
    }

    private static MultiMap<String> parameters() {
        MultiMap<String> parameters = new MultiMap<>();
        parameters.add("item", "7");
        parameters.add("item", "8");
        parameters.add("action", "buy");
        return parameters;
    }
}
