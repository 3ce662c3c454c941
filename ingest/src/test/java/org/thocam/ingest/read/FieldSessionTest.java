package org.thocam.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Access;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Term;

/** Sessions of SayMore and lameta on their way in. */
class FieldSessionTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("thocam.root", ".."), "../shared/data/media/session/EdoloSample");

    @TempDir
    private Path project;

    private static List<Found> read(Path path) throws IOException {
        var found = new ArrayList<Found>();
        try (var inputs = new Inputs(found::add)) {
            inputs.read(path);
        }
        return found;
    }

    private Path session(String xml) throws IOException {
        var folder = Files.createDirectories(project.resolve("Sessions/S1"));
        Files.writeString(folder.resolve("S1.session"), xml);
        Files.writeString(folder.resolve("S1.wav"), "RIFF");
        Files.writeString(folder.resolve("S1.eaf"), "<ANNOTATION_DOCUMENT/>");
        return folder;
    }

    private void person(String name, String... files) throws IOException {
        var folder = Files.createDirectories(project.resolve("People").resolve(name));
        Files.writeString(folder.resolve(name + ".person"), "<Person/>");
        for (var file : files) Files.writeString(folder.resolve(file), "đồng ý");
    }

    private static Found.Taken taken(Path path) throws IOException {
        var found = read(path);
        assertEquals(1, found.size(), found.toString());
        return (Found.Taken) found.get(0);
    }

    @Test
    void aSessionOfSayMoreIsOneItem() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLE), "no " + SAMPLE);
        var taken = taken(SAMPLE.resolve("Sessions/ETR009"));
        var item = taken.submission().item();
        assertEquals(
                "The story behind how we catch fish with poison bark",
                item.title().shown());
        assertEquals("MovingImage", item.type());
        assertEquals("etr", item.languages().get(0).value(), "that of the project");
        assertEquals("2010-06-06", item.date());
        assertEquals("Huya", item.place().orElseThrow().name());
        assertEquals(Access.OPEN, item.access());
        assertTrue(
                item.terms().stream()
                        .anyMatch(term -> term.value().equals("Ilawi Amosa")
                                && term.qualifier().equals("speaker")),
                item.terms().toString());
        assertTrue(item.terms().contains(Term.of("type", "narrative")));
        assertEquals(7, taken.submission().files().size());
        assertEquals("no consent form was found of Awi Heole, Ilawi Amosa", taken.note());
    }

    @Test
    void consentFormsComeFromTheFoldersOfThePeople() throws IOException {
        var folder = session(
                "<Session><title>Kể chuyện</title><participants>Ama; Mi</participants><access>restricted</access>"
                        + "<languages>rad;vie</languages><contributions><contributor><name>Ama</name><role>singer</role></contributor>"
                        + "</contributions></Session>");
        person("Ama", "Ama_Consent.pdf", "photo.jpg");
        person("Mi");
        var taken = taken(folder);
        var item = taken.submission().item();
        assertEquals(new Access.Restricted(List.of()), item.access());
        assertEquals(1, item.consents().size());
        assertEquals("Ama", item.consents().get(0).person());
        assertEquals("consent/Ama_Consent.pdf", item.consents().get(0).form());
        assertEquals(
                List.of("S1.eaf", "S1.session", "S1.wav", "consent/Ama_Consent.pdf"),
                taken.submission().files().stream().map(Submission.Upload::name).toList());
        assertEquals("Sound", item.type());
        assertEquals(
                List.of("rad", "vi"),
                item.languages().stream()
                        .map(tag -> tag.value().replace("vie", "vi"))
                        .toList());
        assertTrue(taken.note().contains("access is 'restricted'"), taken.note());
        assertTrue(taken.note().endsWith("no consent form was found of Mi"), taken.note());
        assertTrue(item.terms().stream().anyMatch(term -> term.qualifier().equals("singer")));
    }

    @Test
    void whoMaySeeItHasToBeSaid() throws IOException {
        var taken = taken(session("<Session><title>x</title></Session>"));
        assertEquals(new Access.Restricted(List.of()), taken.submission().item().access());
        assertTrue(taken.note().contains("does not say who may see it"), taken.note());
    }

    @Test
    void theSameSessionIsTheSameItem() throws IOException {
        var folder = session("<Session><title>x</title><access>Open</access></Session>");
        assertEquals(
                taken(folder).submission().item().id(),
                taken(folder).submission().item().id());
    }

    @Test
    void anItemYamlBesideItSaysMore() throws IOException {
        var folder = session("<Session><title>x</title></Session>");
        Files.writeString(folder.resolve("item.yaml"), "id: own\ntitle: Của tôi\n");
        assertEquals("own", taken(folder).submission().item().id().value());
    }

    @Test
    void whatIsBrokenOrHostileIsRefusedWithItsName() throws IOException {
        for (var bad : List.of(
                "no xml",
                "<Session><title>x</Session>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Session><title>&x;</title></Session>",
                "<Session>" + "<a>".repeat(50) + "</Session>",
                "<Session><participants>" + "a;".repeat(1) + distinct() + "</participants></Session>")) {
            var found = read(session(bad));
            assertEquals(1, found.size());
            var refused = (Found.Refused) found.get(0);
            assertTrue(refused.reason().contains("S1.session"), refused.reason());
        }
    }

    private static String distinct() {
        var names = new StringBuilder();
        for (int i = 0; i < 600; i++) names.append("P").append(i).append(';');
        return names.toString();
    }
}
