package org.thocam.dictionary.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.riot.Lang;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.dmlex.DmLex;
import org.thocam.dictionary.exchange.ontolex.OntoLex;
import org.thocam.dictionary.exchange.tei.TeiLex0;

/** A loss report names what is lost and nothing else: what is written and read again differs in just that. */
class RoundTripTest {
    interface Writing {
        LossReport write(LexiconHead head, LexiconSource source, OutputStream out) throws Exception;
    }

    interface Reader {
        void read(InputStream in, Reading reading) throws Exception;
    }

    record Format(String name, Writing writing, Reader reader) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Format> formats() {
        return List.of(
                new Format("TEI Lex-0", TeiLex0::write, TeiLex0::read),
                new Format("DMLex JSON", DmLex::writeJson, DmLex::readJson),
                new Format("DMLex XML", DmLex::writeXml, DmLex::readXml),
                rdf(Lang.TURTLE),
                rdf(Lang.NTRIPLES),
                rdf(Lang.RDFXML),
                rdf(Lang.JSONLD11));
    }

    private static Format rdf(Lang lang) {
        return new Format(
                "OntoLex " + lang.getName(),
                (head, source, out) -> OntoLex.write(head, source, lang, out),
                (in, reading) -> OntoLex.read(in, lang, reading));
    }

    static Stream<Arguments> cases() {
        return formats().stream().flatMap(format -> Lexica.files().stream().map(file -> Arguments.of(format, file)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatIsLostIsNamed(Format format, String file) throws Exception {
        var entries = Lexica.read(file);
        int[] told = new int[1];
        check(format, entries, file, told);
        System.out.println(format + " " + file + ": " + entries.size() + " entries, " + told[0] + " came back");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void whatHasAHomeComesBack(Format format) throws Exception {
        long seed = System.getenv("SEED") != null ? Long.parseLong(System.getenv("SEED")) : System.nanoTime();
        for (int round = 0; round < 40; round++) {
            var random = new Random(seed + round);
            var entries = new ArrayList<Entry>();
            for (int i = random.nextInt(6) + 1; i > 0; i--) entries.add(new AnyEntry(random, i).entry());
            var about = format + ", SEED=" + (seed + round);
            var once = back(format, entries, about);
            // what came back has a home as a whole: it is not changed again, and nothing of it is lost
            var again = back(format, once, about);
            for (int i = 0; i < Math.min(once.size(), again.size()); i++)
                assertEquals(new TreeSet<>(), Lexica.differences(once.get(i), again.get(i)), about);
            assertEquals(once, again, about);
            var report = format.writing().write(Lexica.head("bdq"), Lexica.source(once), new ByteArrayOutputStream());
            assertTrue(report.isEmpty(), () -> about + ": " + report.json());
        }
    }

    private static List<Entry> back(Format format, List<Entry> entries, String about) throws Exception {
        var out = new ByteArrayOutputStream();
        format.writing().write(Lexica.head("bdq"), Lexica.source(entries), out);
        var back = new Lexica.Told();
        format.reader().read(new ByteArrayInputStream(out.toByteArray()), back);
        assertEquals(List.of(), back.faults, about);
        return List.copyOf(back.entries.values());
    }

    static void check(Format format, List<Entry> entries, String about, int[] told) throws Exception {
        var head = Lexica.head(Lexica.language(entries));
        var out = new ByteArrayOutputStream();
        var report = format.writing().write(head, Lexica.source(entries), out);
        var back = new Lexica.Told();
        format.reader().read(new ByteArrayInputStream(out.toByteArray()), back);
        assertEquals(List.of(), back.faults, about);
        assertEquals(new TreeSet<>(), back.unknown, about);
        var differences = new TreeSet<String>();
        var again = List.copyOf(back.entries.values());
        boolean all = again.size() == entries.size();
        if (!all) differences.add("entry");
        for (int i = 0; i < again.size(); i++) {
            var entry = all ? entries.get(i) : entry(entries, again.get(i).liftId());
            differences.addAll(Lexica.differences(entry, again.get(i)));
        }
        told[0] = back.entries.size();
        var named = new TreeSet<>(report.losses().keySet());
        for (var difference : differences)
            assertTrue(
                    named.stream().anyMatch(name -> covers(name, difference)),
                    () -> about + ": " + difference + " differs and is not in the report: " + named);
        for (var name : named)
            assertTrue(
                    differences.stream().anyMatch(difference -> covers(name, difference)),
                    () -> about + ": " + name + " is in the report, and only these differ: " + differences);
    }

    private static Entry entry(List<Entry> entries, String liftId) {
        return entries.stream()
                .filter(entry -> entry.liftId().equals(liftId))
                .findFirst()
                .orElseThrow();
    }

    /** A tag or markup that was lost shows in the text that has it. */
    private static boolean covers(String name, String difference) {
        var place = name.replaceFirst("/(lang|markup)$", "");
        return difference.equals(name)
                || difference.startsWith(name + "/")
                || difference.equals(place)
                || difference.startsWith(place + "/") && !place.equals(name)
                || name.startsWith(difference + "/");
    }
}
