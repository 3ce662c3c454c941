package org.thocam.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of design section 2 that Maven cannot hold. If one hurts, move it with a decision record; do not tunnel. */
@AnalyzeClasses(packages = "org.thocam", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule ONLY_THE_ARCHIVE_KNOWS_OCFL = noClasses()
            .that()
            .resideOutsideOfPackage("org.thocam.ingest.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ocfl..", "org.fcrepo..");

    @ArchTest
    static final ArchRule ONLY_EXTRACTION_KNOWS_TIKA = noClasses()
            .that()
            .resideOutsideOfPackage("org.thocam.ingest.extract..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.tika..");

    @ArchTest
    static final ArchRule JENA_STAYS_IN_THE_GRAPH_AND_ITS_DOORS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.thocam.ontology.graph..",
                    "org.thocam.api.sparql..",
                    "org.thocam.api.rdf..",
                    "org.thocam.dictionary..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.jena..");

    @ArchTest
    static final ArchRule ONLY_SEARCH_KNOWS_SOLR = noClasses()
            .that()
            .resideOutsideOfPackages("org.thocam.index.search..", "org.thocam.index.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.solr..");

    @ArchTest
    static final ArchRule ONLY_WHAT_IS_KEPT_IN_A_FILE_KNOWS_SQL = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.thocam.ontology.sql",
                    "org.thocam.ontology.sqlite",
                    "org.thocam.ingest.log..",
                    "org.thocam.ingest.deployment..",
                    "org.thocam.ingest.harvest..",
                    "org.thocam.ingest.queue..",
                    "org.thocam.api.access..",
                    "org.thocam.api.idempotency..",
                    "org.thocam.dictionary",
                    "org.thocam.services")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule ANALYSIS_KNOWS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("org.thocam.index.analysis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.thocam.ontology..", "org.thocam.index.search..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.thocam.(*).(*)..").should().beFreeOfCycles();
}
