package org.thocam.cli;

import org.thocam.ingest.deployment.Deployment;
import org.thocam.ontology.Projection;

/**
 * A view that has no room of its own for the linker's edition: the deployment keeps it. A lost note costs one look at all items.
 */
final class LinkMark extends Around {
    private final Deployment deployment;
    private final String note;

    LinkMark(Projection view, Deployment deployment, String note) {
        super(view);
        this.deployment = deployment;
        this.note = note;
    }

    @Override
    public String linkedWith() {
        return deployment.note(note);
    }

    @Override
    public void linkedWith(String edition) {
        deployment.note(note, edition);
    }
}
