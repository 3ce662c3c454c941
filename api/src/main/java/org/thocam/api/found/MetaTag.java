package org.thocam.api.found;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;

/**
 * What the head of an item's page says to reference managers and academic search engines: the Highwire tags that Google Scholar's
 * inclusion guidelines name, and Dublin Core in HTML (DCMI, 2008).
 *
 * @param language empty where it was not said
 */
public record MetaTag(String name, String content, String language) {
    private static final int MOST_OF_ONE = 50;

    public static List<MetaTag> of(CatalogueRecord record) {
        var item = record.item();
        var tags = new ArrayList<MetaTag>();
        add(tags, "citation_title", item.title().shown());
        item.creators().stream().limit(MOST_OF_ONE).forEach(creator -> add(tags, "citation_author", creator));
        published(record).ifPresent(date -> add(tags, "citation_publication_date", date.replace('-', '/')));
        for (var language : record.languages()) add(tags, "citation_language", language.value());
        values(record, "publisher").forEach(publisher -> add(tags, "citation_publisher", publisher));
        values(record, "subject").forEach(word -> add(tags, "citation_keywords", word));
        add(tags, "citation_abstract_html_url", record.page());
        item.handedIn().stream()
                .filter(file -> file.mediaType().equals("application/pdf"))
                .findFirst()
                .ifPresent(file -> add(tags, "citation_pdf_url", record.links().file(record.id(), file.name())));
        dublinCore(record, tags);
        return tags;
    }

    private static void dublinCore(CatalogueRecord record, List<MetaTag> tags) {
        var item = record.item();
        texts(tags, "DC.title", item.title());
        item.creators().stream().limit(MOST_OF_ONE).forEach(creator -> add(tags, "DC.creator", creator));
        texts(tags, "DC.description", item.description());
        values(record, "publisher").forEach(publisher -> add(tags, "DC.publisher", publisher));
        add(tags, "DC.date", item.date());
        add(tags, "DC.type", item.type());
        for (var type : record.mediaTypes().stream().limit(MOST_OF_ONE).toList()) add(tags, "DC.format", type);
        add(tags, "DC.identifier", record.links().identity(record.id()));
        item.identifiers().stream().limit(MOST_OF_ONE).forEach(identifier -> add(tags, "DC.identifier", identifier));
        for (var language : record.languages()) add(tags, "DC.language", language.value());
        item.place().ifPresent(place -> add(tags, "DC.coverage", place.name()));
        add(tags, "DC.rights", record.rights());
    }

    /** When it was published, else when it was made; a date in words only by its year. */
    private static Optional<String> published(CatalogueRecord record) {
        return record.terms("issued").stream()
                .map(Term::value)
                .filter(CatalogueRecord::isDate)
                .findFirst()
                .or(record::date)
                .map(date -> date.length() > 10 ? date.substring(0, 10) : date)
                .or(record::year);
    }

    private static List<String> values(CatalogueRecord record, String term) {
        return record.terms(term).stream().map(Term::value).limit(MOST_OF_ONE).toList();
    }

    private static void texts(List<MetaTag> tags, String name, LanguageMap texts) {
        texts.texts().forEach((tag, text) -> tags.add(new MetaTag(name, text, tag.undetermined() ? "" : tag.value())));
    }

    private static void add(List<MetaTag> tags, String name, String content) {
        if (!content.isBlank()) tags.add(new MetaTag(name, content, ""));
    }

    /** A citation as a text: who, when, what, where it is kept, its identity. ISO 690, section 4. */
    public static String citation(CatalogueRecord record, String library) {
        var item = record.item();
        var who = item.creators().isEmpty() ? "" : String.join("; ", item.creators()) + " ";
        var when = item.date().isBlank() ? "" : "(" + item.date() + "). ";
        if (when.isEmpty() && !who.isEmpty()) who = who.strip() + ". ";
        return who + when + item.title().shown() + ". " + library + ". "
                + record.links().identity(record.id());
    }
}
