package org.thocam.api.oai;

import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Archived;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Rights;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.Provenance;
import org.thocam.ontology.exchange.XmlOut;

/**
 * What harvesters may know at one moment. OAI-PMH 2.0, section 2.
 *
 * @param base the address of the whole server
 */
record Holdings(
        Archive archive, ChangeLog log, Repository repository, Offer offer, LeftOut leftOut, String base, Instant now) {
    private static final int SAMPLES = 50;

    OaiResponse identity() {
        var sample = log.feed(new FeedQuery(none(), none(), none(), none(), SAMPLES), now).stream()
                .sorted(Comparator.comparing(FeedEntry::deleted))
                .findFirst()
                .map(entry -> repository.identifier(entry.id()))
                .orElseGet(() -> repository.identifier(new ItemId("sample")));
        var earliest = log.earliest(now).orElse(now);
        return xml -> repository.write(xml, base, offer.path(), earliest, sample, Repository.today(now));
    }

    OaiResponse formats() {
        return formats(offer.crosswalks());
    }

    /** The formats that have words for a record; for a deleted one all, since its header is in every list. */
    OaiResponse formats(FeedEntry entry) {
        if (entry.deleted()) return formats();
        var record = catalogued(entry);
        var fit = offer.crosswalks().stream()
                .filter(crosswalk -> record.filter(crosswalk::fits).isPresent()
                        && !leftOut.has(
                                entry.id(), entry.version(), crosswalk.format().prefix()))
                .toList();
        return fit.isEmpty() ? OaiError.noMetadataFormats(repository.identifier(entry.id())) : formats(fit);
    }

    private static OaiResponse formats(List<Crosswalk> crosswalks) {
        return xml -> {
            xml.start("ListMetadataFormats");
            for (var crosswalk : crosswalks)
                xml.start("metadataFormat")
                        .element("metadataPrefix", crosswalk.format().prefix())
                        .element("schema", crosswalk.format().schema())
                        .element("metadataNamespace", crosswalk.format().namespace())
                        .end();
            xml.end();
        };
    }

    OaiResponse sets() {
        var sets = new TreeSet<>(log.sets(now));
        if (sets.isEmpty()) return OaiError.noSetHierarchy();
        return xml -> {
            xml.start("ListSets");
            for (var set : sets)
                xml.start("set")
                        .element("setSpec", set)
                        .element("setName", SetNames.of(set))
                        .end();
            xml.end();
        };
    }

    /** One item as the feed has it; empty where harvesters may not know of it. */
    Optional<FeedEntry> entry(String identifier) {
        return repository.id(identifier).flatMap(id -> log.feedEntry(id, now));
    }

    OaiResponse record(FeedEntry entry, Crosswalk crosswalk) {
        var found = given(entry, crosswalk, true);
        if (found.isEmpty()) return OaiError.cannotDisseminate(repository.identifier(entry.id()), crosswalk);
        return xml -> {
            xml.start("GetRecord");
            write(found.get(), xml);
            xml.end();
        };
    }

    OaiResponse firstPage(OaiRequest.ListFrom list) {
        var until =
                list.dates().until().filter(wanted -> wanted.isBefore(now)).orElse(now.truncatedTo(ChronoUnit.SECONDS));
        if (list.dates().from().filter(from -> from.isAfter(until)).isPresent()) return OaiError.noRecordsMatch();
        if (list.set().isPresent() && log.sets(now).isEmpty()) return OaiError.noSetHierarchy();
        var query = new FeedQuery(list.dates().from(), Optional.of(until), list.set(), none(), batch());
        var found = found(query, list.crosswalk(), list.verb());
        if (found.isEmpty()) return OaiError.noRecordsMatch();
        long size = found.size() <= repository.pageSize() ? found.size() : log.feedSize(query, now);
        return page(list.verb(), list.crosswalk(), query, found, 0, size);
    }

    OaiResponse nextPage(OaiRequest.Resume resume) {
        var opened = ResumptionToken.open(resume.token(), repository.key(), now)
                .filter(token -> token.verb() == resume.verb());
        var crosswalk = opened.flatMap(token -> offer.of(token.prefix()));
        if (crosswalk.isEmpty()) return OaiError.badResumptionToken();
        var token = opened.get();
        var query = new FeedQuery(
                token.from(), Optional.of(token.until()), token.set(), Optional.of(token.last()), batch());
        var found = found(query, crosswalk.get(), token.verb());
        // All that was left has changed since and comes with the next harvest. A list must not end with an error, nor
        // with nothing:
        // the record before is given once more.
        if (found.isEmpty())
            found = log.feedEntry(token.last().id(), now)
                    .flatMap(entry -> given(entry, crosswalk.get(), token.verb() == OaiRequest.ListVerb.ListRecords))
                    .map(List::of)
                    .orElse(List.of());
        if (found.isEmpty()) return OaiError.badResumptionToken();
        return page(token.verb(), crosswalk.get(), query, found, token.cursor(), token.size());
    }

    private int batch() {
        return repository.pageSize() + 1;
    }

    /** The records of a page and one more, where there is one. */
    private List<Given> found(FeedQuery query, Crosswalk crosswalk, OaiRequest.ListVerb verb) {
        var found = new ArrayList<Given>();
        for (var rest = query; ; ) {
            var entries = log.feed(rest, now);
            for (var entry : entries) {
                given(entry, crosswalk, verb == OaiRequest.ListVerb.ListRecords).ifPresent(found::add);
                if (found.size() > repository.pageSize()) return found;
            }
            if (entries.size() < rest.limit()) return found;
            rest = rest.page(entries.get(entries.size() - 1).key());
        }
    }

    private OaiResponse page(
            OaiRequest.ListVerb verb, Crosswalk crosswalk, FeedQuery query, List<Given> found, long cursor, long size) {
        boolean more = found.size() > repository.pageSize();
        var shown = more ? found.subList(0, repository.pageSize()) : found;
        var next = more
                ? Optional.of(new ResumptionToken(
                        verb,
                        crosswalk.format().prefix(),
                        query.set(),
                        query.from(),
                        query.until().orElseThrow(),
                        shown.get(shown.size() - 1).entry().key(),
                        cursor + shown.size(),
                        size,
                        now.truncatedTo(ChronoUnit.SECONDS)))
                : Optional.<ResumptionToken>empty();
        return xml -> {
            xml.start(verb.name());
            for (var one : shown)
                if (verb == OaiRequest.ListVerb.ListIdentifiers) header(one.entry(), xml);
                else write(one, xml);
            if (more || cursor > 0) {
                xml.start("resumptionToken");
                if (next.isPresent())
                    xml.attribute("expirationDate", OaiXml.stamp(next.get().expires()));
                if (crosswalk.fitsAll()) xml.attribute("completeListSize", Long.toString(size));
                xml.attribute("cursor", Long.toString(cursor));
                if (next.isPresent()) xml.text(next.get().sealed(repository.key()));
                xml.end();
            }
            xml.end();
        };
    }

    /** An entry with its metadata as XML; a deleted one has none, and a header alone needs none. */
    private record Given(FeedEntry entry, String metadata, String about) {
        Given(FeedEntry entry) {
            this(entry, "", "");
        }
    }

    /**
     * What is given of an entry; empty where the format has no words for it, and where it cannot be given, which the operator is told.
     */
    private Optional<Given> given(FeedEntry entry, Crosswalk crosswalk, boolean whole) {
        if (entry.deleted()) return Optional.of(new Given(entry));
        if (!whole && crosswalk.fitsAll())
            return leftOut.has(entry.id(), entry.version(), crosswalk.format().prefix())
                    ? Optional.empty()
                    : Optional.of(new Given(entry));
        return catalogued(entry)
                .filter(crosswalk::fits)
                .flatMap(record -> whole
                        ? metadata(record, crosswalk).map(metadata -> new Given(entry, metadata, about(record)))
                        : Optional.of(new Given(entry)));
    }

    /** Where a harvested record came from, at the address that gives all; without it the record is given all the same. */
    private String about(CatalogueRecord record) {
        if (offer.wider().isPresent()) return "";
        try {
            var out = new StringWriter();
            var xml = new XmlOut(out);
            boolean harvested = Provenance.write(record.item(), xml);
            xml.flush();
            return harvested ? out.toString() : "";
        } catch (XMLStreamException | RuntimeException e) {
            leftOut.add(
                    new LeftOut.Fault(record.id(), record.version(), "provenance", String.valueOf(e.getMessage()), now),
                    e);
            return "";
        }
    }

    /** Each record is written by itself, so that one that cannot be written leaves nothing behind. */
    private Optional<String> metadata(CatalogueRecord record, Crosswalk crosswalk) {
        var prefix = crosswalk.format().prefix();
        try {
            var out = new StringWriter(2048);
            var xml = new XmlOut(out);
            crosswalk.write(record, xml);
            xml.flush();
            leftOut.forget(record.id(), prefix);
            return Optional.of(out.toString());
        } catch (XMLStreamException | RuntimeException e) {
            leftOut.add(
                    new LeftOut.Fault(record.id(), record.version(), prefix, String.valueOf(e.getMessage()), now), e);
            return Optional.empty();
        }
    }

    /**
     * Reads the item of an entry. Empty, and told, where it cannot be read; empty too where the archive already has a newer state that
     * harvesters may not see and the feed has not heard of it: it comes with its own datestamp.
     */
    private Optional<CatalogueRecord> catalogued(FeedEntry entry) {
        try {
            var head = archive.head(entry.id());
            if (head.isPresent() && head.get().holding() instanceof Item item) {
                if (!item.access().allows(Viewer.ANYBODY, now)) return Optional.empty();
                var asFed =
                        head.get().version().equals(entry.version()) ? head : archive.read(entry.id(), entry.version());
                if (asFed.isPresent()
                        && asFed.get().holding() instanceof Item fed
                        && fed.access().allows(Viewer.ANYBODY, now))
                    return Optional.of(new CatalogueRecord(
                            new Rights(fed).seenBy(Viewer.ANYBODY, now),
                            entry.version(),
                            entry.datestamp(),
                            Lexicon.of(fed).isPresent(),
                            repository.links(base)));
            }
            var found = head.map(Archived::version).map(String::valueOf).orElse("nothing");
            leftOut.add(
                    new LeftOut.Fault(
                            entry.id(), entry.version(), "", "the archive has " + found + " under this id", now),
                    null);
        } catch (ServiceUnavailableException e) {
            // a harvester would go on and never ask for it again
            throw e;
        } catch (RuntimeException e) {
            leftOut.add(
                    new LeftOut.Fault(entry.id(), entry.version(), "", "it cannot be read: " + e.getMessage(), now), e);
        }
        return Optional.empty();
    }

    private void write(Given given, XmlOut xml) throws XMLStreamException {
        xml.start("record");
        header(given.entry(), xml);
        if (!given.metadata().isEmpty())
            xml.start("metadata").raw(given.metadata()).end();
        if (!given.about().isEmpty()) xml.start("about").raw(given.about()).end();
        xml.end();
    }

    private void header(FeedEntry entry, XmlOut xml) throws XMLStreamException {
        xml.start("header");
        if (entry.deleted()) xml.attribute("status", "deleted");
        xml.element("identifier", repository.identifier(entry.id()));
        xml.element("datestamp", OaiXml.stamp(entry.datestamp()));
        for (var set : entry.sets()) xml.element("setSpec", set);
        xml.end();
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }
}
