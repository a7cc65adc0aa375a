package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Database;

/** How candidates are installed on Jetty. */
final class OnJetty {
    private static final String APPLICATION = "benchmark.war";

    private OnJetty() {}

    static ServerHome inMemory(Site site) {
        return JettyHome.fresh(site).withApplication(APPLICATION);
    }

    static ServerHome holdfast(Site site) {
        return JettyHome.fresh(site)
                .withOverlay("holdfast-jetty.zip")
                .withModules(
                        "session-store-holdfast",
                        "jetty.session.holdfast.redisUri=redis://127.0.0.1:" + site.redisPort())
                .withApplication(APPLICATION);
    }

    /** Without the cache of sessions that Jetty has otherwise, which needs a balancer with affinity; with a pool of connections. */
    static ServerHome jdbc(Site site) {
        Database database = site.database();
        return JettyHome.fresh(site)
                .withLibrary(database.driverJar())
                .withLibrary("HikariCP.jar")
                .withModules(
                        "jndi,plus,ext,session-cache-null,session-store-jdbc",
                        "jetty.sessionIdManager.workerName=node" + site.number(),
                        "jetty.session.jdbc.datasourceName=jdbc/sessions")
                .withConfiguration("sessions-datasource", dataSource(database, site.connections()))
                .withApplication(APPLICATION);
    }

    private static String dataSource(Database database, int connections) {
        return """
                  <New class="org.eclipse.jetty.plus.jndi.Resource">
                    <Arg>jdbc/sessions</Arg>
                    <Arg>
                      <New class="com.zaxxer.hikari.HikariDataSource">
                        <Set name="driverClassName">%s</Set>
                        <Set name="jdbcUrl">%s</Set>
                        <Set name="username">%s</Set>
                        <Set name="password">%s</Set>
                        <Set name="maximumPoolSize">%d</Set>
                      </New>
                    </Arg>
                  </New>""".formatted(database.driverClass(), database.url(), database.user(), database.password(), connections);
    }
}
