package io.holdfast.jetty;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.util.Fields;

/**
 * Stores two kinds of objects in another form, which Jetty puts into sessions for a login: those that hold a password, so that none
 * reaches Redis ({@link StoredLogin}), and the form that a user had submitted before, which cannot be serialized ({@link
 * StoredPost}).
 */
final class JettyCodec implements AttributeCodec {
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
    JettyCodec(AttributeCodec codec, ClassLoader classes) {
        this.codec = codec;
        this.classes = classes;
    }

    @Override
    public EncodedValue encode(Object value) {
        if (value instanceof Fields form) {
            return codec.encode(StoredPost.of(form).parts());
        }
        return codec.encode(isLogin(value) ? StoredLogin.of(value).parts() : value);
    }

    @Override
    public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
        Object decoded = codec.decode(value, wantedClasses);
        if (!(decoded instanceof List<?> parts)) {
            return decoded;
        }
        StoredPost post = StoredPost.from(parts);
        if (post != null) {
            return restored(post);
        }
        StoredLogin login = StoredLogin.from(parts);
        return login == null || !LOGINS.contains(login.className()) ? decoded : restored(login);
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

    private static Object restored(StoredPost post) {
        try {
            return post.restored();
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new UnreadableAttributeException(Fields.class.getName(), "the submitted form is damaged", e);
        }
    }

    private Object restored(StoredLogin login) {
        try {
            return login.restored(classes);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnreadableAttributeException(
                    login.className(), "the login of this session cannot be restored", e);
        }
    }

    private static boolean isLogin(Object value) {
        return LOGINS.contains(value.getClass().getName());
    }
}
