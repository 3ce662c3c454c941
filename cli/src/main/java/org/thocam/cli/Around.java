package org.thocam.cli;

import java.util.List;
import java.util.function.BiConsumer;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** A view that is fed otherwise, and is itself in all else. */
abstract class Around implements Projection {
    private final Projection view;

    Around(Projection view) {
        this.view = view;
    }

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public Watermark watermark() {
        return view.watermark();
    }

    @Override
    public Watermark resume() {
        return view.resume();
    }

    @Override
    public boolean shows(Change change) {
        return view.shows(change);
    }

    @Override
    public boolean passesBy(Change change) {
        return view.passesBy(change);
    }

    @Override
    public boolean holds(Change change) {
        return view.holds(change);
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        view.apply(batch, upTo);
    }

    @Override
    public boolean showsMentions() {
        return view.showsMentions();
    }

    @Override
    public String linkedWith() {
        return view.linkedWith();
    }

    @Override
    public void linkedWith(String edition) {
        view.linkedWith(edition);
    }

    @Override
    public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        return view.linkedOtherwise(items);
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
