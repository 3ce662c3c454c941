package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Homes;
import org.thocam.dictionary.exchange.LanguageTags;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.OnceNamed;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.Spool;

/**
 * DMLex 1.0 (OASIS), in JSON and in XML: the core, and the modules crosslingual, linking and etymology. Both are one model; an entry is
 * in memory at a time, and all relations and ids of a file.
 */
public final class DmLex {
    private DmLex() {}

    /** @throws FormatException if it is not well-formed or no DMLex; what was told before is then void */
    public static void readJson(InputStream in, Reading reading) throws IOException, FormatException {
        read(in, reading, JsonForm::read);
    }

    /** @throws FormatException if it is not well-formed or no DMLex; what was told before is then void */
    public static void readXml(InputStream in, Reading reading) throws IOException, FormatException {
        read(in, reading, XmlForm::read);
    }

    public static LossReport writeJson(LexiconHead head, LexiconSource source, OutputStream out) throws IOException {
        return write(head, source, new JsonForm.Writing(out));
    }

    public static LossReport writeXml(LexiconHead head, LexiconSource source, OutputStream out) throws IOException {
        return write(head, source, new XmlForm.Writing(out));
    }

    /** A serialisation, as it is read. */
    interface Form {
        void read(InputStream in, Parts parts) throws IOException, FormatException;
    }

    /** What a file consists of, in its order. */
    interface Parts {
        default void language(String langCode) {}

        default void translationLanguage(String langCode) {}

        default void entry(ObjectNode entry, long line) {}

        default void relation(ObjectNode relation, long line) {}

        default void unknown(String name) {}
    }

    /** A serialisation, as it is written: in this order. */
    interface Writing {
        void begin(ObjectNode head) throws IOException;

        void entry(ObjectNode entry) throws IOException;

        void languages(Set<String> translationLanguages) throws IOException;

        void relation(ObjectNode relation) throws IOException;

        void end() throws IOException;
    }

    private static void read(InputStream in, Reading reading, Form form) throws IOException, FormatException {
        try (var spool = new Spool(in)) {
            var relations = new Relations();
            try (var first = spool.open()) {
                form.read(first, relations);
            }
            var once = new OnceNamed(reading);
            relations.faults().forEach(once::fault);
            var ids = new HashSet<String>();
            try (var second = spool.open()) {
                form.read(second, new Parts() {
                    @Override
                    public void entry(ObjectNode entry, long line) {
                        var id = entry.path("id").asText();
                        if (!id.isEmpty() && !ids.add(id))
                            once.fault(new Reading.Fault(
                                    "",
                                    line,
                                    "duplicate-id",
                                    "want an id that no other entry has, found '" + id
                                            + "' again; this entry was left out"));
                        else if (entry.path("headword").asText().isEmpty())
                            once.fault(new Reading.Fault(
                                    "",
                                    line,
                                    "no-headword",
                                    "want a headword in the entry '" + id + "', found none; it was left out"));
                        else once.entry(id, new EntryReader(relations.language(), relations, once).entry(entry));
                    }

                    @Override
                    public void unknown(String name) {
                        once.unknown(name);
                    }
                });
            }
        }
    }

    private static LossReport write(LexiconHead head, LexiconSource source, Writing writing) throws IOException {
        var report = new LossReport("DMLex 1.0");
        var language = LanguageTags.wellFormed(head.language()) ? head.language() : LanguageTags.UNDETERMINED;
        // what a relation points to has to be in the file; a name that two have points to neither
        var ids = new HashSet<String>();
        var twice = new HashSet<String>();
        source.forEach((id, entry) -> {
            if (!EntryWriter.hasHeadword(entry)) return;
            named(entry.liftId().isEmpty() ? id : entry.liftId(), ids, twice);
            senses(entry.senses(), ids, twice);
        });
        var homes = EntryWriter.homes(language, ids, twice);
        var begun = Draft.begun();
        if (!head.title().isEmpty()) begun.put("title", head.title().shown());
        begun.put("uri", head.iri()).put("langCode", language);
        writing.begin(begun);
        var languages = new TreeSet<String>();
        entries(source, language, homes, report, (entry, relations) -> {
            EntryWriter.languages(entry, languages);
            writing.entry(entry);
        });
        writing.languages(languages.isEmpty() ? Set.of(language) : languages);
        entries(source, language, homes, null, (entry, relations) -> {
            for (var relation : relations) writing.relation(relation);
        });
        writing.end();
        return report;
    }

    private interface Made {
        void entry(ObjectNode entry, List<ObjectNode> relations) throws IOException;
    }

    /** @param report null where the losses were told already */
    private static void entries(LexiconSource source, String language, Homes homes, LossReport report, Made made)
            throws IOException {
        var used = new HashSet<String>();
        source.forEach((id, entry) -> {
            if (!EntryWriter.hasHeadword(entry)) {
                if (report != null) report.lost("entry", id);
                return;
            }
            // an id that another entry has cannot be this one's too
            var own = entry.liftId().isEmpty() || used.add(entry.liftId()) ? entry : EntryWriter.unnamed(entry);
            var kept = homes.keep(id, own);
            if (report != null) kept.lost().forEach(name -> report.lost(name, id));
            var writer = new EntryWriter(language);
            made.entry(writer.entry(kept.entry()), writer.relations());
        });
    }

    private static void named(String id, Set<String> ids, Set<String> twice) {
        if (!ids.add(id)) twice.add(id);
    }

    private static void senses(List<Sense> senses, Set<String> ids, Set<String> twice) {
        for (var sense : senses) {
            if (!sense.id().isEmpty()) named(sense.id(), ids, twice);
            senses(sense.subsenses(), ids, twice);
        }
    }
}
