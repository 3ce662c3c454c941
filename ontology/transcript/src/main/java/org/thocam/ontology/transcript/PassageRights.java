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
    /** The strictest of the item's access and of the consents on the file, the tier, the speaker and the stretch. */
    public Access to(Passage passage) {
        var tier = transcript.tiers().get(passage.tier());
        return new Rights(item)
                .to(
                        file,
                        tier.name(),
                        tier.speaker(),
                        passage.span().map(Span::start),
                        passage.span().map(Span::end));
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
