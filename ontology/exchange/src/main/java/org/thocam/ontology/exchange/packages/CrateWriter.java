package org.thocam.ontology.exchange.packages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;

/**
 * Writes {@code ro-crate-metadata.json} while the items of a package go by; only what several of them share stays in memory until the
 * end. RO-Crate 1.2: readers of 1.1 understand it, and 1.3 asks for nothing else of what is said here.
 */
final class CrateWriter implements AutoCloseable {
    static final String FILE = "ro-crate-metadata.json";
    private static final String SPECIFICATION = "https://w3id.org/ro/crate/1.2";
    /** A digest as PREMIS names it; RO-Crate has sha256 only. */
    private static final String SHA512 = "http://id.loc.gov/vocabulary/preservation/cryptographicHashFunctions/sha512";

    private final JsonGenerator json;
    private final Links links;
    private final Map<String, ObjectNode> shared = new LinkedHashMap<>();
    private final List<String> items = new ArrayList<>();
    private final Set<String> licences = new LinkedHashSet<>();
    private boolean everyItemHasALicence = true;

    CrateWriter(Path spool, Links links) throws IOException {
        this.links = links;
        json = org.thocam.ontology.ItemJson.MAPPER.getFactory().createGenerator(Files.newOutputStream(spool));
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeArrayFieldStart("@context");
        json.writeString(SPECIFICATION + "/context");
        json.writeStartObject();
        json.writeStringField("dcterms", CrateTerms.DCTERMS);
        json.writeStringField("sha512", SHA512);
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("@graph");
        var descriptor = entity(FILE, "CreativeWork");
        descriptor.set("about", reference("./"));
        descriptor.set("conformsTo", reference(SPECIFICATION));
        json.writeTree(descriptor);
    }

    private static ObjectNode entity(String id, String... types) {
        var node = org.thocam.ontology.ItemJson.MAPPER.createObjectNode().put("@id", id);
        if (types.length == 1) node.put("@type", types[0]);
        else for (var type : types) node.withArray("@type").add(type);
        return node;
    }

    private static ObjectNode reference(String id) {
        return org.thocam.ontology.ItemJson.MAPPER.createObjectNode().put("@id", id);
    }

    /** @return the id of the file's entity */
    String file(String path, String name, String mediaType, Fixity fixity) throws IOException {
        var file = entity(CrateIds.of(path), "File")
                .put("name", name)
                .put("encodingFormat", mediaType)
                .put("contentSize", String.valueOf(fixity.size()))
                .put("sha256", fixity.hex("sha256"))
                .put("sha512", fixity.hex("sha512"));
        json.writeTree(file);
        return file.path("@id").textValue();
    }

    void item(CatalogueRecord record, Instant changed, List<String> parts) throws IOException {
        var item = record.item();
        var id = CrateIds.of(PackageExport.folder(item.id()));
        items.add(id);
        var node = entity(id, "Dataset", "RepositoryObject")
                .put("name", item.title().shown());
        for (var title : item.title().texts().values())
            if (!title.equals(item.title().shown())) add(node, "alternateName", title);
        for (var description : item.description().texts().values()) add(node, "description", description);
        add(node, "identifier", item.id().value());
        for (var identifier : item.identifiers()) add(node, "identifier", identifier);
        node.put("url", record.page()).put("version", record.version().number());
        node.put("dateModified", changed.toString());
        if (!item.type().isEmpty()) node.put("additionalType", item.type());
        if (!item.date().isEmpty()) node.put("dateCreated", item.date());
        for (var language : record.languages()) refer(node, "inLanguage", language(language));
        for (var creator : item.creators()) refer(node, "author", person(creator));
        for (var people : item.people()) refer(node, "about", people(people));
        for (var subject : item.about()) refer(node, "about", thing(subject.iri(links.base() + "/")));
        item.place().ifPresent(place -> refer(node, "contentLocation", place(place)));
        if (!item.rights().isBlank()) node.put("conditionsOfAccess", item.rights());
        var licence = record.licence();
        licence.ifPresent(address -> {
            licences.add(address);
            refer(node, "license", licence(address));
        });
        everyItemHasALicence &= licence.isPresent();
        for (var term : item.terms())
            if (!term.name().equals("license")
                    || licence.filter(term.value()::equals).isEmpty()) term(node, term);
        for (var part : parts) refer(node, "hasPart", part);
        json.writeTree(node);
    }

    private static void term(ObjectNode node, Term term) {
        var property = CrateTerms.property(term.name());
        add(node, property, term.qualifier().isEmpty() ? term.value() : term.value() + " (" + term.qualifier() + ")");
    }

    private static void add(ObjectNode node, String property, String value) {
        list(node, property).add(value);
    }

    private static void refer(ObjectNode node, String property, String id) {
        list(node, property).add(reference(id));
    }

    private static ArrayNode list(ObjectNode node, String property) {
        var there = node.path(property);
        if (there instanceof ArrayNode array) return array;
        var array = org.thocam.ontology.ItemJson.MAPPER.createArrayNode();
        if (!there.isMissingNode()) array.add(there);
        node.set(property, array);
        return array;
    }

    private String language(LanguageTag tag) {
        var id = "#language-" + tag;
        shared.computeIfAbsent(id, key -> entity(id, "Language")
                .put("name", Language.nameEn(tag.value()))
                .put("code", tag.value())
                .put("alternateName", tag.value()));
        return id;
    }

    private String person(String name) {
        var id = "#person-" + CrateIds.of(name);
        shared.computeIfAbsent(id, key -> entity(id, "Person").put("name", name));
        return id;
    }

    private String people(String code) {
        String id;
        try {
            id = links.identity(new ItemId(code));
        } catch (IllegalArgumentException e) {
            id = "#people-" + CrateIds.of(code);
        }
        var iri = id;
        shared.computeIfAbsent(iri, key -> {
            var node = entity(iri, "Thing").put("name", People.shown(code)).put("identifier", code);
            People.ofId(code).ifPresent(people -> {
                if (!people.nameEn().isEmpty()) add(node, "alternateName", people.nameEn());
                for (var name : people.autonyms()) add(node, "alternateName", name);
            });
            return node;
        });
        return iri;
    }

    private String thing(String iri) {
        shared.computeIfAbsent(iri, key -> entity(iri, "Thing").put("name", iri));
        return iri;
    }

    private String place(Place place) {
        var point = place.located() ? place.lat() + "," + place.lon() : "";
        var id = "#place-" + CrateIds.of(place.name() + (point.isEmpty() ? "" : "@" + point));
        shared.computeIfAbsent(id, key -> entity(id, "Place").put("name", place.name()));
        if (!point.isEmpty()) {
            var geo = "#geo-" + point;
            shared.get(id).set("geo", reference(geo));
            shared.computeIfAbsent(geo, key -> entity(geo, "GeoCoordinates")
                    .put("name", point)
                    .put("latitude", String.valueOf(place.lat()))
                    .put("longitude", String.valueOf(place.lon())));
        }
        return id;
    }

    private String licence(String address) {
        shared.computeIfAbsent(address, key -> entity(address, "CreativeWork")
                .put("name", address)
                .put("description", "A licence or rights statement, described at its address"));
        return address;
    }

    /** Says what the whole is, and ends the file. */
    void finish(String name, String description, String organisation, Instant now) throws IOException {
        var root = entity("./", "Dataset")
                .put("name", name)
                .put("description", description)
                .put("datePublished", now.toString());
        if (everyItemHasALicence && licences.size() == 1)
            root.set("license", reference(licences.iterator().next()));
        else root.put("license", "Each item states its own rights: see license and conditionsOfAccess there");
        root.set("publisher", reference(links.base() + "/"));
        shared.put(
                links.base() + "/",
                entity(links.base() + "/", "Organization")
                        .put("name", organisation)
                        .put("url", links.base() + "/"));
        for (var item : items) refer(root, "hasPart", item);
        json.writeTree(root);
        for (var entity : shared.values()) json.writeTree(entity);
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
