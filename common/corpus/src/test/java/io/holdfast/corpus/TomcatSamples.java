package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.LibrarySample.unorderedMap;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.sorted;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.authenticator.SavedRequest;
import org.apache.catalina.authenticator.SingleSignOnListener;
import org.apache.catalina.connector.CoyotePrincipal;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.UserDatabaseRealm.UserDatabasePrincipal;
import org.apache.catalina.users.MemoryUserDatabase;
import org.apache.catalina.util.ParameterMap;
import org.apache.tomcat.util.buf.ByteChunk;

/** Tomcat's objects of authentication, which it keeps beside the attributes, and what applications copy from it. */
final class TomcatSamples {
    private TomcatSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Tomcat GenericPrincipal", TomcatSamples::principal, TomcatSamples::describe),
                sample(
                        "Tomcat GenericPrincipal around another",
                        () -> new GenericPrincipal("ann", List.of("b", "a"), new CoyotePrincipal("Ann")),
                        TomcatSamples::describe),
                // Stores itself as a GenericPrincipal with the roles it has by then.
                sample(
                        "Tomcat UserDatabasePrincipal",
                        () -> new GenericPrincipal[] {databasePrincipal()},
                        array -> array[0].getName() + listed(List.of(array[0].getRoles()))),
                sample("Tomcat CoyotePrincipal", () -> new CoyotePrincipal("ann"), Principal::getName),
                sample("Tomcat SavedRequest", TomcatSamples::savedRequest, TomcatSamples::describe)
                        .changedBy(request -> request.setMethod("PUT")),
                unorderedMap("Tomcat ParameterMap, locked", TomcatSamples::parameters),
                sample("Tomcat SingleSignOnListener", () -> new SingleSignOnListener("4711"), listener -> ""));
    }

    private static GenericPrincipal principal() {
        Map<String, Object> attributes = new TreeMap<>(Map.of("mail", "ann@shop.example", "age", 42));
        return new GenericPrincipal("ann", List.of("b", "a"), null, null, null, attributes);
    }

    private static UserDatabasePrincipal databasePrincipal() {
        MemoryUserDatabase database = new MemoryUserDatabase("users");
        database.createRole("admin", "may do all");
        database.createUser("ann", "secret", "Ann").addRole(database.findRole("admin"));
        return new UserDatabasePrincipal(database.findUser("ann"), database);
    }

    private static String describe(GenericPrincipal principal) {
        return principal.getName() + " " + listed(List.of(principal.getRoles())) + " "
                + principal.getUserPrincipal().getClass().getSimpleName()
                + principal.getUserPrincipal().getName() + attributes(principal);
    }

    private static String attributes(GenericPrincipal principal) {
        List<String> attributes = new ArrayList<>();
        for (String name : Collections.list(principal.getAttributeNames())) {
            attributes.add(name + "=" + principal.getAttribute(name));
        }
        return sorted(attributes);
    }

    private static SavedRequest savedRequest() {
        SavedRequest request = new SavedRequest();
        request.setMethod("POST");
        request.setRequestURI("/shop/order");
        request.setDecodedRequestURI("/shop/order");
        request.setQueryString("id=1");
        request.setContentType("application/x-www-form-urlencoded");
        request.addHeader("Accept", "text/html");
        request.addHeader("Accept", "*/*");
        request.addLocale(Locale.GERMANY);
        Cookie cookie = new Cookie("theme", "dark");
        cookie.setPath("/shop");
        cookie.setHttpOnly(true);
        request.addCookie(cookie);
        ByteChunk body = new ByteChunk();
        byte[] bytes = "item=7&item=8".getBytes(StandardCharsets.UTF_8);
        body.setBytes(bytes, 0, bytes.length);
        request.setBody(body);
        return request;
    }

    private static String describe(SavedRequest request) {
        List<String> parts = new ArrayList<>(List.of(
                request.getMethod(),
                request.getRequestURI(),
                request.getDecodedRequestURI(),
                request.getQueryString(),
                request.getContentType()));
        request.getHeaderNames().forEachRemaining(name -> {
            parts.add(name);
            request.getHeaderValues(name).forEachRemaining(parts::add);
        });
        request.getLocales().forEachRemaining(locale -> parts.add(locale.toString()));
        request.getCookies()
                .forEachRemaining(cookie -> parts.add(cookie.getName() + "=" + cookie.getValue()
                        + sorted(cookie.getAttributes().entrySet())));
        ByteChunk body = request.getBody();
        parts.add(new String(body.getBytes(), body.getStart(), body.getLength(), StandardCharsets.UTF_8));
        return parts.toString();
    }

    private static ParameterMap<String, String[]> parameters() {
        ParameterMap<String, String[]> parameters = new ParameterMap<>(Map.of("item", new String[] {"7", "8"}));
        parameters.setLocked(true);
        return parameters;
    }
}
