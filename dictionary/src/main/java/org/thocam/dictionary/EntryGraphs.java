package org.thocam.dictionary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.jena.graph.Triple;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.ontolex.OntoLex;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;
import org.thocam.ontology.graph.PartGraphs;

/** The entries that readers see, as OntoLex-Lemon: what the knowledge graph shows of a dictionary. */
public final class EntryGraphs implements PartGraphs {
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final LexiconStore lexicons;
    private final ChangeLog log;
    private final String base;

    /**
     * @param lexicons that have caught up with what the graph is to show
     * @param log what the store was made from
     * @param base where identities begin, as the graph has it
     */
    public EntryGraphs(LexiconStore lexicons, ChangeLog log, String base) {
        this.lexicons = lexicons;
        this.log = log;
        this.base = base;
    }

    @Override
    public boolean shows(Change change) {
        return change.isPart() ? EntryPart.is(change.id()) : Lexicon.isChanged(change);
    }

    @Override
    public boolean isCurrent(ItemId whole, Version version) {
        return log.headOf(whole)
                        .filter(head -> head.kind() == Change.Kind.DEPOSITED
                                && head.version().equals(version))
                        .isPresent()
                && lexicons.version(whole).equals(Optional.of(version));
    }

    @Override
    public String name(ItemId part) {
        return EntryPart.entry(part).value();
    }

    @Override
    public Collection<Triple> of(Item item) {
        return Lexicon.of(item)
                .map(lexicon -> OntoLex.describe(head(lexicon.id(), base, lexicon.language())))
                .orElse(List.of());
    }

    @Override
    public void forEach(ItemId whole, Predicate<PartGraph> more) {
        try {
            lexicons.forEach(whole, kept -> {
                var part = graph(kept);
                if (part.isPresent() && !more.test(part.get())) throw new Enough();
            });
        } catch (Enough enough) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<PartGraph> one(ItemId part) {
        return lexicons.entry(part.whole(), EntryPart.entry(part)).flatMap(this::graph);
    }

    private Optional<PartGraph> graph(KeptEntry kept) {
        return kept.asPublished()
                .map(shown -> new PartGraph(
                        EntryPart.id(kept.lexicon(), kept.id()),
                        kept.tag().part(),
                        describe(kept.lexicon(), kept.id(), shown.entry(), base)));
    }

    private static LexiconHead head(ItemId id, String base, LanguageTag language) {
        return new LexiconHead(id.value(), base + "id/" + id, LanguageMap.EMPTY, language.value(), "", List.of());
    }

    /** What the graph says, or will say, of an entry. */
    public static Collection<Triple> describe(ItemId lexicon, EntryId id, Entry entry, String base) {
        return OntoLex.describe(head(lexicon, base, LanguageTag.UNDETERMINED), id.value(), entry);
    }
}
