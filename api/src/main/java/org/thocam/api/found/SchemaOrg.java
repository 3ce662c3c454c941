package org.thocam.api.found;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.reference.People;

/**
 * An item in the words of schema.org, as JSON-LD. A creator is a text: whether it names a person or an organisation, nobody told us.
 */
public final class SchemaOrg {
    static final String CONTEXT = "https://schema.org/";
    private static final int MOST_FILES = 100;

    private final CatalogueRecord record;
    private final ObjectNode node = ItemJson.MAPPER.createObjectNode();

    private SchemaOrg(CatalogueRecord record) {
        this.record = record;
    }

    public static ObjectNode of(CatalogueRecord record) {
        var said = new SchemaOrg(record);
        said.describe();
        return said.node;
    }

    /** The same for a {@code script} element: nothing in it can end the element or begin a comment. HTML, section 4.12.1.3. */
    public static String script(CatalogueRecord record) {
        return of(record)
                .toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** The class of schema.org for a DCMI type. */
    static String type(String dcmiType) {
        return switch (dcmiType) {
            case "Sound" -> "AudioObject";
            case "MovingImage" -> "VideoObject";
            case "StillImage", "Image" -> "ImageObject";
            case "Dataset" -> "Dataset";
            case "Collection" -> "Collection";
            case "Software" -> "SoftwareSourceCode";
            default -> "CreativeWork";
        };
    }

    /** A dictionary is a set of terms, and data as well. */
    static List<String> types(CatalogueRecord record) {
        var type = type(record.item().type());
        if (!record.lexicon()) return List.of(type);
        return type.equals("Dataset") || type.equals("CreativeWork")
                ? List.of("Dataset", "DefinedTermSet")
                : List.of(type, "DefinedTermSet");
    }

    private void describe() {
        var item = record.item();
        node.put("@context", CONTEXT);
        var types = types(record);
        if (types.size() == 1) node.put("@type", types.get(0));
        else types.forEach(node.putArray("@type")::add);
        node.put("@id", record.links().identity(record.id()));
        node.put("url", Link.address(record.page()));
        texts("name", item.title());
        texts("alternateName", record.terms("alternative"));
        texts("description", item.description());
        strings("identifier", Stream.concat(Stream.of(record.id().value()), item.identifiers().stream()));
        addresses("sameAs", item.identifiers().stream());
        strings("inLanguage", record.languages().stream().map(LanguageTag::value));
        agents("creator", item.creators().stream());
        agents("contributor", values("contributor"));
        agents("publisher", values("publisher"));
        agents("copyrightHolder", values("rightsHolder"));
        record.date().ifPresent(date -> node.put("dateCreated", date));
        values("issued").filter(CatalogueRecord::isDate).findFirst().ifPresent(date -> node.put("datePublished", date));
        node.put("dateModified", record.datestamp().toString());
        node.put("version", Long.toString(record.version().number()));
        about();
        texts("keywords", record.terms("subject"));
        place();
        record.licence().ifPresent(licence -> node.put("license", Link.address(licence)));
        node.put("conditionsOfAccess", record.rights());
        node.put("isAccessibleForFree", isOpen());
        addresses("isPartOf", values("isPartOf"));
        files();
    }

    private boolean isOpen() {
        var access = record.item().access();
        return access instanceof Access.Open
                || access instanceof Access.Embargoed embargoed
                        && !embargoed.openFrom().isAfter(record.datestamp());
    }

    private Stream<String> values(String term) {
        return record.terms(term).stream().map(Term::value);
    }

    private void texts(String property, LanguageMap texts) {
        var list = ItemJson.MAPPER.createArrayNode();
        texts.texts().forEach((tag, text) -> text(list, tag, text));
        put(property, list);
    }

    private void texts(String property, List<Term> terms) {
        var list = ItemJson.MAPPER.createArrayNode();
        terms.forEach(term -> text(list, term.language(), term.value()));
        put(property, list);
    }

    private static void text(ArrayNode list, LanguageTag tag, String text) {
        if (tag.undetermined()) list.add(text);
        else list.addObject().put("@value", text).put("@language", tag.value());
    }

    private void strings(String property, Stream<String> values) {
        var list = ItemJson.MAPPER.createArrayNode();
        values.distinct().forEach(list::add);
        put(property, list);
    }

    private void addresses(String property, Stream<String> values) {
        strings(property, values.filter(CatalogueRecord::isWebAddress).map(Link::address));
    }

    private void agents(String property, Stream<String> values) {
        var list = ItemJson.MAPPER.createArrayNode();
        values.distinct().forEach(value -> {
            if (CatalogueRecord.isWebAddress(value)) list.addObject().put("@id", Link.address(value));
            else list.add(value);
        });
        put(property, list);
    }

    private void put(String property, ArrayNode list) {
        if (list.size() == 1) node.set(property, list.get(0));
        else if (!list.isEmpty()) node.set(property, list);
    }

    private void about() {
        var list = ItemJson.MAPPER.createArrayNode();
        for (var id : record.item().people()) {
            var thing = list.addObject().put("@type", "Thing").put("identifier", id);
            var people = People.ofId(id);
            var names = thing.putArray("name");
            people.ifPresentOrElse(
                    known -> {
                        text(names, new LanguageTag("vi"), known.nameVi());
                        if (!known.nameEn().isBlank()) text(names, new LanguageTag("en"), known.nameEn());
                        if (!known.autonyms().isEmpty()) known.autonyms().forEach(thing.putArray("alternateName")::add);
                    },
                    () -> names.add(id));
        }
        record.item().about().forEach(subject -> list.addObject()
                .put("@id", Link.address(subject.iri(record.links().base() + "/"))));
        put("about", list);
    }

    private void place() {
        record.item().place().ifPresent(place -> {
            var there = node.putObject("spatialCoverage").put("@type", "Place");
            if (!place.name().isBlank()) there.put("name", place.name());
            if (place.located())
                there.putObject("geo")
                        .put("@type", "GeoCoordinates")
                        .put("latitude", place.lat())
                        .put("longitude", place.lon());
        });
    }

    /** Data have distributions, everything else has encodings; a dictionary is data in our formats too. */
    private void files() {
        boolean data = types(record).contains("Dataset");
        var list = ItemJson.MAPPER.createArrayNode();
        var type = data ? "DataDownload" : "MediaObject";
        if (record.lexicon())
            for (var export : LexiconDownload.values())
                list.addObject()
                        .put("@type", type)
                        .put("name", export.title)
                        .put("encodingFormat", export.mediaType)
                        .put("contentUrl", export.address(record.links().base(), record.id()));
        record.item().handedIn().stream().limit(MOST_FILES).forEach(file -> list.addObject()
                .put("@type", type)
                .put("name", file.name())
                .put("encodingFormat", file.mediaType())
                .put("contentSize", file.size() + " B")
                .put("contentUrl", record.links().file(record.id(), file.name())));
        put(data ? "distribution" : "encoding", list);
        firstOf("image/").ifPresent(image -> node.put("image", record.links().file(record.id(), image.name())));
    }

    private Optional<Bitstream> firstOf(String mediaType) {
        return record.item().handedIn().stream()
                .filter(file -> file.mediaType().startsWith(mediaType))
                .findFirst();
    }
}
