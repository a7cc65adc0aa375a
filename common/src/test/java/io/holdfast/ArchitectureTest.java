package io.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** The packages of the core and who may know whom. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.holdfast");

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.holdfast.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CORE);
    }

    @Test
    void coreKnowsNoContainerAndNoLoggingLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "javax.servlet..",
                        "org.apache..",
                        "org.eclipse..",
                        "org.slf4j..",
                        "java.util.logging..")
                .check(CORE);
    }

    @Test
    void onlyTheRedisPackageKnowsTheDriver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.holdfast.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..")
                .check(CORE);
    }

    @Test
    void onlyTheCodecKnowsTheSerializer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.holdfast.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.esotericsoftware..", "org.objenesis..")
                .check(CORE);
    }

    /** A node whose clock is wrong by minutes ends no session early or late. */
    @Test
    void ends_goByTheClockOfRedisAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("io.holdfast.redis..", "io.holdfast.expiry..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Instant.class, InstantSource.class, LocalDateTime.class, Date.class)
                .check(CORE);
    }

    @Test
    void whatSessionsAreMadeOfKnowsThePortAndNotRedis() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.holdfast.tracking..",
                        "io.holdfast.live..",
                        "io.holdfast.session..",
                        "io.holdfast.codec..",
                        "io.holdfast.conflict..",
                        "io.holdfast.exclusive..",
                        "io.holdfast.expiry..",
                        "io.holdfast.merge..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.holdfast.redis..")
                .check(CORE);
    }
}
