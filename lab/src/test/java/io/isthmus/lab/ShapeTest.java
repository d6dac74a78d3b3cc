package io.isthmus.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that keep the project's shape; docs/architecture.md says why. */
final class ShapeTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.isthmus");

    @Test
    void coreDecidesAndDoesNothingElse() {
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.isthmus.store..",
                        "io.isthmus.southbound..",
                        "io.isthmus.server..",
                        "io.isthmus.cli..",
                        "java.io..",
                        "java.net.http..",
                        "java.nio.file..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "org.slf4j.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.core..")
                .should()
                .callMethod(java.time.Instant.class, "now"));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.core..")
                .should()
                .callMethod(java.util.UUID.class, "randomUUID"));
    }

    @Test
    void directionsAreKept() {
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.isthmus.southbound..", "io.isthmus.server..", "io.isthmus.cli.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.southbound..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.isthmus.store..", "io.isthmus.server..", "io.isthmus.cli.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.isthmus.core..", "io.isthmus.store..", "io.isthmus.southbound..", "io.isthmus.server.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.server.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.isthmus.server.api..", "io.isthmus.southbound.frr..", "io.isthmus.southbound.openstack.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.isthmus.server.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.isthmus.server.engine..", "io.isthmus.southbound.."));
    }

    @Test
    void sqlIsInTheStoreOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.isthmus.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..", "com.zaxxer.."));
    }

    @Test
    void driversDoNotKnowEachOther() {
        check(slices().matching("io.isthmus.southbound.(*)..").should().notDependOnEachOther());
    }

    @Test
    void packagesAreNamedAfterFeatures() {
        for (var name : List.of("util", "common", "impl", "dto", "service", "manager", "helper")) {
            check(noClasses().should().resideInAPackage(".." + name + ".."));
        }
        check(classes()
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper"));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
