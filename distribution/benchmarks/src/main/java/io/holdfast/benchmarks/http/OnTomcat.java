package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Database;
import java.nio.file.Path;

/** How candidates are installed on Tomcat. */
final class OnTomcat {
    private static final String APPLICATION = "benchmark.war";

    private OnTomcat() {}

    static ServerHome inMemory(Site site) {
        return TomcatHome.fresh(site).withApplication(APPLICATION);
    }

    static ServerHome holdfast(Site site) {
        return TomcatHome.fresh(site)
                .withLibrary("holdfast-tomcat.jar")
                .withContextElement(
                        "<Manager className=\"io.holdfast.tomcat.RedisSessionManager\" redisUri=\"redis://127.0.0.1:"
                                + site.redisPort() + "\"/>")
                .withApplication(APPLICATION);
    }

    static ServerHome redisson(Site site) {
        return redisson(site, "REDIS", "DEFAULT");
    }

    static ServerHome redissonInMemory(Site site) {
        return redisson(site, "MEMORY", "AFTER_REQUEST");
    }

    private static ServerHome redisson(Site site, String readMode, String updateMode) {
        return TomcatHome.fresh(site)
                .withLibraries(Path.of("redisson", "target", "redisson-" + System.getProperty("redisson.version")))
                .withFile("conf/redisson.yaml", """
                        singleServerConfig:
                          address: "redis://127.0.0.1:%d"
                        """.formatted(site.redisPort()))
                .withContextElement("""
                        <Manager className="org.redisson.tomcat.RedissonSessionManager"
                                 configPath="${catalina.base}/conf/redisson.yaml" readMode="%s" updateMode="%s"/>""".formatted(readMode, updateMode))
                .withApplication(APPLICATION);
    }

    static ServerHome springSession(Site site) {
        return TomcatHome.fresh(site).withApplication("benchmark-spring-session.war");
    }

    /** As the documentation of {@code PersistentManager} and {@code PersistentValve} says for balancers without affinity. */
    static ServerHome persistentManager(Site site) {
        Database database = site.database();
        if (site.number() == 0) {
            createTable(database);
        }
        return TomcatHome.fresh(site)
                .withLibrary(database.driverJar())
                .withSystemProperty("org.apache.catalina.session.StandardSession.ACTIVITY_CHECK", "true")
                .withGlobalResource(dataSource(database, site.connections()))
                .withContextElement("""
                        <Valve className="org.apache.catalina.valves.PersistentValve"/>
                        <Manager className="org.apache.catalina.session.PersistentManager">
                            <Store className="org.apache.catalina.session.DataSourceStore" dataSourceName="jdbc/sessions"
                                   sessionTable="tomcat_sessions" sessionIdCol="session_id" sessionValidCol="valid_session"
                                   sessionMaxInactiveCol="max_inactive" sessionLastAccessedCol="last_access"
                                   sessionAppCol="app_name" sessionDataCol="session_data"/>
                        </Manager>""")
                .withApplication(APPLICATION);
    }

    private static void createTable(Database database) {
        database.execute("""
                create table tomcat_sessions (
                  session_id varchar(100) not null primary key,
                  valid_session char(1) not null,
                  max_inactive int not null,
                  last_access bigint not null,
                  app_name varchar(255),
                  session_data %s)""".formatted(database.bytesType()));
        database.execute("create index kapp_name on tomcat_sessions (app_name)");
    }

    private static String dataSource(Database database, int connections) {
        return """
                <Resource name="jdbc/sessions" auth="Container" type="javax.sql.DataSource" driverClassName="%s"
                          url="%s" username="%s" password="%s" maxTotal="%d" maxIdle="%d" poolPreparedStatements="true"/>""".formatted(
                database.driverClass(), database.url(), database.user(), database.password(), connections, connections);
    }
}
