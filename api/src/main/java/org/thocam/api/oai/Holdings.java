package org.thocam.api.oai;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Viewer;

/** What harvesters may know at one moment. OAI-PMH 2.0, section 2. */
record Holdings(Archive archive, ChangeLog log, Repository repository, String base, Instant now) {
    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);
    private static final int SECOND_PAGE = 100;
    private static final int SAMPLES = 50;

    OaiResponse identity() {
        var sample = log.feed(new FeedQuery(none(), none(), none(), none(), SAMPLES), now).stream()
                .sorted(Comparator.comparing(FeedEntry::deleted))
                .findFirst()
                .map(entry -> repository.identifier(entry.id()))
                .orElseGet(() -> repository.identifier(new ItemId("sample")));
        var earliest = log.earliest(now).orElse(now);
        return xml -> repository.write(xml, base, earliest, sample);
    }

    OaiResponse formats() {
        return xml -> {
            xml.start("ListMetadataFormats");
            for (var format : MetadataPrefix.values())
                xml.start("metadataFormat")
                        .element("metadataPrefix", format.word)
                        .element("schema", format.schema)
                        .element("metadataNamespace", format.namespace)
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
                        .element("setName", readable(set))
                        .end();
            xml.end();
        };
    }

    /** {@code craft:tho-cam} is read as {@code Craft › Tho cam}. */
    static String readable(String setSpec) {
        var levels = new ArrayList<String>();
        for (var level : setSpec.split(":")) {
            var words = level.replaceAll("[-_]+", " ").strip();
            if (words.isEmpty()) words = level;
            levels.add(Character.toUpperCase(words.charAt(0)) + words.substring(1));
        }
        return String.join(" › ", levels);
    }

    /** One item as the feed has it; empty where harvesters may not know of it. */
    Optional<FeedEntry> entry(String identifier) {
        return repository.id(identifier).flatMap(id -> log.feedEntry(id, now));
    }

    Optional<OaiResponse> record(FeedEntry entry, MetadataPrefix prefix) {
        return shown(entry).map(found -> xml -> {
            xml.start("GetRecord");
            write(found, prefix, xml);
            xml.end();
        });
    }

    OaiResponse firstPage(OaiRequest.ListFrom list) {
        var until =
                list.dates().until().filter(wanted -> wanted.isBefore(now)).orElse(now.truncatedTo(ChronoUnit.SECONDS));
        if (list.dates().from().filter(from -> from.isAfter(until)).isPresent()) return OaiError.noRecordsMatch();
        var query =
                new FeedQuery(list.dates().from(), Optional.of(until), list.set(), none(), repository.pageSize() + 1);
        if (list.set().isPresent() && log.sets(now).isEmpty()) return OaiError.noSetHierarchy();
        return page(list.verb(), list.prefix(), query, 0, Optional.empty());
    }

    OaiResponse nextPage(OaiRequest.Resume resume) {
        var opened = ResumptionToken.open(resume.token(), repository.key(), now);
        if (opened.filter(token -> token.verb() == resume.verb()).isEmpty()) return OaiError.badResumptionToken();
        var token = opened.get();
        var query = new FeedQuery(
                token.from(),
                Optional.of(token.until()),
                token.set(),
                Optional.of(token.last()),
                repository.pageSize() + 1);
        return page(token.verb(), token.prefix(), query, token.cursor(), Optional.of(token.size()));
    }

    private OaiResponse page(
            OaiRequest.ListVerb verb, MetadataPrefix prefix, FeedQuery query, long cursor, Optional<Long> known) {
        var entries = log.feed(query, now);
        boolean more = entries.size() > repository.pageSize();
        if (more) entries = entries.subList(0, repository.pageSize());
        List<Found> found = new ArrayList<>();
        for (var entry : entries) shown(entry).ifPresent(found::add);
        if (found.isEmpty()) {
            // A page must have a record. OAI-PMH 2.0, section 3.5
            if (more) return page(verb, prefix, query.page(last(entries)), cursor, known);
            return known.isEmpty() ? OaiError.noRecordsMatch() : OaiError.badResumptionToken();
        }
        long size = known.orElseGet(() -> log.feedSize(unpaged(query), now));
        var next = more
                ? Optional.of(new ResumptionToken(
                        verb,
                        prefix,
                        query.set(),
                        query.from(),
                        query.until().orElseThrow(),
                        last(entries),
                        cursor + found.size(),
                        size,
                        now.truncatedTo(ChronoUnit.SECONDS)))
                : Optional.<ResumptionToken>empty();
        return xml -> {
            xml.start(verb.name());
            for (var one : found)
                if (verb == OaiRequest.ListVerb.ListIdentifiers) header(one.entry(), xml);
                else write(one, prefix, xml);
            if (more || known.isPresent()) {
                xml.start("resumptionToken");
                if (next.isPresent())
                    xml.attribute("expirationDate", OaiXml.stamp(next.get().expires()));
                xml.attribute("completeListSize", Long.toString(size)).attribute("cursor", Long.toString(cursor));
                if (next.isPresent()) xml.text(next.get().sealed(repository.key()));
                xml.end();
            }
            xml.end();
        };
    }

    private static FeedQuery unpaged(FeedQuery query) {
        return new FeedQuery(query.from(), query.until(), query.set(), none(), query.limit());
    }

    private static FeedQuery.Key last(List<FeedEntry> entries) {
        return entries.get(entries.size() - 1).key();
    }

    /** An entry with its item; a deleted one has none. */
    private record Found(FeedEntry entry, Optional<Item> item) {}

    /**
     * Reads the item of an entry. Empty, and in the log, where it cannot be read; empty too where the archive already has a newer
     * state that harvesters may not see and the feed has not heard of it: it comes with its own datestamp.
     */
    private Optional<Found> shown(FeedEntry entry) {
        if (entry.deleted()) return Optional.of(new Found(entry, Optional.empty()));
        try {
            var head = archive.head(entry.id());
            if (head.isPresent() && head.get().holding() instanceof Item item) {
                if (!item.access().allows(Viewer.ANYBODY, now)) return Optional.empty();
                var asFed =
                        head.get().version().equals(entry.version()) ? head : archive.read(entry.id(), entry.version());
                if (asFed.isPresent()
                        && asFed.get().holding() instanceof Item fed
                        && fed.access().allows(Viewer.ANYBODY, now))
                    return Optional.of(new Found(entry, Optional.of(fed)));
            }
            LOG.warn(
                    "OAI-PMH leaves out {}: the log has {}, the archive {}. Run 'thocam verify'.",
                    entry.id(),
                    entry.version(),
                    head.map(archived -> archived.version().toString()).orElse("nothing"));
        } catch (RuntimeException e) {
            LOG.error(
                    "OAI-PMH leaves out {} {}: it cannot be read. Run 'thocam verify'.",
                    entry.id(),
                    entry.version(),
                    e);
        }
        return Optional.empty();
    }

    private void write(Found found, MetadataPrefix prefix, OaiXml xml) throws XMLStreamException {
        xml.start("record");
        header(found.entry(), xml);
        if (found.item().isPresent()) {
            xml.start("metadata");
            prefix.write(found.item().get(), repository.page(base, found.entry().id()), xml);
            xml.end();
        }
        xml.end();
    }

    private void header(FeedEntry entry, OaiXml xml) throws XMLStreamException {
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
