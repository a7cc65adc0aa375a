package io.holdfast.tomcat;

import io.holdfast.tracking.AttributeGate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;
import org.apache.catalina.session.ManagerBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own filters of session attributes: {@code sessionAttributeNameFilter} and
 * {@code sessionAttributeValueClassNameFilter}, which have to match, and {@code warnOnSessionAttributeFilterFailure}, which
 * tells whether a refusal is logged as a warning or for debugging. They hold for the attribute itself, not for what is in it.
 */
final class AttributeFilters implements AttributeGate {
    private static final Logger LOGGER = System.getLogger(AttributeFilters.class.getName());

    private final ManagerBase manager;
    private final @Nullable Pattern classNames;

    AttributeFilters(ManagerBase manager) {
        this.manager = manager;
        String filter = manager.getSessionAttributeValueClassNameFilter();
        classNames = filter == null ? null : Pattern.compile(filter);
    }

    /** Tomcat logs a refusal itself. */
    @Override
    public boolean shares(String name) {
        return manager.getSessionAttributeNameFilter() == null || manager.willAttributeDistribute(name, null);
    }

    @Override
    public boolean shares(String name, String className) {
        if (classNames == null || classNames.matcher(className).matches()) {
            return true;
        }
        Level level = manager.getWarnOnSessionAttributeFilterFailure() ? Level.WARNING : Level.DEBUG;
        LOGGER.log(
                level,
                "Session attribute \"{0}\" of {1} does not match sessionAttributeValueClassNameFilter=\"{2}\" and stays"
                        + " on its node",
                name,
                className,
                classNames);
        return false;
    }
}
