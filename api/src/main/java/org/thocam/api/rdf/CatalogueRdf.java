package org.thocam.api.rdf;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.thocam.api.found.LexiconDownload;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.graph.Vocabulary;

/** The open data of a library as a catalogue: DCAT 3 (W3C Recommendation, 2024) and VoID (W3C Interest Group Note, 2011). */
public final class CatalogueRdf {
    private static final String DCAT = "http://www.w3.org/ns/dcat#";
    private static final String FOAF = "http://xmlns.com/foaf/0.1/";
    private static final String VOID = "http://rdfs.org/ns/void#";
    private static final String VCARD = "http://www.w3.org/2006/vcard/ns#";
    private static final String MEDIA_TYPES = "https://www.iana.org/assignments/media-types/";
    private static final String FORMATS = "http://www.w3.org/ns/formats/";
    private static final Map<String, RDFFormat> SYNTAXES = Map.of(
            "ttl", RDFFormat.TURTLE_PRETTY,
            "nt", RDFFormat.NTRIPLES_UTF8,
            "rdf", RDFFormat.RDFXML_PLAIN,
            "jsonld", RDFFormat.JSONLD);

    /**
     * What a caller may know of the library.
     *
     * @param base of the server, without a slash at its end
     * @param identities where the identities of the graph begin, with {@code id/} at its end
     * @param items how many
     * @param example the name of an item, where there is one
     */
    public record Catalogue(
            String base,
            String identities,
            String library,
            String adminEmail,
            long items,
            OptionalLong triples,
            Optional<String> example,
            List<Dictionary> dictionaries) {
        public Catalogue {
            dictionaries = List.copyOf(dictionaries);
        }
    }

    /** @param entries that readers see */
    public record Dictionary(CatalogueRecord record, long entries) {}

    private final Catalogue catalogue;
    private final Model model = ModelFactory.createDefaultModel();
    private final String self;

    private CatalogueRdf(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.self = catalogue.base + "/catalog";
    }

    /** @param ending the syntax by its usual file ending: ttl, nt, rdf or jsonld */
    public static void write(Catalogue catalogue, String ending, OutputStream out) {
        var rdf = new CatalogueRdf(catalogue);
        rdf.describe();
        RDFDataMgr.write(out, rdf.model, SYNTAXES.get(ending));
    }

    private void describe() {
        model.setNsPrefixes(Map.of("dcat", DCAT, "void", VOID, "vcard", VCARD, "foaf", FOAF));
        model.setNsPrefix("dcterms", Vocabulary.DCTERMS).setNsPrefix("xsd", Vocabulary.XSD);
        var publisher = named(self + "#publisher", type(FOAF, "Agent"));
        publisher.addProperty(property(FOAF, "name"), safe(catalogue.library));
        var contact = named(self + "#contact", type(VCARD, "Kind"));
        contact.addProperty(property(VCARD, "fn"), safe(catalogue.library))
                .addProperty(property(VCARD, "hasEmail"), model.createResource("mailto:" + catalogue.adminEmail));

        var whole = named(self, type(DCAT, "Catalog"));
        whole.addProperty(DCTerms.title, safe(catalogue.library))
                .addProperty(DCTerms.description, "Dữ liệu mở của thư viện số và kho ngữ liệu này", "vi")
                .addProperty(DCTerms.description, "The open data of this digital library and linguistic archive", "en")
                .addProperty(DCTerms.publisher, publisher)
                .addProperty(property(DCAT, "contactPoint"), contact)
                .addProperty(property(FOAF, "homepage"), model.createResource(catalogue.base + "/"));
        var items = items(publisher);
        whole.addProperty(property(DCAT, "dataset"), items);
        for (var service : services(items)) whole.addProperty(property(DCAT, "service"), service);
        for (var dictionary : catalogue.dictionaries) {
            var dataset = dictionary(dictionary, publisher);
            whole.addProperty(property(DCAT, "dataset"), dataset);
            items.addProperty(property(VOID, "subset"), dataset);
        }
        // VoID, section 6: the description of the description
        var about = named(self + "#void", type(VOID, "DatasetDescription"));
        about.addProperty(property(FOAF, "primaryTopic"), items);
    }

    private Resource items(Resource publisher) {
        var items = named(self + "#items", type(DCAT, "Dataset"), type(VOID, "Dataset"));
        items.addProperty(DCTerms.title, "Các mục của thư viện", "vi")
                .addProperty(DCTerms.title, "The items of the library", "en")
                .addProperty(DCTerms.description, "Mô tả của từng mục, với quyền ghi ở từng mục", "vi")
                .addProperty(DCTerms.description, "A description of each item; rights are stated with each", "en")
                .addProperty(DCTerms.publisher, publisher)
                .addProperty(property(VOID, "sparqlEndpoint"), model.createResource(catalogue.base + "/sparql"))
                .addProperty(property(VOID, "uriSpace"), catalogue.identities)
                .addLiteral(property(VOID, "documents"), integer(catalogue.items));
        catalogue.triples.ifPresent(count -> items.addLiteral(property(VOID, "triples"), integer(count)));
        var openSearch = model.createResource(catalogue.base + "/opensearch.xml");
        items.addProperty(property(VOID, "openSearchDescription"), openSearch);
        catalogue.example.ifPresent(name -> items.addProperty(
                property(VOID, "exampleResource"), model.createResource(catalogue.identities + name)));
        for (var vocabulary : List.of(Vocabulary.DCTERMS, Vocabulary.EDM, Vocabulary.GEO, Vocabulary.PREMIS))
            items.addProperty(property(VOID, "vocabulary"), model.createResource(vocabulary));
        if (!catalogue.dictionaries.isEmpty())
            for (var vocabulary : List.of(
                    Vocabulary.ONTOLEX, Vocabulary.LEXICOG, Vocabulary.LEXINFO, Vocabulary.SKOS, Vocabulary.VARTRANS))
                items.addProperty(property(VOID, "vocabulary"), model.createResource(vocabulary));
        for (var syntax : List.of("Turtle", "N-Triples", "RDF_XML", "JSON-LD"))
            items.addProperty(property(VOID, "feature"), model.createResource(FORMATS + syntax));
        partition(items, "items", Vocabulary.EDM + "ProvidedCHO", catalogue.items);
        if (!catalogue.dictionaries.isEmpty())
            partition(
                    items,
                    "entries",
                    Vocabulary.ONTOLEX + "LexicalEntry",
                    catalogue.dictionaries.stream()
                            .mapToLong(Dictionary::entries)
                            .sum());
        distribution(items, "#oai", "OAI-PMH 2.0", "/oai?verb=Identify", "text/xml", Optional.of("#oai-service"));
        distribution(
                items,
                "#sparql",
                "SPARQL 1.1",
                "/sparql",
                "application/sparql-results+json",
                Optional.of("#sparql-service"));
        distribution(items, "#sru", "SRU 1.2", "/sru", "application/xml", Optional.of("#sru-service"));
        distribution(items, "#api", "JSON API", "/api/v1/items", "application/json", Optional.of("#api-service"));
        distribution(items, "#sitemap", "Sitemap", "/sitemap.xml", "application/xml", Optional.empty());
        distribution(
                items,
                "#resourcesync",
                "ResourceSync 1.1",
                "/.well-known/resourcesync",
                "application/xml",
                Optional.empty());
        return items;
    }

    private void partition(Resource dataset, String name, String of, long entities) {
        var partition = named(self + "#partition-" + name, type(VOID, "Dataset"));
        partition
                .addProperty(property(VOID, "class"), model.createResource(of))
                .addLiteral(property(VOID, "entities"), integer(entities));
        dataset.addProperty(property(VOID, "classPartition"), partition);
    }

    private Resource distribution(
            Resource dataset, String name, String title, String path, String mediaType, Optional<String> service) {
        var distribution = named(self + name, type(DCAT, "Distribution"));
        distribution
                .addProperty(DCTerms.title, title)
                .addProperty(property(DCAT, "accessURL"), model.createResource(catalogue.base + path))
                .addProperty(property(DCAT, "mediaType"), model.createResource(MEDIA_TYPES + mediaType));
        service.ifPresent(
                one -> distribution.addProperty(property(DCAT, "accessService"), model.createResource(self + one)));
        dataset.addProperty(property(DCAT, "distribution"), distribution);
        return distribution;
    }

    private List<Resource> services(Resource items) {
        var services = new ArrayList<Resource>();
        services.add(service(
                "#oai-service",
                "OAI-PMH",
                "/oai",
                "/oai?verb=Identify",
                "http://www.openarchives.org/OAI/openarchivesprotocol.html"));
        services.add(
                service("#sparql-service", "SPARQL", "/sparql", "/catalog", "http://www.w3.org/TR/sparql11-protocol/"));
        services.add(service("#sru-service", "SRU", "/sru", "/sru", "http://www.loc.gov/standards/sru/"));
        services.add(service(
                "#api-service", "JSON API", "/api/v1", "/api/v1/openapi.json", "https://spec.openapis.org/oas/v3.1.0"));
        services.forEach(service -> service.addProperty(property(DCAT, "servesDataset"), items));
        return services;
    }

    private Resource service(String name, String title, String path, String description, String standard) {
        return named(self + name, type(DCAT, "DataService"))
                .addProperty(DCTerms.title, title)
                .addProperty(property(DCAT, "endpointURL"), model.createResource(catalogue.base + path))
                .addProperty(property(DCAT, "endpointDescription"), model.createResource(catalogue.base + description))
                .addProperty(DCTerms.conformsTo, model.createResource(standard));
    }

    private Resource dictionary(Dictionary dictionary, Resource publisher) {
        var record = dictionary.record;
        var item = record.item();
        var dataset = named(
                catalogue.identities + item.id(),
                type(DCAT, "Dataset"),
                type(VOID, "Dataset"),
                type(Vocabulary.LIME, "Lexicon"));
        texts(dataset, DCTerms.title, item.title());
        texts(dataset, DCTerms.description, item.description());
        dataset.addProperty(DCTerms.identifier, item.id().value())
                .addProperty(DCTerms.publisher, publisher)
                .addProperty(
                        DCTerms.modified,
                        model.createTypedLiteral(record.datestamp().toString(), XSDDatatype.XSDdateTime))
                .addProperty(property(DCAT, "landingPage"), model.createResource(record.page()))
                .addLiteral(property(Vocabulary.LIME, "lexicalEntries"), integer(dictionary.entries))
                .addProperty(DCTerms.rights, safe(record.rights()));
        item.creators().forEach(creator -> dataset.addProperty(DCTerms.creator, safe(creator)));
        record.languages().forEach(language -> dataset.addProperty(DCTerms.language, language.value()));
        record.licence()
                .filter(CatalogueRdf::isPlain)
                .ifPresent(licence -> dataset.addProperty(DCTerms.license, model.createResource(licence)));
        for (var export : LexiconDownload.values()) {
            var address = export.address(catalogue.base, item.id());
            var distribution = named(self + "#" + item.id() + "-" + export.word, type(DCAT, "Distribution"));
            distribution
                    .addProperty(DCTerms.title, export.title)
                    .addProperty(property(DCAT, "accessURL"), model.createResource(address))
                    .addProperty(property(DCAT, "downloadURL"), model.createResource(address))
                    .addProperty(property(DCAT, "mediaType"), model.createResource(MEDIA_TYPES + export.mediaType))
                    .addProperty(DCTerms.conformsTo, model.createResource(export.standard));
            dataset.addProperty(property(DCAT, "distribution"), distribution);
            if (export == LexiconDownload.ONTOLEX)
                dataset.addProperty(property(VOID, "dataDump"), model.createResource(address));
        }
        return dataset;
    }

    private void texts(Resource subject, Property property, LanguageMap texts) {
        texts.texts().forEach((tag, text) -> {
            if (tag.undetermined()) subject.addProperty(property, safe(text));
            else subject.addProperty(property, safe(text), tag.value());
        });
    }

    private Resource named(String iri, Resource... types) {
        var resource = model.createResource(iri);
        for (var type : types) resource.addProperty(RDF.type, type);
        return resource;
    }

    private Resource type(String namespace, String name) {
        return model.createResource(namespace + name);
    }

    private Property property(String namespace, String name) {
        return model.createProperty(namespace, name);
    }

    private org.apache.jena.rdf.model.Literal integer(long number) {
        return model.createTypedLiteral(Long.toString(number), XSDDatatype.XSDinteger);
    }

    /** Text that every RDF syntax can carry. */
    private static String safe(String text) {
        return XmlOut.legal(text);
    }

    private static boolean isPlain(String address) {
        return address.matches("[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+");
    }
}
