package io.etalon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The server is a ladder: a feature imports features on lower rungs only, and only one room hands out connections. */
class LadderTest {
    private static final String ROOT = "io.etalon.server.";
    private static final List<Set<String>> RUNGS = List.of(
            Set.of("base", "admission"),
            Set.of("audit", "egress"),
            Set.of("tenant"),
            Set.of("keys", "node"),
            Set.of("event"),
            Set.of("access"),
            Set.of("glass", "ownership", "vault", "webhook", "identity.saml"),
            Set.of("identity"),
            Set.of("identity.scim"),
            Set.of("workforce"),
            Set.of("wall"),
            Set.of("people", "residency"),
            Set.of("dataset.pack"),
            Set.of("project", "dataset"),
            Set.of("qualification", "course", "job", "feed"),
            Set.of("work.frontier", "work.state", "work.review", "work.policy", "work.gold"),
            Set.of("work.engine"),
            Set.of("work.queue"),
            Set.of("work.prelabel"),
            Set.of("work"),
            Set.of("quality", "discussion", "gold", "custody"),
            Set.of("vendor.score"),
            Set.of("vendor"),
            Set.of("transfer", "pay"),
            Set.of("release"),
            Set.of("exit", "forward"),
            Set.of("app"));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.etalon.server");

    @Test
    void everyPackageStandsOnARung() {
        assertThat(classes).isNotEmpty();
        for (var type : classes) {
            assertThat(rung(feature(type))).as(type.getName()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void importsOnlyLowerRungs() {
        var climbing = new TreeSet<String>();
        for (var type : classes) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass();
                if (target.getPackageName().startsWith(ROOT)
                        && !feature(target).equals(feature(type))
                        && rung(feature(target)) >= rung(feature(type))) {
                    climbing.add(type.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(climbing).isEmpty();
    }

    @Test
    void onlyTheTenantPackageKnowsDataSources() {
        var offenders = new ArrayList<String>();
        for (var type : classes) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var name = dependency.getTargetClass().getName();
                var opensConnections = name.equals("javax.sql.DataSource")
                        || name.equals("java.sql.DriverManager")
                        || name.startsWith("com.zaxxer.hikari");
                // The embedded server must be asked whether it is up, and how it is set, before any cell exists.
                var startsPostgres = type.getSimpleName().equals("EmbeddedPostgres")
                        || type.getSimpleName().equals("Durability");
                if (opensConnections && !feature(type).equals("tenant") && !startsPostgres) {
                    offenders.add(type.getName() + " -> " + name);
                }
            }
        }
        assertThat(offenders).isEmpty();
    }

    @Test
    void storesAndControllersStayInTheirPackage() {
        for (var type : classes) {
            if (type.getSimpleName().endsWith("Store") || type.getSimpleName().endsWith("Controller")) {
                assertThat(type.getModifiers().toString()).as(type.getName()).doesNotContain("PUBLIC");
            }
        }
    }

    /** The package below the root; a part of a feature stands on a rung of its own. */
    private static String feature(JavaClass type) {
        var rest = type.getPackageName().substring(ROOT.length() - 1);
        return rest.isEmpty() ? "" : rest.substring(1);
    }

    private static int rung(String feature) {
        for (var i = 0; i < RUNGS.size(); i++) {
            if (RUNGS.get(i).contains(feature)) {
                return i;
            }
        }
        return -1;
    }
}
