package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.found.RecordFormat;
import org.thocam.api.found.Signposting;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;

/**
 * How an item that a caller may see is told of to machines and people far away.
 *
 * @param domain the repository identifier in {@code oai:DOMAIN:id}
 * @param library what the library is called
 * @param formats of other libraries
 * @param all ways an item can be written, ours among them
 */
record Findings(
        Addresses addresses, String domain, String library, List<RecordFormat> formats, Format.All all, Clock clock) {

    CatalogueRecord record(Visible found, HttpServletRequest request) {
        var item = found.item();
        // an embargo that is over gave the item its datestamp, as in OAI-PMH
        var opened = item.access().openFrom();
        boolean openedLater = opened.isAfter(found.datestamp()) && !opened.isAfter(clock.instant());
        return new CatalogueRecord(
                item,
                found.version(),
                openedLater ? opened : found.datestamp(),
                Lexicon.of(item).isPresent(),
                new Links(addresses.base(request), domain));
    }

    Signposting signposting(CatalogueRecord record) {
        boolean harvested = record.item().access().allows(Viewer.ANYBODY, clock.instant());
        return new Signposting(record, formats, harvested);
    }
}
