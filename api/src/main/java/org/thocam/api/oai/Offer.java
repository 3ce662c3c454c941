package org.thocam.api.oai;

import java.util.List;
import java.util.Optional;
import org.thocam.ontology.exchange.Crosswalk;

/**
 * The formats that one address gives; see docs/decisions/0011.
 *
 * @param path after the server's address, such as {@code /oai}
 * @param wider where formats are that this address does not give
 */
public record Offer(String path, List<Crosswalk> crosswalks, Optional<Offer> wider) {
    public Offer {
        crosswalks = List.copyOf(crosswalks);
    }

    /** @param path that gives every format there is */
    public Offer(String path, List<Crosswalk> crosswalks) {
        this(path, crosswalks, Optional.empty());
    }

    /** Where a format is given that is not given here. */
    Optional<String> elsewhere(String prefix) {
        return wider.filter(offer -> offer.of(prefix).isPresent()).map(Offer::path);
    }

    Optional<Crosswalk> of(String prefix) {
        return crosswalks.stream()
                .filter(crosswalk -> crosswalk.format().prefix().equals(prefix))
                .findFirst();
    }
}
