package org.thocam.cli;

import java.util.List;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Watermark;

/**
 * A view that gets dictionaries without their text. Their words are entries; as one text, which has ten thousand words and more, they
 * would match nearly every question and stand before what answers it.
 */
final class WithoutWordLists extends Around {
    WithoutWordLists(Projection view) {
        super(view);
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        super.apply(batch.stream().map(WithoutWordLists::textless).toList(), upTo);
    }

    private static Snapshot textless(Snapshot snapshot) {
        return Lexicon.isChanged(snapshot.change())
                ? new Snapshot(snapshot.change(), snapshot.holding(), "")
                : snapshot;
    }
}
