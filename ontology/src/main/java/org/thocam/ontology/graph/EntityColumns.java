package org.thocam.ontology.graph;

import static java.util.Map.entry;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.thocam.ontology.entity.EntityKind;

/** Which properties say what stands in the columns of the tables of entities. */
final class EntityColumns {
    /** What says that an entity points to another, and what says it the other way round. */
    record Link(Node property, Optional<Node> inverse) {}

    private static final Map<String, Node> TEXTS = nodes(Map.ofEntries(
            entry("code_1979", "thocam:code1979"),
            entry("code_2008", "thocam:code2008"),
            entry("family", "thocam:languageFamily"),
            entry("branch", "thocam:languageBranch"),
            entry("official_language_group", "thocam:officialLanguageGroup"),
            entry("iso639_3", "thocam:iso639P3"),
            entry("macrolanguage", "thocam:macrolanguage"),
            entry("bcp47", "thocam:bcp47"),
            entry("countries", "thocam:spokenInCountry"),
            entry("cldr_likely_subtags", "thocam:likelySubtags"),
            entry("olac", "thocam:olacCode"),
            entry("iso15924", "thocam:iso15924"),
            entry("level", "thocam:level"),
            entry("type", "thocam:unitType"),
            entry("gso_code", "thocam:gsoCode"),
            entry("iso_3166_2", "thocam:iso3166P2"),
            entry("admin_center", "thocam:administrativeCentre"),
            entry("coord_basis", "thocam:centroidBasis"),
            entry("valid_period", "thocam:validPeriod"),
            entry("place_text", "thocam:placeText"),
            entry("category", "thocam:category"),
            entry("domain", "thocam:customDomain"),
            entry("material_technique", "thocam:madeOf"),
            entry("inscription_list", "thocam:listName"),
            entry("list", "thocam:listName"),
            entry("inscription_decision", "thocam:decision"),
            entry("decision", "thocam:decision"),
            entry("note", "skos:note"),
            entry("year_note", "skos:note")));

    private static final Map<String, Node> DAYS =
            nodes(Map.of("valid_from", "thocam:validFrom", "valid_to", "thocam:validTo"));
    private static final Map<String, Node> YEARS =
            nodes(Map.of("inscription_year", "thocam:inscriptionYear", "year_inscribed", "thocam:inscriptionYear"));

    /** What has a way of its own to be said; here for what a claim is about. */
    private static final Map<String, Node> OTHERS = nodes(Map.ofEntries(
            entry("name_vi", "skos:prefLabel"),
            entry("name_en", "skos:prefLabel"),
            entry("autoglottonym", "skos:altLabel"),
            entry("name_variants", "skos:altLabel"),
            entry("autonyms", "skos:altLabel"),
            entry("other_names", "skos:altLabel"),
            entry("aliases", "skos:altLabel"),
            entry("dated_names", "skos:hiddenLabel"),
            entry("subgroups", "thocam:hasName"),
            entry("glottocodes", "thocam:glottocode"),
            entry("glottocode", "thocam:glottocode"),
            entry("lat", "schema:latitude"),
            entry("lon", "schema:longitude"),
            entry("description_en", "dcterms:description"),
            entry("calendar", "thocam:calendar"),
            entry("date_rule", "thocam:ruleText"),
            entry("date_text", "thocam:dateText")));

    private static final Map<EntityKind, Map<String, Link>> LINKS = new EnumMap<>(EntityKind.class);

    static {
        LINKS.put(
                EntityKind.PEOPLE,
                Map.of("languages", link("thocam:speaks", "thocam:spokenBy"), "scripts", link("thocam:usesScript")));
        LINKS.put(
                EntityKind.LANGUAGE,
                Map.of("peoples", link("thocam:spokenBy", "thocam:speaks"), "scripts", link("thocam:writtenIn")));
        LINKS.put(
                EntityKind.ORTHOGRAPHY,
                Map.of("language", link("thocam:orthographyOf"), "script", link("thocam:inScript")));
        LINKS.put(
                EntityKind.PLACE,
                Map.of(
                        "part_of", link("schema:containedInPlace"),
                        "merged_into", link("dcterms:isReplacedBy", "dcterms:replaces"),
                        "formed_from", link("dcterms:replaces", "dcterms:isReplacedBy"),
                        "overlaps", link("geo:sfOverlaps")));
        var held = Map.of(
                "peoples", link("thocam:heldBy", "thocam:holds"),
                "provinces_63", link("thocam:practisedIn"),
                "provinces_34", link("thocam:practisedIn"));
        for (var kind : List.of(EntityKind.FESTIVAL, EntityKind.CRAFT, EntityKind.CUSTOM)) LINKS.put(kind, held);
        var inscribed = new LinkedHashMap<>(held);
        inscribed.put("same_as", link("thocam:inscriptionOf", "thocam:inscription"));
        LINKS.put(EntityKind.HERITAGE, inscribed);
    }

    private EntityColumns() {}

    static Optional<Node> text(EntityKind kind, String column) {
        if (column.equals("kind") && kind == EntityKind.HERITAGE) return Optional.of(Words.ours("inscriptionKind"));
        return Optional.ofNullable(TEXTS.get(column));
    }

    static Optional<Node> day(String column) {
        return Optional.ofNullable(DAYS.get(column));
    }

    static Optional<Node> year(String column) {
        return Optional.ofNullable(YEARS.get(column));
    }

    static Optional<Link> link(EntityKind kind, String column) {
        return Optional.ofNullable(LINKS.getOrDefault(kind, Map.of()).get(column));
    }

    static Map<String, Link> links(EntityKind kind) {
        return LINKS.getOrDefault(kind, Map.of());
    }

    /** The property that says what stands in a column. */
    static Node property(EntityKind kind, String column) {
        return text(kind, column)
                .or(() -> link(kind, column).map(Link::property))
                .or(() -> day(column))
                .or(() -> year(column))
                .or(() -> Optional.ofNullable(OTHERS.get(column)))
                // a festival's kind is which class it is of
                .orElse(Words.TYPE);
    }

    private static Link link(String property) {
        return new Link(Words.of(property), Optional.empty());
    }

    private static Link link(String property, String inverse) {
        return new Link(Words.of(property), Optional.of(Words.of(inverse)));
    }

    private static Map<String, Node> nodes(Map<String, String> names) {
        var nodes = new LinkedHashMap<String, Node>();
        names.forEach((column, name) -> nodes.put(column, Words.of(name)));
        return nodes;
    }
}
