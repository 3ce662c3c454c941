package org.thocam.dictionary.exchange.ontolex;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Homes;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.Reading;

/** OntoLex-Lemon with lexicog, vartrans, lime and LexInfo (W3C community reports): a lexicon as RDF. */
public final class OntoLex {
    /** Triples that a format which cannot be streamed, such as JSON-LD, is written for. */
    public static final int MOST_AT_ONCE = 500_000;

    private OntoLex() {}

    /**
     * The triples of one entry, with the one that puts it into its lexicon. The same entry always has the same triples; none has a blank
     * node. Relations say the id that they point to, but not its IRI: that takes the whole lexicon.
     */
    public static Collection<Triple> describe(LexiconHead head, String entryId, Entry entry) {
        return describe(head, entryId, entry, ref -> "");
    }

    /** @param targets the IRI of an entry or sense by its id as the file has it; empty where there is none */
    public static Collection<Triple> describe(
            LexiconHead head, String entryId, Entry entry, Function<String, String> targets) {
        return new Description(head, entryId, targets)
                .of(Description.HOMES.keep(entryId, entry).entry());
    }

    /** The IRI of an entry. */
    public static String iri(LexiconHead head, String entryId) {
        return Description.iri(head, entryId);
    }

    /** The triples of the lexicon itself. */
    public static Collection<Triple> describe(LexiconHead head) {
        var lexicon = NodeFactory.createURI(head.iri());
        var triples = new java.util.ArrayList<Triple>();
        triples.add(Triple.create(lexicon, Words.TYPE, Words.node(Words.LIME, "Lexicon")));
        triples.add(Triple.create(lexicon, Words.TYPE, Words.node(Words.LEXICOG, "LexicographicResource")));
        triples.add(Triple.create(
                lexicon, Words.node(Words.LIME, "language"), NodeFactory.createLiteralString(head.language())));
        head.title()
                .texts()
                .forEach((tag, text) -> triples.add(Triple.create(
                        lexicon, Words.node(Words.DCT, "title"), NodeFactory.createLiteralLang(text, tag.value()))));
        head.creators()
                .forEach(creator -> triples.add(Triple.create(
                        lexicon, Words.node(Words.DCT, "creator"), NodeFactory.createLiteralString(creator))));
        if (!head.license().isEmpty())
            triples.add(Triple.create(
                    lexicon,
                    Words.node(Words.DCT, "license"),
                    head.license().matches("https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
                            ? NodeFactory.createURI(head.license())
                            : NodeFactory.createLiteralString(head.license())));
        return triples;
    }

    /**
     * Turtle and N-Triples are written as the entries come. All other languages need the whole lexicon in memory.
     *
     * @throws IOException also if there are more than {@link #MOST_AT_ONCE} triples in a language that cannot be streamed
     */
    public static LossReport write(LexiconHead head, LexiconSource source, Lang lang, OutputStream out)
            throws IOException {
        var report = new LossReport("OntoLex-Lemon (" + lang.getName() + ")");
        var targets = targets(head, source);
        boolean streamed = lang.equals(Lang.TURTLE) || lang.equals(Lang.NTRIPLES);
        var graph = GraphFactory.createDefaultGraph();
        StreamRDF sink = streamed
                ? StreamRDFWriter.getWriterStream(
                        out, lang.equals(Lang.TURTLE) ? RDFFormat.TURTLE_BLOCKS : RDFFormat.NTRIPLES_UTF8)
                : StreamRDFLib.graph(graph);
        sink.start();
        Words.PREFIXES.forEach(sink::prefix);
        describe(head).forEach(sink::triple);
        source.forEach((id, entry) -> {
            var kept = Homes.told(Description.HOMES.keep(id, entry), id, report);
            new Description(head, id, ref -> targets.getOrDefault(ref, ""))
                    .of(kept)
                    .forEach(sink::triple);
            if (!streamed && graph.size() > MOST_AT_ONCE)
                throw new IOException("want at most " + MOST_AT_ONCE + " triples for " + lang.getName()
                        + ", which cannot be written bit by bit; take Turtle or N-Triples");
        });
        sink.finish();
        if (!streamed) RDFDataMgr.write(out, graph, lang);
        out.flush();
        return report;
    }

    /** What relations can point to: the first that has an id. */
    private static Map<String, String> targets(LexiconHead head, LexiconSource source) throws IOException {
        var targets = new HashMap<String, String>();
        source.forEach((id, entry) -> {
            var iri = Description.iri(head, id);
            targets.putIfAbsent(entry.liftId().isEmpty() ? id : entry.liftId(), iri);
            senses(entry.senses(), iri, targets);
        });
        return targets;
    }

    private static void senses(List<Sense> senses, String iri, Map<String, String> targets) {
        for (var sense : senses) {
            if (!sense.id().isEmpty()) targets.putIfAbsent(sense.id(), iri + "#sense-" + Description.named(sense.id()));
            senses(sense.subsenses(), iri, targets);
        }
    }

    /**
     * Reads what has the type {@code ontolex:LexicalEntry}, or stands in a lexicon as {@code lime:entry}. A file whose entries stand one
     * after the other, as ours do, is read an entry at a time; any other is held in memory, up to {@link Reader#MOST} triples.
     *
     * @throws FormatException if it is not RDF in this language, or too large; what was told before is then void
     */
    public static void read(InputStream in, Lang lang, Reading reading) throws IOException, FormatException {
        Reader.read(in, lang, reading);
    }

    static Node node(String iri) {
        return NodeFactory.createURI(iri);
    }
}
