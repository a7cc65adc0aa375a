package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** A way to keep sessions, installed as its documentation says and with its defaults. */
enum Candidate {
    /** Tomcat's own, which is the floor: each node has sessions of its own, and clients stay with their node. */
    MEMORY("in memory") {
        @Override
        boolean shared() {
            return false;
        }

        @Override
        void install(TomcatHome home) {
            home.deploy("benchmark.war");
        }
    },
    HOLDFAST("Holdfast") {
        @Override
        void install(TomcatHome home) {
            home.addLibrary("holdfast-tomcat.jar");
            home.addToContext(
                    "<Manager className=\"io.holdfast.tomcat.RedisSessionManager\" redisUri=\"redis://127.0.0.1:"
                            + home.redisPort() + "\"/>");
            home.deploy("benchmark.war");
        }
    },
    REDISSON("Redisson") {
        @Override
        void install(TomcatHome home) {
            installRedisson(home, "REDIS", "DEFAULT");
        }
    },
    REDISSON_MEMORY("Redisson, MEMORY and AFTER_REQUEST") {
        @Override
        void install(TomcatHome home) {
            installRedisson(home, "MEMORY", "AFTER_REQUEST");
        }
    },
    SPRING_SESSION("Spring Session") {
        @Override
        void install(TomcatHome home) {
            home.deploy("benchmark-spring-session.war");
        }
    };

    private final String title;

    Candidate(String title) {
        this.title = title;
    }

    static Candidate of(String option) {
        return Stream.of(values())
                .filter(candidate -> candidate.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is no candidate"));
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
        return true;
    }

    /** Makes a node of a fresh Tomcat. */
    abstract void install(TomcatHome home);

    private static void installRedisson(TomcatHome home, String readMode, String updateMode) {
        home.addLibraries(Path.of("redisson", "target", "redisson-" + System.getProperty("redisson.version")));
        home.write("conf/redisson.yaml", """
                singleServerConfig:
                  address: "redis://127.0.0.1:%d"
                """.formatted(home.redisPort()));
        home.addToContext("""
                <Manager className="org.redisson.tomcat.RedissonSessionManager"
                         configPath="${catalina.base}/conf/redisson.yaml" readMode="%s" updateMode="%s"/>""".formatted(readMode, updateMode));
        home.deploy("benchmark.war");
    }
}
