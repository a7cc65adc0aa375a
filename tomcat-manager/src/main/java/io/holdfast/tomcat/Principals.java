package io.holdfast.tomcat;

import java.lang.reflect.Constructor;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Turns a principal into a name and roles and back: Tomcat's own class has another form in each line, and sessions outlive an
 * upgrade. Passwords, which Tomcat 9.0 keeps in it, never leave the node.
 */
final class Principals {
    private static final String NAME = "name";
    private static final String ROLES = "roles";

    private Principals() {}

    static Map<String, Object> neutral(Principal principal) {
        List<String> roles = principal instanceof GenericPrincipal generic ? List.of(generic.getRoles()) : List.of();
        return Map.of(NAME, principal.getName(), ROLES, new ArrayList<>(roles));
    }

    /** The principal a realm or login module made, when it is another object than Tomcat's; null: there is none. */
    @SuppressWarnings("ReferenceEquality") // Tomcat answers with the principal itself where there is no other
    static @Nullable Principal custom(Principal principal) {
        if (!(principal instanceof GenericPrincipal generic)) {
            return principal;
        }
        Principal user = generic.getUserPrincipal();
        return user == generic ? null : user;
    }

    static Principal restore(Map<?, ?> neutral, @Nullable Object custom) {
        List<String> roles = new ArrayList<>();
        if (neutral.get(ROLES) instanceof List<?> stored) {
            stored.forEach(role -> roles.add(String.valueOf(role)));
        }
        return generic(String.valueOf(neutral.get(NAME)), roles, custom instanceof Principal user ? user : null);
    }

    private static Principal generic(String name, List<String> roles, @Nullable Principal user) {
        try {
            for (Constructor<?> constructor : GenericPrincipal.class.getConstructors()) {
                if (takes(constructor, String.class, List.class, Principal.class)) {
                    return (Principal) constructor.newInstance(name, roles, user);
                }
                if (takes(constructor, String.class, String.class, List.class, Principal.class)) {
                    return (Principal) constructor.newInstance(name, null, roles, user);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw ServletTypes.unusable(e);
        }
        throw new IllegalStateException("GenericPrincipal of this Tomcat has no constructor of the known ones");
    }

    private static boolean takes(Constructor<?> constructor, Class<?>... types) {
        return List.of(constructor.getParameterTypes()).equals(List.of(types));
    }
}
