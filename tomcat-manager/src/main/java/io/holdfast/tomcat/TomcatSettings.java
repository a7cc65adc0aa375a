package io.holdfast.tomcat;

import io.holdfast.config.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.catalina.session.ManagerBase;

/**
 * Attributes of the {@code <Manager>} element that each manager of Tomcat has, such as {@code maxActiveSessions}. Tomcat's
 * setters take these. It hands on to us what is no setting of Tomcat's, but also a value that a setter of its own cannot
 * take, because that is no number.
 */
final class TomcatSettings {
    private TomcatSettings() {}

    /**
     * Does nothing unless Tomcat has a setting of this name.
     *
     * @throws InvalidSettingException Tomcat has, and could not take the value
     */
    static void refuse(String name, String value) {
        if (!name.isEmpty() && isSetting(name)) {
            throw new InvalidSettingException(
                    "Setting " + name + "=\"" + value
                            + "\" is not a whole number that Tomcat takes. Correct or remove it. " + name
                            + " is a setting of Tomcat's own; its documentation of managers describes it.",
                    null);
        }
    }

    private static boolean isSetting(String name) {
        String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Arrays.stream(ManagerBase.class.getMethods())
                .filter(method -> method.getName().equals(setter) && method.getParameterCount() == 1)
                .map(method -> method.getParameterTypes()[0])
                .anyMatch(type -> type == int.class || type == long.class);
    }
}
