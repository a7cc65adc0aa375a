package io.holdfast.tomcat;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.catalina.Session;
import org.apache.catalina.TomcatPrincipal;
import org.apache.catalina.connector.Request;
import org.apache.catalina.realm.GenericPrincipal;
import org.ietf.jgss.GSSCredential;
import org.jspecify.annotations.Nullable;
import org.objenesis.ObjenesisStd;

/**
 * The user of a request, looked up in its session when somebody asks: until then, and for a request that never asks, the
 * session is not loaded. Behaves as no user at all where the session knows none.
 *
 * <p>Tomcat asks for roles only of its own principal class, whose constructors differ in each line; so an object of this
 * subclass is made without calling one, as deserialization does, and answers everything itself.
 */
final class SessionUser extends GenericPrincipal {
    /**
     * The role of everybody who has logged in. Tomcat answers for it from there being a principal object at all, unless the
     * application declares the role; so {@link SessionUserValve} does that.
     */
    static final String ANY_USER = "**";

    private static final long serialVersionUID = 1L;
    private static final ObjenesisStd WITHOUT_CONSTRUCTOR = new ObjenesisStd();

    private transient Supplier<@Nullable Principal> user;

    /** For the compiler; {@link #of} makes objects without it. */
    private SessionUser() {
        super("", List.of());
        this.user = () -> null;
    }

    static SessionUser of(Request request) {
        SessionUser made = WITHOUT_CONSTRUCTOR.newInstance(SessionUser.class);
        made.user = () -> principalOf(request);
        return made;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        Principal principal = user.get();
        return principal instanceof TomcatPrincipal tomcat ? tomcat.getUserPrincipal() : principal;
    }

    @Override
    public @Nullable String getName() {
        Principal principal = user.get();
        return principal == null ? null : principal.getName();
    }

    @Override
    public String[] getRoles() {
        return user.get() instanceof GenericPrincipal generic ? generic.getRoles() : new String[0];
    }

    @Override
    public boolean hasRole(String role) {
        Principal principal = user.get();
        return ANY_USER.equals(role)
                ? principal != null
                : principal instanceof GenericPrincipal generic && generic.hasRole(role);
    }

    @Override
    public @Nullable GSSCredential getGssCredential() {
        return null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return user.get() instanceof TomcatPrincipal tomcat ? tomcat.getAttribute(name) : null;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return user.get() instanceof TomcatPrincipal tomcat
                ? tomcat.getAttributeNames()
                : Collections.emptyEnumeration();
    }

    @Override
    public void logout() throws Exception {
        if (user.get() instanceof TomcatPrincipal tomcat) {
            tomcat.logout();
        }
    }

    @Override
    public String toString() {
        return "SessionUser";
    }

    /**
     * Null as well once the request is over: an access log does not load a session; and when an asynchronous request passes the
     * authenticator again.
     */
    private static @Nullable Principal principalOf(Request request) {
        if (!RequestScope.isOpen(request) || AuthenticatorProbe.isAsked(request.getContext())) {
            return null;
        }
        Session session = request.getSessionInternal(false);
        return session == null ? null : session.getPrincipal();
    }
}
