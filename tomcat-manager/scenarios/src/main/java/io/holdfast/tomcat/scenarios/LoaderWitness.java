package io.holdfast.tomcat.scenarios;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.core.StandardContext;

/** Stands above the class loader of a web application and writes down for which classes that loader looks. */
final class LoaderWitness extends ClassLoader {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private LoaderWitness() {
        super(LoaderWitness.class.getClassLoader());
    }

    /** Watches an application that has not started yet. */
    static LoaderWitness of(StandardContext context) {
        LoaderWitness witness = new LoaderWitness();
        context.setParentClassLoader(witness);
        return witness;
    }

    /** Names of the classes that were looked for. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
        return super.loadClass(name, resolve);
    }
}
