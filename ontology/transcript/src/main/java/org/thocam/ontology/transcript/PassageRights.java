package org.thocam.ontology.transcript;

import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.Rights;

/**
 * Who may see which passage of a file, and what speakers and tiers are called to others.
 *
 * @param file its name in the item
 */
public record PassageRights(Item item, String file, Transcript transcript) {
    /**
     * The strictest of the item's access and of the consents on the file, the tier, the speaker and the stretch, and of what the passage hangs on:
     * a translation says what was said.
     */
    public Access to(Passage passage) {
        var access = item.access();
        if (item.consents().isEmpty()) return access;
        int at = passage.segments().get(0);
        // parents may go in a circle
        for (int steps = 0; steps < Limits.USUAL.depth(); steps++) {
            var segment = transcript.segments().get(at);
            access = access.and(to(segment));
            var parent =
                    segment.parent().filter(up -> up < transcript.segments().size());
            if (parent.isEmpty()) break;
            at = parent.get();
        }
        return access;
    }

    private Access to(Segment segment) {
        var tier = transcript.tiers().get(segment.tier());
        return new Rights(item)
                .to(
                        file,
                        tier.name(),
                        tier.speaker(),
                        segment.span().map(Span::start),
                        segment.span().map(Span::end));
    }

    /** Whether everybody who may see the item may see the passage. */
    public boolean isForAll(Passage passage) {
        return to(passage).equals(item.access());
    }

    /** A tier under the name that others are to see, with its speaker's. */
    public Tier shown(Tier tier) {
        var rights = new Rights(item);
        return new Tier(
                rights.shownTier(tier.name()),
                tier.role(),
                tier.parent(),
                rights.shown(tier.speaker()),
                tier.language(),
                tier.attributes());
    }
}
