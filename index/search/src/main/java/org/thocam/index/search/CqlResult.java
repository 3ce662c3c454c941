package org.thocam.index.search;

import java.util.List;
import org.thocam.ontology.ItemId;

/**
 * What a CQL query finds.
 *
 * @param total how many the viewer may see in all
 * @param ids of these, those of the part that was asked for, in the order that was asked for
 */
public record CqlResult(long total, List<ItemId> ids) {
    public CqlResult {
        ids = List.copyOf(ids);
    }
}
