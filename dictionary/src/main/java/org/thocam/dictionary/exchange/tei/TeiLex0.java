package org.thocam.dictionary.exchange.tei;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Homes;
import org.thocam.dictionary.exchange.LanguageTags;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.OnceNamed;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.XmlStream;
import org.thocam.dictionary.exchange.XmlTree;

/** TEI Lex-0 (DARIAH), the customisation of TEI for dictionaries: an entry in memory at a time. */
public final class TeiLex0 {
    private static final Set<String> AROUND = Set.of(
            "TEI",
            "TEI.2",
            "teiCorpus",
            "text",
            "group",
            "front",
            "body",
            "back",
            "div",
            "div0",
            "div1",
            "div2",
            "div3",
            "superEntry");

    private TeiLex0() {}

    /**
     * Reads {@code <entry>} elements wherever they stand in a text.
     *
     * @throws FormatException if it is not well-formed, or no TEI; what was told before is then void
     */
    public static void read(InputStream in, Reading reading) throws FormatException {
        var stream = new XmlStream(in);
        var root = stream.next().orElseThrow();
        if (!AROUND.contains(root.name()))
            throw XmlStream.fault(root.line(), "not-tei", "want <TEI> as the root, found <" + root.name() + ">");
        var once = new OnceNamed(reading);
        var ids = new HashSet<String>();
        var lang = root.has("xml:lang") ? root.attribute("xml:lang") : LanguageTags.UNDETERMINED;
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            var element = next.get();
            if (element.name().equals("entry")) {
                entry(stream.whole(element), lang, ids, once);
            } else if (element.name().equals("teiHeader")) {
                lang = language(stream.whole(element), lang);
            } else if (!AROUND.contains(element.name())) {
                stream.whole(element);
                if (!Set.of("head", "p", "pb", "cb", "lb", "note").contains(element.name()))
                    once.unknown(element.name());
            }
        }
    }

    private static void entry(XmlTree entry, String lang, Set<String> ids, OnceNamed reading) {
        var id = entry.attribute("xml:id");
        if (!id.isEmpty() && !ids.add(id))
            reading.fault(new Reading.Fault(
                    "",
                    entry.line(),
                    "duplicate-id",
                    "want an xml:id that no other entry has, found '" + id + "' again; this entry was left out"));
        else {
            var read = new EntryReader(reading).entry(entry, lang);
            boolean alone = entry.children("entry").isEmpty();
            if (entry.first("form").isEmpty() && alone)
                reading.fault(new Reading.Fault(
                        "",
                        entry.line(),
                        "no-headword",
                        "want a <form> in the entry '" + id + "', found none; it was left out"));
            // an entry of homonyms alone says nothing that they do not say
            else if (!read.senses().isEmpty()
                    || alone
                    || entry.first("form").isPresent()
                            && entry.children("entry").stream()
                                    .allMatch(inner -> inner.first("form").isPresent())) reading.entry(id, read);
        }
        nested(entry, entry, entry.has("xml:lang") ? entry.attribute("xml:lang") : lang, ids, reading);
    }

    /** An entry in an entry, or in its sense, is one of its own here; a homonym has the forms of the whole. */
    private static void nested(XmlTree element, XmlTree outer, String lang, Set<String> ids, OnceNamed reading) {
        for (var child : element.children()) {
            if (child.name().equals("entry")) {
                if (child.first("form").isEmpty()) outer.children("form").forEach(child::add);
                entry(child, lang, ids, reading);
            } else if (child.name().equals("sense")) nested(child, outer, lang, ids, reading);
        }
    }

    /** The language of the headwords, as the header says; {@code otherwise} where it says none or several. */
    private static String language(XmlTree header, String otherwise) {
        var languages = header.first("profileDesc").flatMap(profile -> profile.first("langUsage")).stream()
                .flatMap(usage -> usage.children("language").stream())
                .filter(language -> language.attribute("role").equals("objectLanguage"))
                .map(language -> language.attribute("ident"))
                .toList();
        return languages.size() == 1 ? languages.get(0) : otherwise;
    }

    /** Writes one document that is valid by TEILex0.rng. */
    public static LossReport write(LexiconHead head, LexiconSource source, OutputStream out) throws IOException {
        var report = new LossReport("TEI Lex-0");
        var ids = new TeiIds();
        put(
                out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" type=\"lex-0\">\n");
        put(out, xml(header(head), 1));
        put(out, "\n <text>\n  <body>\n");
        boolean[] any = new boolean[1];
        source.forEach((id, entry) -> {
            var kept = Homes.told(EntryWriter.HOMES.keep(id, entry), id, report);
            put(out, "   " + xml(new EntryWriter(head.language(), ids).entry(kept), 3) + "\n");
            any[0] = true;
        });
        if (!any[0]) put(out, "   <p/>\n");
        put(out, "  </body>\n </text>\n</TEI>\n");
        out.flush();
        return report;
    }

    private static XmlTree header(LexiconHead head) {
        var header = new XmlTree("teiHeader");
        var file = header.child("fileDesc");
        var title = file.child("titleStmt");
        head.title().texts().forEach((tag, text) -> title.child("title")
                .with("xml:lang", tag.value())
                .text(text));
        if (head.title().isEmpty()) title.child("title").text(head.id());
        head.creators().forEach(creator -> title.child("author").text(creator));
        var publication = file.child("publicationStmt");
        publication.child("publisher").text(head.creators().isEmpty() ? "Thocam" : String.join("; ", head.creators()));
        publication.child("idno").with("type", "URI").text(head.iri());
        var licence = publication.child("availability").child("licence");
        if (head.license().matches("https?://\\S+")) licence.with("target", head.license());
        licence.text(head.license().isEmpty() ? "not stated" : head.license());
        header.child("profileDesc")
                .child("langUsage")
                .child("language")
                .with("ident", tag(head.language()))
                .with("role", "objectLanguage")
                .text(head.language());
        return header;
    }

    static String tag(String language) {
        return LanguageTags.wellFormed(language) ? language : LanguageTags.UNDETERMINED;
    }

    private static String xml(XmlTree element, int depth) {
        var xml = new StringBuilder();
        element.write(xml, depth);
        return xml.toString();
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
