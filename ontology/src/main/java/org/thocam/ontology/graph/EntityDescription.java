package org.thocam.ontology.graph;

import static org.thocam.ontology.graph.Words.TYPE;
import static org.thocam.ontology.graph.Words.date;
import static org.thocam.ontology.graph.Words.decimal;
import static org.thocam.ontology.graph.Words.integer;
import static org.thocam.ontology.graph.Words.iri;
import static org.thocam.ontology.graph.Words.ours;
import static org.thocam.ontology.graph.Words.text;
import static org.thocam.ontology.graph.Words.typed;
import static org.thocam.ontology.graph.Words.year;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.calendar.CalendarKind;
import org.thocam.ontology.calendar.DateRule;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Confidence;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;
import org.thocam.ontology.entity.Observation;

/**
 * An entity in the words of {@code vocabulary.ttl}. Every subject is the entity's IRI or that and a fragment, but for what another
 * says of it the other way round ({@code holds} beside {@code heldBy}); there are no blank nodes. A cell that cannot be read as what
 * its column holds is written as an ill-formed literal, for the shapes to find.
 */
final class EntityDescription {
    /** The years that occurrences are written for. */
    static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    static final LocalDate LAST_DAY = LocalDate.of(2050, 12, 31);

    private static final String GLOTTOLOG = "https://glottolog.org/resource/languoid/id/";
    private static final String LEXVO = "http://lexvo.org/id/";
    /** A key of sources that says that there was none. */
    private static final String NO_SOURCE = Confidence.RECALLED.word();

    private static final Map<String, String> CALENDARS = Map.of(
            "lunar", "VietnameseLunarCalendar",
            "gregorian", "GregorianCalendar",
            "khmer", "KhmerCalendar",
            "cham-ahier", "ChamAhierCalendar",
            "cham-awal", "ChamAwalCalendar",
            "islamic", "IslamicCalendar");

    private static final Map<String, String> LISTS = Map.of(
            "National ICH list (Viet Nam)", "NationalIchList",
            "UNESCO ICH Representative List", "IchRepresentativeList",
            "UNESCO Representative List", "IchRepresentativeList",
            "UNESCO ICH Urgent Safeguarding List", "IchUrgentSafeguardingList",
            "UNESCO Urgent Safeguarding List", "IchUrgentSafeguardingList",
            "UNESCO Global Geopark", "GlobalGeoparks",
            "UNESCO Biosphere Reserve", "BiosphereReserves",
            "UNESCO World Heritage (cultural)", "WorldHeritageList",
            "UNESCO World Heritage (natural)", "WorldHeritageList",
            "UNESCO Memory of the World", "MemoryOfTheWorld");

    private static final Map<String, String> CRAFT_CLASSES = Map.of(
            "instrument", "Instrument",
            "performance", "PerformingArt",
            "textile", "Product",
            "costume", "Product",
            "food", "Product",
            "product", "Product");

    private static final String ORAL = "OralTraditions";
    private static final String ARTS = "PerformingArts";
    private static final String SOCIAL = "SocialPractices";
    private static final String NATURE = "KnowledgeOfNature";
    private static final String CRAFTSMANSHIP = "TraditionalCraftsmanship";

    /** The domain of the Convention of 2003, article 2.2, by category of crafts, domain of customs or kind of inscription. */
    private static final Map<String, String> DOMAINS = domains();

    private final String base;
    private final Entity entity;
    private final EntityKind kind;
    private final String it;
    private final Node self;
    private final Set<Triple> triples = new LinkedHashSet<>();

    private EntityDescription(Entity entity, String base) {
        this.base = base;
        this.entity = entity;
        this.kind = entity.kind();
        this.it = base + "id/" + entity.id();
        this.self = iri(it);
    }

    /** @param base where identities begin, with a slash at its end */
    static Set<Triple> of(Entity entity, String base) {
        var description = new EntityDescription(entity, base);
        description.describe();
        if (entity.kind() == EntityKind.FESTIVAL) dateRule(entity).ifPresent(description::occurrences);
        return description.triples;
    }

    /** The entity without the days of its festivals: enough to be checked. */
    static Set<Triple> withoutDays(Entity entity, String base) {
        var description = new EntityDescription(entity, base);
        description.describe();
        return description.triples;
    }

    /** The classes of an entity. */
    static List<Node> types(Entity entity) {
        return switch (entity.kind()) {
            case PEOPLE -> List.of(ours("People"), Words.of("skos:Concept"));
            case LANGUAGE -> List.of(ours("Language"), Words.of("skos:Concept"));
            case SCRIPT -> List.of(ours("Script"), Words.of("skos:Concept"));
            case ORTHOGRAPHY -> List.of(ours("Orthography"), Words.of("skos:Concept"));
            case PLACE -> placeTypes(entity.text("level"));
            case FESTIVAL ->
                entity.text("kind").equals("rite")
                        ? List.of(ours("Practice"), ours("Rite"))
                        : List.of(ours("Practice"), ours("Festival"), Words.of("schema:Festival"));
            case CRAFT ->
                Optional.ofNullable(CRAFT_CLASSES.get(entity.text("category")))
                        .map(narrower -> List.of(ours("Craft"), ours(narrower)))
                        .orElse(List.of(ours("Craft")));
            case CUSTOM -> List.of(ours("Practice"), ours("Custom"));
            case HERITAGE -> List.of(ours("Inscription"));
        };
    }

    private static List<Node> placeTypes(String level) {
        var place = ours("Place");
        var feature = Words.of("geo:Feature");
        if (level.equals("country")) return List.of(place, feature, Words.of("schema:Country"));
        if (level.equals("region")) return List.of(place, feature, ours("Region"));
        if (level.startsWith("site")) return List.of(place, feature, ours("Site"));
        if (level.equals("locality") || level.equals("historical-muong")) return List.of(place, feature);
        return List.of(place, feature, ours("AdministrativeUnit"));
    }

    private void describe() {
        types(entity).forEach(type -> add(self, TYPE, type));
        say("dcterms:identifier", text(entity.id()));
        names();
        for (var column : kind.columns()) if (!entity.text(column.name()).isEmpty()) cell(column);
        codes();
        if (!entity.text("lat").isEmpty() && !entity.text("lon").isEmpty()) geometry();
        if (kind == EntityKind.PLACE) changes();
        if (kind == EntityKind.FESTIVAL) rule();
        domain();
        onList();
        sources();
    }

    private void cell(Column column) {
        var name = column.name();
        var link = EntityColumns.link(kind, name);
        if (link.isPresent())
            for (var target : entity.list(name)) {
                var other = entity(target);
                add(self, link.get().property(), other);
                link.get().inverse().ifPresent(inverse -> add(other, inverse, self));
            }
        EntityColumns.text(kind, name)
                .ifPresent(property -> values(column).forEach(value -> add(self, property, text(value))));
        EntityColumns.day(name).ifPresent(property -> add(self, property, date(day(name))));
        EntityColumns.year(name).ifPresent(property -> add(self, property, year(entity.text(name))));
        if (name.equals("description_en")) say("dcterms:description", text(entity.text(name), "en"));
        if (entity.confidence(name) == Confidence.RECALLED) claim(name);
    }

    private List<String> values(Column column) {
        return column.many() ? entity.list(column.name()) : List.of(entity.text(column.name()));
    }

    /** The tables name the last day, the graph the day after: half open, as all its times. */
    private String day(String column) {
        var day = entity.text(column);
        if (!column.equals("valid_to")) return day;
        try {
            return LocalDate.parse(day).plusDays(1).toString();
        } catch (DateTimeException e) {
            return day;
        }
    }

    private void names() {
        var names = entity.names();
        var dated = texts(names, Name.Use.DATED);
        var preferred = new HashMap<String, String>();
        for (var name : names)
            if (name.use() == Name.Use.LABEL && preferred.putIfAbsent(name.language(), name.text()) == null)
                say("skos:prefLabel", text(name.text(), name.language()));
        int number = 0;
        int groups = 0;
        for (var name : names) {
            var language = language(name);
            switch (name.use()) {
                case LABEL, AUTONYM, OTHER -> {
                    // What is dated under one heading is dated under all; and no name is both label and other label.
                    if (!dated.contains(name.text()) && !preferred.containsValue(name.text()))
                        say("skos:altLabel", text(name.text(), language));
                }
                case DATED -> say("skos:hiddenLabel", text(name.text(), language));
                case SUBGROUP -> subGroup(name, ++groups);
            }
            boolean more = name.use() == Name.Use.AUTONYM && !dated.contains(name.text())
                    || name.use() == Name.Use.DATED
                    || name.use() == Name.Use.SUBGROUP;
            if (!more) continue;
            var node = iri(it + "#name-" + ++number);
            add(self, ours("hasName"), node);
            add(node, TYPE, ours("Name"));
            add(node, Words.of("skosxl:literalForm"), text(name.text(), language));
            add(node, ours("nameStatus"), text(status(name)));
            add(node, ours("confidenceLevel"), text(name.confidence().word()));
        }
    }

    /** A group within a people, and the way back; what is broader than it, followed through, is the people. */
    private void subGroup(Name name, int number) {
        var group = iri(it + "#group-" + number);
        add(group, TYPE, ours("SubGroup"));
        add(group, TYPE, Words.of("skos:Concept"));
        add(group, Words.of("skos:prefLabel"), text(name.text(), name.language()));
        add(group, ours("subGroupOf"), self);
        add(group, Words.of("skos:broader"), self);
        add(group, Words.of("skos:broaderTransitive"), self);
        add(self, Words.of("skos:narrower"), group);
        add(self, Words.of("skos:narrowerTransitive"), group);
    }

    private static Set<String> texts(List<Name> names, Name.Use use) {
        return names.stream().filter(name -> name.use() == use).map(Name::text).collect(Collectors.toSet());
    }

    private static String status(Name name) {
        return switch (name.use()) {
            case AUTONYM -> "autonym";
            case DATED -> "dated";
            case SUBGROUP -> "subgroup";
            case LABEL, OTHER -> throw new IllegalStateException("no node for " + name);
        };
    }

    /** BCP 47 has two letters where ISO 639-1 has them, which the table's own tags tell. */
    private String language(Name name) {
        return name.use() == Name.Use.AUTONYM && kind == EntityKind.LANGUAGE
                ? entity.list("bcp47").stream().findFirst().orElse(name.language())
                : name.language();
    }

    private void codes() {
        if (kind == EntityKind.LANGUAGE) {
            match("exactMatch", LEXVO + "iso639-3/", entity.text("iso639_3"));
            match("exactMatch", GLOTTOLOG, entity.text("glottocode"));
        }
        if (kind == EntityKind.SCRIPT) match("exactMatch", LEXVO + "script/", entity.text("iso15924"));
        // a people is no languoid
        if (kind == EntityKind.PEOPLE)
            entity.list("glottocodes").forEach(code -> match("relatedMatch", GLOTTOLOG, code));
        for (var column : List.of("glottocode", "glottocodes"))
            entity.list(column).forEach(code -> say("thocam:glottocode", text(code)));
        if (kind == EntityKind.ORTHOGRAPHY) say("thocam:bcp47", text(entity.id().substring("OR-".length())));
    }

    private void match(String property, String namespace, String code) {
        if (code.matches("[A-Za-z0-9-]+")) say("skos:" + property, iri(namespace + code));
    }

    private void geometry() {
        var lat = entity.text("lat");
        var lon = entity.text("lon");
        say("schema:latitude", degrees(lat));
        say("schema:longitude", degrees(lon));
        if (!isNumber(lat) || !isNumber(lon)) return;
        var geometry = iri(it + "#geometry");
        say("rdf:type", Words.of("geo:Feature"));
        // Jena's spatial index reads hasGeometry only, GeoSPARQL's own default is hasDefaultGeometry: both.
        say("geo:hasGeometry", geometry);
        say("geo:hasDefaultGeometry", geometry);
        add(geometry, TYPE, Words.of("geo:Geometry"));
        add(geometry, Words.of("geo:asWKT"), Words.wkt(Double.parseDouble(lat), Double.parseDouble(lon)));
    }

    private static Node degrees(String text) {
        return isNumber(text) ? decimal(new BigDecimal(text)) : typed(text, XSDDatatype.XSDdecimal);
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?[0-9]{1,3}(\\.[0-9]{1,12})?");
    }

    /** One change of units for each new one; those that it came from say that it ended them. */
    private void changes() {
        if (!entity.list("formed_from").isEmpty()) {
            var change = iri(it + "#change");
            add(change, TYPE, ours("UnitChange"));
            add(change, TYPE, Words.of("prov:Activity"));
            if (!entity.text("valid_from").isEmpty()) add(change, ours("changedOn"), date(day("valid_from")));
            entity.list("formed_from").forEach(old -> add(change, Words.of("prov:used"), entity(old)));
            add(change, Words.of("prov:generated"), self);
            say("prov:wasGeneratedBy", change);
        }
        for (var next : entity.list("merged_into"))
            say("prov:wasInvalidatedBy", iri(base + "id/" + segment(next) + "#change"));
    }

    private void rule() {
        var rule = iri(it + "#rule");
        var calendar = entity.text("calendar");
        if (calendar.isEmpty()
                && entity.text("date_rule").isEmpty()
                && entity.text("date_text").isEmpty()) return;
        say("thocam:dateRule", rule);
        add(rule, TYPE, ours("DateRule"));
        if (CALENDARS.containsKey(calendar)) add(rule, ours("calendar"), ours(CALENDARS.get(calendar)));
        if (!entity.text("date_rule").isEmpty()) add(rule, ours("ruleText"), text(entity.text("date_rule")));
        if (!entity.text("date_text").isEmpty()) add(rule, ours("dateText"), text(entity.text("date_text"), "en"));
        var days = dateRule(entity);
        days.ifPresent(read -> days(rule, read));
    }

    private void days(Node rule, DateRule read) {
        add(rule, ours("exactness"), text(read.exactness().word()));
        add(rule, ours("namesDays"), typed(Boolean.toString(read.namesDays()), XSDDatatype.XSDboolean));
        if (read.calendar() != CalendarKind.VIETNAMESE) return;
        for (var month : read.lunarMonths()) add(rule, ours("throughLunarMonth"), integer(month));
        for (var alternative : read.alternatives())
            if (alternative.span() instanceof DateRule.Days span) {
                add(rule, ours("lunarMonth"), integer(span.from().month()));
                add(rule, ours("lunarDay"), integer(span.from().day()));
            } else if (alternative.span() instanceof DateRule.Months span)
                add(rule, ours("lunarMonth"), integer(span.from()));
    }

    /** Its rule; empty where it has none, or one that cannot be read. */
    private static Optional<DateRule> dateRule(Entity festival) {
        try {
            var rule = festival.text("date_rule");
            return rule.isEmpty() ? Optional.empty() : Optional.of(DateRule.parse(rule));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void occurrences(DateRule rule) {
        var inYear = new HashMap<Integer, Integer>();
        for (var occurrence : rule.occurrences(FIRST_DAY, LAST_DAY)) {
            int year = occurrence.from().getYear();
            int place = inYear.merge(year, 1, Integer::sum);
            var node = iri(it + "#" + year + (place > 1 ? "-" + place : ""));
            add(node, TYPE, ours("Occurrence"));
            add(node, TYPE, Words.of("schema:Event"));
            add(node, ours("occurrenceOf"), self);
            add(node, Words.of("schema:startDate"), date(occurrence.from().toString()));
            add(node, Words.of("schema:endDate"), date(occurrence.to().toString()));
            add(node, ours("exactness"), text(occurrence.exactness().word()));
            if (!occurrence.note().isEmpty()) add(node, Words.of("skos:note"), text(occurrence.note()));
            if (rule.calendar() == CalendarKind.VIETNAMESE) add(node, ours("lunarYear"), integer(occurrence.year()));
        }
    }

    private void domain() {
        var word =
                switch (kind) {
                    case FESTIVAL -> "festival";
                    case CRAFT -> "craft:" + entity.text("category");
                    case CUSTOM -> "custom:" + entity.text("domain");
                    case HERITAGE -> entity.text("kind");
                    default -> "";
                };
        var domain = DOMAINS.get(word);
        if (domain != null) say("thocam:ichDomain", ours(domain));
    }

    private static Map<String, String> domains() {
        var domains = new HashMap<String, String>();
        domains.put("festival", SOCIAL);
        for (var category : List.of("performance", "instrument")) domains.put("craft:" + category, ARTS);
        for (var category : List.of("craft", "textile", "costume", "architecture", "product"))
            domains.put("craft:" + category, CRAFTSMANSHIP);
        domains.put("craft:script", ORAL);
        domains.put("craft:knowledge", NATURE);
        for (var domain : List.of(
                "marriage",
                "courtship",
                "funeral",
                "lifecycle",
                "ritual",
                "blessing",
                "hospitality",
                "religion",
                "game")) domains.put("custom:" + domain, SOCIAL);
        domains.put("custom:speech", ORAL);
        for (var domain : List.of("environment", "calendar")) domains.put("custom:" + domain, NATURE);
        for (var kind : List.of("festival", "rite", "social practice")) domains.put("ICH:" + kind, SOCIAL);
        for (var kind : List.of("performing art", "performance", "instrument")) domains.put("ICH:" + kind, ARTS);
        for (var kind : List.of("craft", "textile", "costume")) domains.put("ICH:" + kind, CRAFTSMANSHIP);
        for (var kind : List.of("script", "language and script")) domains.put("ICH:" + kind, ORAL);
        for (var kind : List.of("folk knowledge", "knowledge")) domains.put("ICH:" + kind, NATURE);
        return Map.copyOf(domains);
    }

    private void onList() {
        for (var column : List.of("list", "inscription_list")) {
            var list = LISTS.get(entity.text(column));
            if (list != null) say("thocam:onList", ours(list));
        }
    }

    private void sources() {
        say("thocam:confidenceLevel", text(entity.confidence().word()));
        for (var source : known(entity.sources())) say("dcterms:source", source(source, base));
    }

    private void claim(String column) {
        var claim = iri(it + "#claim-" + column);
        add(claim, TYPE, ours("Claim"));
        add(claim, TYPE, Words.of("prov:Entity"));
        add(claim, ours("claimAbout"), self);
        add(claim, ours("claimedProperty"), EntityColumns.property(kind, column));
        add(claim, ours("confidenceLevel"), text(entity.confidence(column).word()));
        for (var source : known(entity.sources())) add(claim, Words.of("prov:wasDerivedFrom"), source(source, base));
    }

    static List<String> known(List<String> sources) {
        return sources.stream().filter(source -> !source.equals(NO_SOURCE)).toList();
    }

    /** The IRI of a source: its address, or the authority file's and the key. */
    static Node source(String source, String base) {
        return ItemDescription.webAddress(source)
                ? iri(source)
                : iri(base + "id/" + AuthorityFile.ID + "#source-" + segment(source));
    }

    private void say(String property, Node value) {
        add(self, Words.of(property), value);
    }

    private void add(Node subject, Node property, Node value) {
        triples.add(Triple.create(subject, property, value));
    }

    private Node entity(String id) {
        return iri(base + "id/" + segment(id));
    }

    private static String segment(String text) {
        return ItemDescription.segment(text);
    }

    /** The IRI of a census figure, below that of its people. */
    static Node observation(Observation figure, String base) {
        return iri(base + "id/" + segment(figure.people()) + "#observation-" + segment(figure.place()) + "-"
                + figure.date());
    }

    /** A census figure as an observation of the data set {@code AUTHORITY#census}; RDF Data Cube, section 4. */
    static Set<Triple> of(Observation figure, String base) {
        var triples = new LinkedHashSet<Triple>();
        var it = observation(figure, base);
        triples.add(Triple.create(it, TYPE, Words.of("qb:Observation")));
        triples.add(Triple.create(it, Words.of("qb:dataSet"), census(base, "")));
        triples.add(Triple.create(it, ours("people"), iri(base + "id/" + segment(figure.people()))));
        triples.add(Triple.create(it, Words.of("sdmx-dimension:refArea"), iri(base + "id/" + segment(figure.place()))));
        triples.add(Triple.create(
                it, Words.of("sdmx-dimension:refPeriod"), date(figure.date().toString())));
        triples.add(Triple.create(it, ours("persons"), integer(figure.persons())));
        triples.add(Triple.create(it, Words.of("sdmx-attribute:obsStatus"), text(figure.status())));
        triples.add(Triple.create(
                it, ours("confidenceLevel"), text(figure.confidence().word())));
        for (var source : known(figure.sources()))
            triples.add(Triple.create(it, Words.of("prov:wasDerivedFrom"), source(source, base)));
        return triples;
    }

    /** @param part of the data set's structure; empty for the data set itself */
    private static Node census(String base, String part) {
        return iri(base + "id/" + AuthorityFile.ID + "#census" + part);
    }

    /** The data set of the census figures and its structure. */
    static Set<Triple> census(String base) {
        var triples = new LinkedHashSet<Triple>();
        var set = census(base, "");
        var structure = census(base, "-structure");
        triples.add(Triple.create(set, TYPE, Words.of("qb:DataSet")));
        triples.add(Triple.create(
                set, Words.of("dcterms:title"), text("Số người của các dân tộc theo tổng điều tra dân số", "vi")));
        triples.add(Triple.create(
                set, Words.of("dcterms:title"), text("Persons of the peoples by population census", "en")));
        triples.add(Triple.create(set, Words.of("qb:structure"), structure));
        triples.add(Triple.create(structure, TYPE, Words.of("qb:DataStructureDefinition")));
        component(triples, base, "people", "qb:dimension", "qb:DimensionProperty", "thocam:people");
        // Integrity constraint 4: a dimension has a range, of which SDMX says no more than that it is something.
        triples.add(Triple.create(ours("people"), Words.of("rdfs:range"), Words.of("crm:E74_Group")));
        for (var dimension : List.of("sdmx-dimension:refArea", "sdmx-dimension:refPeriod"))
            triples.add(Triple.create(Words.of(dimension), Words.of("rdfs:range"), Words.of("rdfs:Resource")));
        var everybody = iri(base + "id/" + Observation.TOTAL);
        triples.add(Triple.create(everybody, TYPE, Words.of("crm:E74_Group")));
        triples.add(Triple.create(everybody, Words.of("rdfs:label"), text("tất cả các dân tộc", "vi")));
        triples.add(Triple.create(everybody, Words.of("rdfs:label"), text("all peoples together", "en")));
        component(triples, base, "place", "qb:dimension", "qb:DimensionProperty", "sdmx-dimension:refArea");
        component(triples, base, "date", "qb:dimension", "qb:DimensionProperty", "sdmx-dimension:refPeriod");
        component(triples, base, "persons", "qb:measure", "qb:MeasureProperty", "thocam:persons");
        component(triples, base, "status", "qb:attribute", "qb:AttributeProperty", "sdmx-attribute:obsStatus");
        return triples;
    }

    private static void component(
            Set<Triple> triples, String base, String name, String role, String type, String property) {
        var component = census(base, "-" + name);
        triples.add(Triple.create(census(base, "-structure"), Words.of("qb:component"), component));
        triples.add(Triple.create(component, TYPE, Words.of("qb:ComponentSpecification")));
        triples.add(Triple.create(component, Words.of(role), Words.of(property)));
        triples.add(Triple.create(Words.of(property), TYPE, Words.of(type)));
    }

    /** What is said of the sources that these rest on. */
    static Set<Triple> sources(Iterable<Entity> entities, Iterable<Observation> figures, String base) {
        var keys = new HashSet<String>();
        entities.forEach(entity -> keys.addAll(known(entity.sources())));
        figures.forEach(figure -> keys.addAll(known(figure.sources())));
        var triples = new LinkedHashSet<Triple>();
        for (var key : keys) {
            triples.add(Triple.create(source(key, base), TYPE, Words.of("prov:Entity")));
            triples.add(Triple.create(source(key, base), Words.of("dcterms:identifier"), text(key)));
        }
        return triples;
    }
}
