package io.holdfast.jetty;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps passwords out of Redis. After a FORM login Jetty keeps an object in the session that holds the password, to log in again
 * with it wherever the object is read; that is what it would write of itself too. What is stored in its place is the name of the
 * user and of the roles: who has logged in stays logged in on each node, without asking the login service again.
 */
final class LoginCodec implements AttributeCodec {
    /** One in each Servlet environment; that of ee10 and ee11 is the first. */
    private static final Set<String> LOGINS = Set.of(
            "org.eclipse.jetty.security.authentication.SessionAuthentication",
            "org.eclipse.jetty.ee9.security.authentication.SessionAuthentication",
            "org.eclipse.jetty.ee8.security.authentication.SessionAuthentication");

    private final AttributeCodec codec;
    private final ClassLoader classes;

    /**
     * @param codec encodes what is stored
     * @param classes finds Jetty's own classes, as the web application's Servlet environment has them
     */
    LoginCodec(AttributeCodec codec, ClassLoader classes) {
        this.codec = codec;
        this.classes = classes;
    }

    @Override
    public EncodedValue encode(Object value) {
        return codec.encode(isLogin(value) ? StoredLogin.of(value).parts() : value);
    }

    @Override
    public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
        Object decoded = codec.decode(value, wantedClasses);
        StoredLogin login = decoded instanceof List<?> parts ? StoredLogin.from(parts) : null;
        if (login == null || !LOGINS.contains(login.className())) {
            return decoded;
        }
        try {
            return login.restored(classes);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnreadableAttributeException(
                    login.className(), "the login of this session cannot be restored", e);
        }
    }

    @Override
    public boolean isImmutable(Object value) {
        return isLogin(value) || codec.isImmutable(value);
    }

    @Override
    public List<Object> changeableParts(Object value) {
        return isLogin(value) ? List.of() : codec.changeableParts(value);
    }

    @Override
    public boolean isBindingListener(EncodedValue value) {
        return codec.isBindingListener(value);
    }

    private static boolean isLogin(Object value) {
        return LOGINS.contains(value.getClass().getName());
    }
}
