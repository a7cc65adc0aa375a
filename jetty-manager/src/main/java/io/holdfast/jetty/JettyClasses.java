package io.holdfast.jetty;

import org.eclipse.jetty.session.SessionData;

/**
 * Finds the classes of a web application, and those of Jetty that it hides from the application but puts into its sessions:
 * what Jetty knows of the user is of such a class. Those are looked for in the parents of the application's class loader,
 * where a Servlet environment of Jetty has its own, and then where Jetty's sessions come from.
 */
final class JettyClasses extends ClassLoader {
    private static final String JETTY = "org.eclipse.jetty.";

    private final ClassLoader application;

    JettyClasses(ClassLoader application) {
        super(application);
        this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(JETTY)) {
            throw new ClassNotFoundException(name);
        }
        for (ClassLoader loader = application.getParent(); loader != null; loader = loader.getParent()) {
            try {
                return loader.loadClass(name);
            } catch (ClassNotFoundException hidden) {
                // The next one may have it
            }
        }
        return SessionData.class.getClassLoader().loadClass(name);
    }
}
