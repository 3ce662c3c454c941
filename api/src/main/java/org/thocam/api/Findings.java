package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.found.RecordFormat;
import org.thocam.api.found.Signposting;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconStore;
import org.thocam.ontology.Item;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;

/**
 * How an item that a caller may see is told of to machines and people far away.
 *
 * @param lexicons whose files readers may have
 * @param domain the repository identifier in {@code oai:DOMAIN:id}
 * @param library what the library is called
 * @param formats of other libraries
 * @param all ways an item can be written, ours among them
 */
record Findings(
        Supplier<LexiconStore> lexicons,
        Addresses addresses,
        String domain,
        String library,
        List<RecordFormat> formats,
        Format.All all,
        Clock clock) {
    private static final int MOST_FILES_OF_LEXICON = 100;

    CatalogueRecord record(Visible found, HttpServletRequest request) {
        boolean lexicon = Lexicon.of(found.item()).isPresent();
        var item = lexicon ? withFilesForReaders(found.item()) : found.item();
        // an embargo that is over gave the item its datestamp, as in OAI-PMH
        var opened = item.access().openFrom();
        boolean openedLater = opened.isAfter(found.datestamp()) && !opened.isAfter(clock.instant());
        return new CatalogueRecord(
                item,
                found.version(),
                openedLater ? opened : found.datestamp(),
                lexicon,
                new Links(addresses.base(request), domain, library));
    }

    /** A recording without its speaker's consent is not given, so no address of it is told. */
    private Item withFilesForReaders(Item item) {
        var store = lexicons.get();
        return item.withFiles(item.files().stream()
                .limit(MOST_FILES_OF_LEXICON)
                .filter(file -> store.isForReaders(item.id(), file.name()))
                .toList());
    }

    Signposting signposting(CatalogueRecord record) {
        boolean harvested = record.item().access().allows(Viewer.ANYBODY, clock.instant());
        return new Signposting(record, formats, harvested);
    }
}
