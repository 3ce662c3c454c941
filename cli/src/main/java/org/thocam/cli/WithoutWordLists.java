package org.thocam.cli;

import java.util.List;
import java.util.function.BiConsumer;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/**
 * A view that gets dictionaries without their text. Their words are entries; as one text, which has ten thousand words and more, they
 * would match nearly every question and stand before what answers it.
 */
record WithoutWordLists(Projection view) implements Projection {
    @Override
    public String name() {
        return view.name();
    }

    @Override
    public Watermark watermark() {
        return view.watermark();
    }

    @Override
    public boolean shows(Change change) {
        return view.shows(change);
    }

    @Override
    public boolean holds(Change change) {
        return view.holds(change);
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        view.apply(batch.stream().map(WithoutWordLists::textless).toList(), upTo);
    }

    private static Snapshot textless(Snapshot snapshot) {
        return Lexicon.isChanged(snapshot.change())
                ? new Snapshot(snapshot.change(), snapshot.holding(), "")
                : snapshot;
    }

    @Override
    public void rest() {
        view.rest();
    }

    @Override
    public void clear() {
        view.clear();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        view.forEachHeld(consumer);
    }

    @Override
    public void close() {
        view.close();
    }
}
