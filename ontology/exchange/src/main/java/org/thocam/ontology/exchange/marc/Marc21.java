package org.thocam.ontology.exchange.marc;

import static org.thocam.ontology.exchange.marc.Rule.always;
import static org.thocam.ontology.exchange.marc.Rule.field;
import static org.thocam.ontology.exchange.marc.Rule.sub;
import static org.thocam.ontology.exchange.marc.Rule.subs;
import static org.thocam.ontology.exchange.marc.Rule.written;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Record;
import org.marc4j.marc.impl.ControlFieldImpl;
import org.marc4j.marc.impl.DataFieldImpl;
import org.marc4j.marc.impl.RecordImpl;
import org.marc4j.marc.impl.SubfieldImpl;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.marc.Identifier.Kind;
import org.thocam.ontology.reference.DcmiTypes;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;

/** An item as a MARC 21 bibliographic record: one rule a field, in the order of the tags. */
public final class Marc21 implements Crosswalk {
    /** The list of a type that is not of DCMI. */
    static final String OWN_TYPE = "local";

    private static final MetadataFormat FORMAT = new MetadataFormat(
            "marc21", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", "http://www.loc.gov/MARC21/slim");

    private static final List<Rule> RULES = List.of(
            field("020", "  ", r -> Identifier.of(r, Kind.ISBN), sub('a', Identifier::value)),
            field("022", "  ", r -> Identifier.of(r, Kind.ISSN), sub('a', Identifier::value)),
            field(
                    "024",
                    "7 ",
                    r -> Identifier.of(r, Kind.DOI, Kind.HANDLE, Kind.URI),
                    sub('a', Identifier::value),
                    sub('2', (Identifier i) -> i.kind().source())),
            field("024", "8 ", r -> Identifier.of(r, Kind.OTHER), sub('a', Identifier::value)),
            field(
                    "034",
                    "0 ",
                    r -> r.item().place().filter(Place::located).stream().toList(),
                    always('a', "a"),
                    sub('d', (Place p) -> degrees(p.lon(), 'E', 'W')),
                    sub('e', (Place p) -> degrees(p.lon(), 'E', 'W')),
                    sub('f', (Place p) -> degrees(p.lat(), 'N', 'S')),
                    sub('g', (Place p) -> degrees(p.lat(), 'N', 'S'))),
            field("035", "  ", r -> Identifier.of(r, Kind.CONTROL), sub('a', Identifier::value)),
            // no $e: the descriptions follow no cataloguing code, and none is claimed
            field(
                    "040",
                    "  ",
                    List::of,
                    sub('a', (CatalogueRecord r) -> r.links().domain()),
                    always('b', "vie"),
                    sub('c', (CatalogueRecord r) -> r.links().domain())),
            field("041", "  ", Marc21::severalLanguages, subs('a', Marc21::codes)),
            field("041", " 7", Marc21::languagesWithoutCode, subs('a', Marc21::iso), always('2', "iso639-3")),
            field("041", " 7", Marc21::languagesWithScript, subs('a', Marc21::tags), always('2', "rfc5646")),
            field("043", "  ", r -> r.provinces().stream().limit(1).toList(), always('a', "a-vt---")),
            field("082", "04", r -> subjects(r, "DDC"), sub('a', Term::value), sub('9', Marc21::language)),
            written(
                    "100",
                    Marc21::nameIndicators,
                    r -> names(r).subList(0, Math.min(1, names(r).size())),
                    creator(),
                    creatorCode()),
            written("245", t -> "00", r -> List.of(Titles.of(r).first())),
            written(
                    "246",
                    t -> "3 ",
                    r -> Titles.of(r).others(),
                    sub('9', (Written.Title t) -> t.alternative() ? Local.term("alternative") : null)),
            field("264", " 1", r -> r.terms("publisher"), sub('b', Term::value), sub('9', Marc21::language)),
            field("264", " 0", r -> said(r.item().date()), sub('c', (String date) -> date)),
            field("264", " 1", r -> r.terms("issued"), sub('c', Term::value)),
            field("264", " 4", r -> r.terms("dateCopyrighted"), sub('c', Term::value)),
            field("300", "  ", r -> r.terms("extent"), sub('a', Term::value), sub('9', Marc21::language)),
            field(
                    "336",
                    "  ",
                    r -> List.of(Content.of(r.item().type())),
                    sub('a', Content::term),
                    sub('b', Content::code),
                    always('2', "rdacontent")),
            field("337", "  ", Marc21::online, always('a', "computer"), always('b', "c"), always('2', "rdamedia")),
            field(
                    "338",
                    "  ",
                    Marc21::online,
                    always('a', "online resource"),
                    always('b', "cr"),
                    always('2', "rdacarrier")),
            field("340", "  ", r -> r.terms("medium"), sub('a', Term::value), sub('9', Marc21::language)),
            field("490", "0 ", Terms::series, sub('a', Term::value), sub('9', Marc21::language)),
            field(
                    "500",
                    "  ",
                    Terms::notes,
                    sub('a', Term::value),
                    sub('9', (Term t) -> Local.term(t.name())),
                    sub('9', Marc21::language),
                    sub('9', (Term t) -> Local.qualifierOrNull(t.qualifier()))),
            note("505", "0 ", "tableOfContents"),
            field(
                    "506",
                    (CatalogueRecord r) -> r.open() ? "0 " : "1 ",
                    List::of,
                    sub('a', Marc21::accessText),
                    sub('2', (CatalogueRecord r) -> r.open() ? "star" : null)),
            written("520", t -> "  ", Marc21::descriptions),
            note("520", "3 ", "abstract"),
            note("521", "  ", "audience"),
            note("524", "  ", "bibliographicCitation"),
            field(
                    "540",
                    "  ",
                    r -> r.item()
                            .rights()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList(),
                    sub('a', (String rights) -> rights)),
            field("540", "  ", r -> r.terms("license"), sub('u', Term::value)),
            field("542", "1 ", r -> r.terms("rightsHolder"), sub('d', Term::value), sub('9', Marc21::language)),
            field(
                    "546",
                    "  ",
                    CatalogueRecord::languages,
                    sub('a', (LanguageTag tag) -> Language.nameVi(tag.value())),
                    sub('b', Marc21::scriptNamed)),
            note("561", "1 ", "provenance"),
            field(
                    "648",
                    " 7",
                    r -> r.terms("temporal"),
                    sub('a', Term::value),
                    always('2', "local"),
                    sub('9', Marc21::language),
                    sub('9', (Term t) -> Local.qualifierOrNull(t.qualifier()))),
            field("650", " 7", Marc21::peoples, sub('a', Named::name), sub('0', Named::iri), always('2', "local")),
            field("650", " 0", r -> subjects(r, "LCSH"), sub('a', Term::value), sub('9', Marc21::language)),
            field(
                    "650",
                    " 7",
                    Marc21::subjectsOfSchemes,
                    sub('a', Term::value),
                    sub('2', Term::qualifier),
                    sub('9', Marc21::language)),
            field("651", " 4", r -> placeNames(r), sub('a', (String name) -> name)),
            field(
                    "651",
                    " 4",
                    r -> r.terms("spatial"),
                    sub('a', Term::value),
                    always('9', Local.term("spatial")),
                    sub('9', Marc21::language),
                    sub('9', (Term t) -> Local.qualifierOrNull(t.qualifier()))),
            field("653", "  ", r -> subjects(r, ""), sub('a', Term::value), sub('9', Marc21::language)),
            field("655", " 7", r -> said(r.item().type()), sub('a', (String type) -> type), sub('2', Marc21::typeList)),
            field(
                    "655",
                    t -> t.qualifier().isEmpty() ? " 4" : " 7",
                    r -> r.terms("type"),
                    sub('a', Term::value),
                    sub('2', Term::qualifier),
                    sub('9', Marc21::language)),
            written(
                    "700",
                    Marc21::nameIndicators,
                    r -> names(r).stream().skip(1).toList(),
                    creator(),
                    creatorCode()),
            written(
                    "700",
                    Marc21::nameIndicators,
                    Marc21::contributors,
                    sub('e', (Written.Name name) -> name.role()),
                    sub('4', (Written.Name name) -> MarcTables.relatorCode(name.role())
                            .orElse("ctb"))),
            field("751", "  ", r -> placeNames(r), sub('a', (String name) -> name)),
            link("773", "0 ", "isPartOf"),
            links("774", "0 "),
            links("775", "0 "),
            links("776", "0 "),
            links("780", "00"),
            links("785", "00"),
            links("786", "0 "),
            links("787", "0 "),
            field("856", "40", r -> List.of(r.page()), sub('u', (String page) -> page), always('y', "Trang tài liệu")),
            new Rule(r -> r.item().handedIn().stream().flatMap(file -> field(
                            "856",
                            "4 ",
                            record -> List.of(file),
                            sub('3', Bitstream::name),
                            sub('q', Bitstream::mediaType),
                            sub('s', (Bitstream b) -> b.size() + " bytes"),
                            sub('u', (Bitstream b) -> r.links().file(r.id(), b.name())),
                            sub('y', Bitstream::name))
                    .fields()
                    .apply(r))),
            field(
                    "856",
                    "42",
                    r -> r.lexicon() ? List.of(r.links().lift(r.id())) : List.<String>of(),
                    always('q', "application/xml"),
                    sub('u', (String address) -> address),
                    always('y', "LIFT")));

    @Override
    public MetadataFormat format() {
        return FORMAT;
    }

    @Override
    public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
        MarcXml.write(record(record), out.root("", "record", FORMAT));
        out.end();
    }

    /** The record, in marc4j's terms. */
    static Record record(CatalogueRecord from) {
        var record = new RecordImpl();
        record.setLeader(FixedFields.leader(from));
        control(record, "001", from.id().value());
        control(record, "003", from.links().domain());
        control(record, "005", FixedFields.changed(from));
        control(record, "007", FixedFields.electronic(from));
        control(record, "008", FixedFields.general(from));
        boolean mainEntry = !names(from).isEmpty();
        var originals = new ArrayList<DataField>();
        var locals = new ArrayList<DataField>();
        for (var rule : RULES)
            rule.fields().apply(from).forEach(field -> {
                var main = dataField(field.tag(), field);
                if (field.tag().equals("245")) main.setIndicator1(mainEntry ? '1' : '0');
                if (field.original() != null) link(main, field.original(), originals);
                Local.moveFrom(main, locals);
                record.addVariableField(main);
            });
        originals.forEach(record::addVariableField);
        locals.forEach(record::addVariableField);
        return record;
    }

    private static void link(DataField main, Rule.Field original, List<DataField> originals) {
        var number = String.format("%02d", originals.size() + 1);
        main.addSubfield(0, new SubfieldImpl('6', "880-" + number));
        var other = dataField("880", original);
        other.setIndicator1(main.getIndicator1());
        var text = original.subfields().stream()
                .filter(sub -> sub.code() == 'a')
                .findFirst()
                .map(Rule.Subfield::text)
                .orElse("");
        other.addSubfield(0, new SubfieldImpl('6', main.getTag() + "-" + number + Scripts.linkCode(text)));
        originals.add(other);
    }

    private static void control(Record record, String tag, String text) {
        if (!text.isEmpty()) record.addVariableField(new ControlFieldImpl(tag, text));
    }

    private static DataField dataField(String tag, Rule.Field from) {
        var field = new DataFieldImpl(
                tag, from.indicators().charAt(0), from.indicators().charAt(1));
        from.subfields().forEach(sub -> field.addSubfield(new SubfieldImpl(sub.code(), clean(sub.text()))));
        return field;
    }

    /** The delimiters of ISO 2709 and other controls are never text, and a line end is a space. */
    static String clean(String text) {
        var line = text.replaceAll("[\\t\\r\\n\\u0085\\u2028\\u2029]+", " ");
        return Normalizer.normalize(XmlOut.legal(line), Normalizer.Form.NFC);
    }

    private static Rule.Part<Written.Name> creator() {
        return always('e', "creator");
    }

    private static Rule.Part<Written.Name> creatorCode() {
        return always('4', "cre");
    }

    private static Rule note(String tag, String indicators, String term) {
        return field(
                tag,
                indicators,
                r -> r.terms(term),
                sub('a', Term::value),
                sub('9', Marc21::language),
                sub('9', (Term t) -> Local.qualifierOrNull(t.qualifier())));
    }

    private static Rule link(String tag, String indicators, String name) {
        return linking(tag, indicators, r -> Terms.hosts(r).stream()
                .filter(t -> t.name().equals(name))
                .toList());
    }

    private static Rule links(String tag, String indicators) {
        return linking(tag, indicators, r -> Terms.linked(r, tag));
    }

    /** An address is an item number; a title is a title. The relationship is said by the IRI of the DCMI term. */
    private static Rule linking(
            String tag, String indicators, java.util.function.Function<CatalogueRecord, List<Term>> terms) {
        return field(
                tag,
                indicators,
                terms,
                sub('t', (Term t) -> CatalogueRecord.isWebAddress(t.value()) ? null : t.value()),
                sub('o', (Term t) -> CatalogueRecord.isWebAddress(t.value()) ? t.value() : null),
                sub('4', (Term t) -> Terms.DCTERMS + t.name()),
                sub('9', Marc21::language),
                sub('9', (Term t) -> Local.qualifierOrNull(t.qualifier())));
    }

    private static List<String> said(String text) {
        return text.isBlank() ? List.of() : List.of(text);
    }

    /** MARC Genre/Form Source Codes: {@code dct} is the DCMI Type Vocabulary. */
    private static String typeList(String type) {
        return DcmiTypes.ALL.contains(type) ? "dct" : OWN_TYPE;
    }

    private static String language(Term term) {
        return Local.languageOrNull(term.language());
    }

    private static List<Written.Name> names(CatalogueRecord record) {
        var language = record.languages().stream().findFirst().orElse(LanguageTag.UNDETERMINED);
        return record.item().creators().stream()
                .filter(name -> !name.isBlank())
                .map(name -> Written.name(name, Scripts.latin(name) ? LanguageTag.UNDETERMINED : language, "creator"))
                .toList();
    }

    private static List<Written.Name> contributors(CatalogueRecord record) {
        return record.terms("contributor").stream()
                .map(term -> Written.name(term.value(), term.language(), term.qualifier()))
                .toList();
    }

    /** A name with a comma is entered under its surname; one without, as Vietnamese names are given, in its own order. */
    private static String nameIndicators(Written.Name name) {
        return name.main().text().contains(",") ? "1 " : "0 ";
    }

    /** A paragraph is a field of its own. */
    private static List<Written.Title> descriptions(CatalogueRecord record) {
        return record.item().description().texts().entrySet().stream()
                .flatMap(text -> Stream.of(text.getValue().split("\\R\\s*\\R"))
                        .filter(paragraph -> !paragraph.isBlank())
                        .map(paragraph ->
                                new Written.Title(new Text(text.getKey(), paragraph.strip()), Optional.empty())))
                .toList();
    }

    private static List<List<LanguageTag>> severalLanguages(CatalogueRecord record) {
        return record.languages().size() > 1 ? List.of(record.languages()) : List.of();
    }

    private static List<List<LanguageTag>> languagesWithoutCode(CatalogueRecord record) {
        boolean all = record.languages().stream().allMatch(MarcTables::hasOwnCode);
        return all ? List.of() : List.of(record.languages());
    }

    private static List<List<LanguageTag>> languagesWithScript(CatalogueRecord record) {
        boolean some = record.languages().stream().anyMatch(tag -> tag.value().contains("-"));
        return some ? List.of(record.languages()) : List.of();
    }

    private static List<String> codes(List<LanguageTag> languages) {
        return List.copyOf(
                new LinkedHashSet<>(languages.stream().map(MarcTables::code).toList()));
    }

    private static List<String> iso(List<LanguageTag> languages) {
        return List.copyOf(new LinkedHashSet<>(
                languages.stream().map(tag -> Language.code(tag.value())).toList()));
    }

    private static List<String> tags(List<LanguageTag> languages) {
        return languages.stream().map(LanguageTag::value).toList();
    }

    private static String scriptNamed(LanguageTag tag) {
        return tag.script().equals("Zyyy") ? null : tag.script();
    }

    private static List<CatalogueRecord> online(CatalogueRecord record) {
        return record.item().files().isEmpty() ? List.of() : List.of(record);
    }

    /** ISO 6709 decimal degrees with the hemisphere, as 034 has them. */
    private static String degrees(double value, char positive, char negative) {
        var plain = BigDecimal.valueOf(Math.abs(value)).stripTrailingZeros().toPlainString();
        int whole = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        return (value < 0 ? negative : positive) + "0".repeat(Math.max(0, 3 - whole)) + plain;
    }

    /** Of an embargo; {@link Marc21Reader} knows it again. */
    static final String CLOSED_UNTIL = "Closed until ";

    private static String accessText(CatalogueRecord record) {
        if (record.open()) return "Unrestricted online access";
        return record.item().access() instanceof Access.Embargoed embargoed
                ? CLOSED_UNTIL + embargoed.until()
                : "Restricted to the community it comes from";
    }

    private record Named(String name, String iri) {}

    private static List<Named> peoples(CatalogueRecord record) {
        return record.item().people().stream()
                .map(id -> new Named(
                        People.shown(id),
                        People.ofId(id).isPresent() ? record.links().base() + "/id/" + id : null))
                .toList();
    }

    private static List<Term> subjects(CatalogueRecord record, String scheme) {
        return record.terms("subject").stream()
                .filter(term -> term.qualifier().equals(scheme))
                .toList();
    }

    private static List<Term> subjectsOfSchemes(CatalogueRecord record) {
        return record.terms("subject").stream()
                .filter(term -> !List.of("", "DDC", "LCSH").contains(term.qualifier()))
                .toList();
    }

    private static List<String> placeNames(CatalogueRecord record) {
        return record.item().place().map(Place::name).stream()
                .flatMap(name -> Stream.of(name).filter(text -> !text.isBlank()))
                .toList();
    }

    /** RDA content types, http://id.loc.gov/vocabulary/contentTypes; a sound may be speech or music, which DCMI does not tell. */
    private record Content(String term, String code) {
        static Content of(String type) {
            return switch (type) {
                case "Text" -> new Content("text", "txt");
                case "MovingImage" -> new Content("two-dimensional moving image", "tdi");
                case "StillImage", "Image" -> new Content("still image", "sti");
                case "Dataset" -> new Content("computer dataset", "cod");
                case "Software", "InteractiveResource" -> new Content("computer program", "cop");
                case "PhysicalObject" -> new Content("three-dimensional form", "tdf");
                default -> new Content("unspecified", "zzz");
            };
        }
    }
}
