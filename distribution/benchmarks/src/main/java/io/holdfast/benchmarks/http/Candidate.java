package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A way to keep sessions, installed as its documentation says and with its defaults. */
enum Candidate {
    /** Tomcat's own, which is the floor: each node has sessions of its own, and clients stay with their node. */
    MEMORY(Container.TOMCAT, Store.NONE, "in memory", OnTomcat::inMemory),
    HOLDFAST(Container.TOMCAT, Store.REDIS, "Holdfast", OnTomcat::holdfast),
    REDISSON(Container.TOMCAT, Store.REDIS, "Redisson", OnTomcat::redisson),
    REDISSON_MEMORY(Container.TOMCAT, Store.REDIS, "Redisson, MEMORY and AFTER_REQUEST", OnTomcat::redissonInMemory),
    SPRING_SESSION(Container.TOMCAT, Store.REDIS, "Spring Session", OnTomcat::springSession),
    JDBC_H2(Container.TOMCAT, Store.H2, "PersistentManager, H2", OnTomcat::persistentManager),
    JDBC_POSTGRESQL(Container.TOMCAT, Store.POSTGRESQL, "PersistentManager, PostgreSQL", OnTomcat::persistentManager),

    /** Likewise the floor there. */
    JETTY_MEMORY(Container.JETTY, Store.NONE, "Jetty in memory", OnJetty::inMemory),
    JETTY_HOLDFAST(Container.JETTY, Store.REDIS, "Holdfast on Jetty", OnJetty::holdfast),
    JETTY_JDBC_H2(Container.JETTY, Store.H2, "Jetty's JDBC store, H2", OnJetty::jdbc),
    JETTY_JDBC_POSTGRESQL(Container.JETTY, Store.POSTGRESQL, "Jetty's JDBC store, PostgreSQL", OnJetty::jdbc);

    private final Container container;
    private final Store store;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a static method
    private final Function<Site, ServerHome> installation;

    Candidate(Container container, Store store, String title, Function<Site, ServerHome> installation) {
        this.container = container;
        this.store = store;
        this.title = title;
        this.installation = installation;
    }

    static Candidate of(String option) {
        return Stream.of(values())
                .filter(candidate -> candidate.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is no candidate"));
    }

    /** Ours. */
    static Candidate holdfastOn(Container container) {
        return switch (container) {
            case TOMCAT -> HOLDFAST;
            case JETTY -> JETTY_HOLDFAST;
        };
    }

    Container container() {
        return container;
    }

    Store store() {
        return store;
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** For the command line, for JSON and for names of directories. */
    @JsonValue
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether any node serves any session. */
    boolean shared() {
        return store != Store.NONE;
    }

    /** Makes a node of a fresh server. The nodes of a round are made in the order of their numbers. */
    ServerHome install(Site site) {
        return installation.apply(site);
    }
}
