package io.holdfast.jetty;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Subject;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged in to a session. Jetty keeps an object in the session that holds the password, to log in again with it wherever
 * the object is read; that is what it would write of itself too. What is stored in its place are the names of the user and of the
 * roles: who has logged in stays logged in on each node, without asking the login service again.
 *
 * @param className of the object that Jetty keeps in the session
 * @param method of the login, as {@code FORM}
 * @param userName name of the user
 * @param roles names of the user's roles
 */
record StoredLogin(String className, String method, String userName, List<String> roles) {
    /** Begins the list of texts that is stored; no application has such a list by chance. */
    private static final String MARK = "io.holdfast.jetty.login/1";

    private static final int FIRST_ROLE = 4;

    /** What to remember of the object that Jetty keeps in the session. */
    static StoredLogin of(Object authentication) {
        try {
            Class<?> type = authentication.getClass();
            UserIdentity user = (UserIdentity) type.getMethod("getUserIdentity").invoke(authentication);
            return new StoredLogin(
                    type.getName(),
                    method(authentication),
                    user.getUserPrincipal().getName(),
                    roles(user));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This release of Jetty keeps logins in another way", e);
        }
    }

    /** The texts that are stored. */
    List<String> parts() {
        List<String> parts = new ArrayList<>(List.of(MARK, className, method, userName));
        parts.addAll(roles);
        return parts;
    }

    /** Of the texts that were stored; null: they are something else. */
    static @Nullable StoredLogin from(List<?> parts) {
        boolean stored = parts.size() >= FIRST_ROLE
                && MARK.equals(parts.get(0))
                && parts.stream().allMatch(String.class::isInstance);
        if (!stored) {
            return null;
        }
        List<String> texts = parts.stream().map(String.class::cast).toList();
        return new StoredLogin(texts.get(1), texts.get(2), texts.get(3), texts.subList(FIRST_ROLE, texts.size()));
    }

    /** An object like that which Jetty had put into the session, without the password. */
    Object restored(ClassLoader classes) throws ReflectiveOperationException {
        UserPrincipal principal = new UserPrincipal(userName, null);
        Subject subject = new Subject();
        principal.configureSubject(subject);
        roles.forEach(role -> new RolePrincipal(role).configureForSubject(subject));
        subject.setReadOnly();
        UserIdentity user = UserIdentity.from(subject, principal, roles.toArray(new String[0]));
        return Class.forName(className, true, classes)
                .getConstructor(String.class, UserIdentity.class, Object.class)
                .newInstance(method, user, null);
    }

    /** Login services put them beside the user into the subject. */
    private static List<String> roles(UserIdentity user) {
        return user.getSubject().getPrincipals().stream()
                .filter(principal -> !principal.equals(user.getUserPrincipal()))
                .map(Principal::getName)
                .filter(user::isUserInRole)
                .distinct()
                .sorted()
                .toList();
    }

    private static String method(Object authentication) throws ReflectiveOperationException {
        Class<?> type = authentication.getClass();
        try {
            return (String) type.getMethod("getAuthenticationType").invoke(authentication);
        } catch (NoSuchMethodException e) {
            return (String) type.getMethod("getAuthMethod").invoke(authentication); // ee8 and ee9
        }
    }
}
