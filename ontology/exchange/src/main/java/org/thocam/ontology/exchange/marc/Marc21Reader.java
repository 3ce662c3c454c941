package org.thocam.ontology.exchange.marc;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.marc4j.marc.ControlField;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Record;
import org.marc4j.marc.Subfield;
import org.thocam.ontology.Access;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;
import org.w3c.dom.Element;

/** A MARC 21 bibliographic record of any library as a description. */
public final class Marc21Reader implements RecordReader {
    private static final UnaryText ISBN =
            text -> text.replaceFirst("^([0-9Xx -]{10,17}).*$", "$1").strip();
    private static final Set<String> CREATORS = Set.of("cre", "aut");

    private interface UnaryText {
        String of(String text);
    }

    @Override
    public boolean reads(Element metadata) {
        var name = MarcXml.name(metadata);
        var namespace = metadata.getNamespaceURI();
        return (name.equals("record") || name.equals("collection"))
                && (MarcXml.NAMESPACE.equals(namespace) || namespace == null && hasMarc(metadata));
    }

    /** Many systems leave the namespace away; the leader gives the record away. */
    private static boolean hasMarc(Element element) {
        return first(element, "leader").isPresent()
                || first(element, "record")
                        .flatMap(record -> first(record, "leader"))
                        .isPresent();
    }

    private static Optional<Element> first(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element && MarcXml.name(element).equals(name)) return Optional.of(element);
        return Optional.empty();
    }

    /** @param metadata a record, or a collection, of which the first record is read */
    @Override
    public Description read(Element metadata) {
        var record = MarcXml.name(metadata).equals("collection")
                ? first(metadata, "record")
                        .orElseThrow(
                                () -> new UnreadableRecordException("the collection has no record: want one at least"))
                : metadata;
        return describe(MarcXml.read(record));
    }

    /** The control number with the organisation that gave it, as field 035 writes it; the number alone where nothing says whose it is. */
    public static String nameOf(Element record) {
        return nameOf(MarcXml.read(record));
    }

    static String nameOf(Record record) {
        var number = control(record, "001");
        var organisation = control(record, "003");
        if (number.isEmpty()) return "";
        return Optional.of(organisation)
                .filter(given -> !given.isEmpty())
                .or(() -> agency(record))
                .map(given -> "(" + given + ")" + number)
                .orElse(number);
    }

    /** The agency of field 040 where it is the only one: a copied record names the agency copied from, whose number 001 is not. */
    private static Optional<String> agency(Record record) {
        var agencies = new LinkedHashSet<String>();
        for (var field : record.getDataFields()) {
            if (!field.getTag().equals("040")) continue;
            for (var subfield : field.getSubfields())
                if ("acd".indexOf(subfield.getCode()) >= 0 && subfield.getData() != null)
                    agencies.add(tidy(subfield.getData()));
            if (field.getSubfield('a') == null) return Optional.empty();
        }
        agencies.remove("");
        return agencies.size() == 1 ? agencies.stream().findFirst() : Optional.empty();
    }

    static Description describe(Record record) {
        return new Reading(record).description();
    }

    private static String control(Record record, String tag) {
        return record.getControlFields().stream()
                .filter(field -> field.getTag().equals(tag))
                .map(ControlField::getData)
                .filter(data -> data != null)
                .map(Marc21Reader::tidy)
                .findFirst()
                .orElse("");
    }

    private static String tidy(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }

    /** One record on its way to a description. */
    private static final class Reading {
        private static final Pattern LINK = Pattern.compile("(\\d{3})-(\\d{2,}).*", Pattern.DOTALL);
        private static final Pattern CLOSED_UNTIL =
                Pattern.compile(Pattern.quote(Marc21.CLOSED_UNTIL) + "(\\d{4}-\\d\\d-\\d\\d)\\.?");
        private static final Pattern ENDING = Pattern.compile("[\\s/:;,=]+$");

        private final Record record;
        private final Description.Draft draft = new Description.Draft();
        /** Fields 880 by the tag and number of their link. */
        private final Map<String, DataField> originals = new HashMap<>();

        private final List<DataField> fields = new ArrayList<>();
        private final List<LanguageTag> languages;

        Reading(Record record) {
            this.record = record;
            for (var field : Local.movedBack(record.getDataFields())) {
                var link = LINK.matcher(text(field, "6"));
                if (!field.getTag().equals("880")) fields.add(field);
                else if (link.matches() && !link.group(2).equals("00"))
                    originals.putIfAbsent(link.group(1) + "-" + link.group(2), field);
                else if (link.matches()) fields.add(retagged(field, link.group(1)));
            }
            unlinked();
            languages = languages();
        }

        /** An 880 that no field links to stands for itself. */
        private void unlinked() {
            var linked = fields.stream()
                    .map(field -> field.getTag() + text(field, "6").replaceFirst("^880", ""))
                    .map(link -> link.length() >= 6 ? link.substring(0, 6) : link)
                    .collect(Collectors.toSet());
            originals.forEach((link, field) -> {
                if (!linked.contains(link.substring(0, Math.min(6, link.length()))))
                    fields.add(retagged(field, link.substring(0, 3)));
            });
        }

        private static DataField retagged(DataField field, String tag) {
            var copy = new org.marc4j.marc.impl.DataFieldImpl(tag, field.getIndicator1(), field.getIndicator2());
            field.getSubfields().stream().filter(sub -> sub.getCode() != '6').forEach(copy::addSubfield);
            return copy;
        }

        Description description() {
            languages.forEach(draft::language);
            names();
            identifiers();
            titles();
            dates();
            places();
            for (var field : fields) say(field);
            type();
            return draft.done();
        }

        private void names() {
            for (var field : fields)
                switch (field.getTag()) {
                    case "100", "110", "111" -> creator(field);
                    case "700", "710", "711", "720" -> {
                        var roles = roles(field);
                        if (roles.codes.stream().anyMatch(CREATORS::contains)) creator(field);
                        else contributor(field, roles);
                    }
                    default -> {
                        // no name
                    }
                }
            if (fields.stream().noneMatch(field -> field.getTag().matches("[17][012][01]")))
                for (var field : of("245")) draft.creator(trimmed(text(field, "c")));
        }

        private void creator(DataField field) {
            each(field, (name, language) -> draft.creator(name));
            var roles = roles(field);
            for (int i = 0; i < roles.terms.size(); i++)
                if (!CREATORS.contains(roles.codes.get(i))
                        && !roles.terms.get(i).isEmpty()) {
                    var role = roles.terms.get(i);
                    each(field, (name, language) -> draft.term("contributor", name, language, role));
                }
        }

        private void contributor(DataField field, Roles roles) {
            var role = roles.terms.isEmpty() ? "" : roles.terms.get(0);
            each(field, (name, language) -> draft.term("contributor", name, language, role));
        }

        private interface Name {
            void is(String name, LanguageTag language);
        }

        /** The name, and the same name in its own script; what was only made from that is nobody's name. */
        private void each(DataField field, Name to) {
            var main = Local.language(field).orElse(LanguageTag.UNDETERMINED);
            if (!Scripts.made(main)) to.is(name(field), main);
            original(field)
                    .ifPresent(other -> to.is(name(other), Local.language(other).orElse(LanguageTag.UNDETERMINED)));
        }

        private static String name(DataField field) {
            return trimmed(text(field, "abcdnqg"));
        }

        /** @param terms as long as {@code codes}: each role in words and as a code, either may be empty */
        private record Roles(List<String> terms, List<String> codes) {}

        private static Roles roles(DataField field) {
            var terms = new ArrayList<String>();
            var codes = new ArrayList<String>();
            for (var sub : field.getSubfields()) {
                var said = said(sub).toLowerCase(Locale.ROOT);
                if (sub.getCode() == 'e'
                        || sub.getCode() == 'j' && field.getTag().endsWith("11")) {
                    terms.add(trimmed(said(sub)).replaceAll("\\.$", ""));
                    codes.add(
                            MarcTables.relatorCode(terms.get(terms.size() - 1)).orElse(""));
                } else if (sub.getCode() == '4') {
                    var code = said.replaceFirst("^.*/", "");
                    // $4 mostly says again what $e says
                    if (codes.contains(code)
                            || codes.size() == 1 && codes.get(0).isEmpty()) continue;
                    if (!terms.isEmpty() && code.equals("ctb")) continue;
                    codes.add(code);
                    terms.add(
                            code.equals("ctb")
                                    ? ""
                                    : MarcTables.relatorTerm(code).orElse(code));
                }
            }
            return new Roles(terms, codes);
        }

        private void identifiers() {
            draft.identifier(nameOf(record));
            for (var field : fields)
                switch (field.getTag()) {
                    case "020" -> both(field, ISBN);
                    case "024" -> both(field, text -> resolved(text(field, "2"), text));
                    case "010",
                            "013",
                            "015",
                            "016",
                            "022",
                            "025",
                            "026",
                            "027",
                            "028",
                            "030",
                            "035",
                            "037",
                            "074",
                            "086",
                            "088" -> both(field, text -> text);
                    default -> {
                        // no number
                    }
                }
        }

        private void both(DataField field, UnaryText as) {
            for (var sub : field.getSubfields())
                if ("alz".indexOf(sub.getCode()) >= 0) draft.identifier(as.of(said(sub)));
        }

        private static String resolved(String scheme, String text) {
            return switch (scheme.toLowerCase(Locale.ROOT)) {
                case "doi" -> text.startsWith("10.") ? "https://doi.org/" + text : text;
                case "hdl" -> CatalogueRecord.isWebAddress(text) ? text : "https://hdl.handle.net/" + text;
                default -> text;
            };
        }

        private void titles() {
            for (var field : of("245")) {
                title(field);
                var responsible = trimmed(text(field, "c"));
                boolean named = fields.stream().anyMatch(other -> other.getTag().matches("[17][012][01]"));
                if (named && !responsible.isEmpty())
                    draft.term(
                            "bibliographicCitation",
                            title(field, "abnpks") + " / " + responsible,
                            LanguageTag.UNDETERMINED,
                            "");
                draft.term(
                        "format", trimmed(text(field, "h")).replaceAll("^\\[|\\]$", ""), LanguageTag.UNDETERMINED, "");
            }
            for (var tag : List.of("246", "242", "240", "130", "210", "222", "243", "247", "740", "730"))
                for (var field : of(tag)) {
                    if (!draft.hasTitle()) title(field);
                    else if (tag.equals("246") && Local.language(field).isPresent()) title(field);
                    else alternative(field);
                }
        }

        private void title(DataField field) {
            var main = title(field, "abnpks");
            var original = original(field);
            boolean alternative =
                    Local.term(field).filter("alternative"::equals).isPresent();
            var native_ = original.map(other -> title(other, "abnpks")).orElse("");
            var nativeTag = original.map(
                            other -> Local.language(other).orElseGet(() -> Scripts.languageOf(native_, languages)))
                    .orElse(LanguageTag.UNDETERMINED);
            var tag = Local.language(field)
                    .orElseGet(() -> main.isEmpty() || original.isEmpty() || !Scripts.latin(main)
                            ? Scripts.languageOf(main, languages)
                            : latin(nativeTag));
            if (!Scripts.made(tag)) put(alternative, tag, main);
            put(alternative, nativeTag, native_);
        }

        private void put(boolean alternative, LanguageTag tag, String text) {
            if (alternative) draft.term("alternative", text, tag, "");
            else draft.title(tag, text);
        }

        /** In model A of Appendix C the main field is the romanised form of the 880. */
        private static LanguageTag latin(LanguageTag of) {
            return of.undetermined() ? LanguageTag.UNDETERMINED : new LanguageTag(of.language() + "-Latn");
        }

        private void alternative(DataField field) {
            each(field, "abnpks", (text, tag) -> draft.term("alternative", text, tag, ""));
        }

        private void each(DataField field, String codes, Name to) {
            var tag = Local.language(field)
                    .or(() -> MarcTables.language(text(field, "y"))
                            .filter(t -> field.getTag().equals("242")))
                    .orElse(LanguageTag.UNDETERMINED);
            if (!Scripts.made(tag)) to.is(title(field, codes), tag);
            original(field)
                    .ifPresent(other ->
                            to.is(title(other, codes), Local.language(other).orElse(LanguageTag.UNDETERMINED)));
        }

        private static String title(DataField field, String codes) {
            return trimmed(text(field, codes));
        }

        private void dates() {
            for (var tag : List.of("264", "260"))
                for (var field : of(tag)) {
                    for (var sub : field.getSubfields()) if (sub.getCode() == 'b') publisher(field, sub);
                    var date = text(field, "c").replaceAll("^\\[|[\\].,]+$", "").strip();
                    if (tag.equals("264") && field.getIndicator2() == '4')
                        draft.term("dateCopyrighted", date, LanguageTag.UNDETERMINED, "");
                    else if (tag.equals("264") && field.getIndicator2() == '1' && hasProduction())
                        draft.term("issued", date, LanguageTag.UNDETERMINED, "");
                    else draft.date(date);
                    if (!text(field, "a").isEmpty())
                        draft.term(
                                "bibliographicCitation", trimmed(text(field, "abcefg")), LanguageTag.UNDETERMINED, "");
                    original(field)
                            .map(other -> trimmed(text(other, "b")))
                            .ifPresent(text -> draft.term("publisher", text, Scripts.languageOf(text, languages), ""));
                }
            if (of("264").isEmpty() && of("260").isEmpty()) {
                var general = control(record, "008");
                if (general.length() >= 11 && general.substring(7, 11).matches("[12]\\d{3}"))
                    draft.date(general.substring(7, 11));
            }
        }

        private void publisher(DataField field, Subfield sub) {
            draft.term("publisher", trimmed(said(sub)), Local.language(field).orElse(LanguageTag.UNDETERMINED), "");
        }

        /** Where the date of making is said too, the one of publication is another. */
        private boolean hasProduction() {
            return of("264").stream()
                    .anyMatch(field ->
                            field.getIndicator2() == '0' && !text(field, "c").isEmpty());
        }

        private void places() {
            var located =
                    of("034").stream().flatMap(field -> located(field).stream()).findFirst();
            var names = new LinkedHashSet<String>();
            of("751").forEach(field -> names.add(trimmed(text(field, "a"))));
            of("651").stream()
                    .filter(field -> Local.term(field).isEmpty())
                    .forEach(field -> names.add(subject(field, "agz")));
            names.remove("");
            var first = names.stream().findFirst();
            if (first.isPresent() || located.isPresent())
                draft.place(located.map(at -> new Place(first.orElse(""), at.lat(), at.lon()))
                        .orElseGet(() -> new Place(first.orElse(""), null, null)));
            names.stream().skip(1).forEach(name -> draft.place(new Place(name, null, null)));
            for (var field : of("651"))
                if (Local.term(field).isPresent())
                    draft.term(
                            "spatial",
                            trimmed(text(field, "a")),
                            Local.language(field).orElse(LanguageTag.UNDETERMINED),
                            Local.qualifier(field));
        }

        /** The middle of the box that 034 gives, in decimal degrees or in degrees, minutes and seconds. */
        private static Optional<Place> located(DataField field) {
            var west = Coordinates.degrees(text(field, "d"));
            var east = Coordinates.degrees(text(field, "e")).or(() -> west);
            var north = Coordinates.degrees(text(field, "f"));
            var south = Coordinates.degrees(text(field, "g")).or(() -> north);
            if (west.isEmpty() || north.isEmpty()) return Optional.empty();
            double lon = middle(west.get(), east.get());
            double lat = middle(north.get(), south.get());
            return Math.abs(lat) <= 90 && Math.abs(lon) <= 180
                    ? Optional.of(new Place("", lat, lon))
                    : Optional.empty();
        }

        private static double middle(double one, double other) {
            return one == other ? one : (one + other) / 2;
        }

        private void type() {
            switch (record.getLeader().getTypeOfRecord()) {
                case 'a', 't' -> draftType(level() == 'c' ? "Collection" : "Text");
                case 'c', 'd' -> draftType("Text");
                case 'e', 'f', 'k' -> draftType("StillImage");
                case 'g' -> draftType("MovingImage");
                case 'i', 'j' -> draftType("Sound");
                case 'm' -> draftType("InteractiveResource");
                case 'o', 'p' -> draftType("Collection");
                case 'r' -> draftType("PhysicalObject");
                default -> {
                    // not said
                }
            }
        }

        private char level() {
            return record.getLeader().getImplDefined1()[0];
        }

        /** What the leader says counts only where 655 does not say it better. */
        private void draftType(String type) {
            if (of("655").stream().noneMatch(Reading::dcmi)) draft.type(type);
        }

        /** What applies until a day ends with it: $g, or what {@link Marc21} writes of an embargo. */
        private void access(DataField field) {
            if (field.getIndicator1() == '0') return;
            var statement = text(field, "abcdefu");
            boolean closed = field.getIndicator1() == '1';
            var until = Optional.ofNullable(field.getSubfield('g'))
                    .flatMap(subfield -> day(subfield.getData()))
                    .or(() -> {
                        var ours = CLOSED_UNTIL.matcher(statement);
                        return ours.matches() ? day(ours.group(1)) : Optional.empty();
                    });
            if (!CLOSED_UNTIL.matcher(statement).matches()) draft.rights(statement);
            if (closed)
                draft.access(
                        until.isPresent()
                                ? new Access.Embargoed(until.get(), List.of())
                                : new Access.Restricted(List.of()));
        }

        private static Optional<LocalDate> day(String text) {
            try {
                return text == null
                        ? Optional.empty()
                        : Optional.of(LocalDate.parse(text.strip().replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        private static boolean dcmi(DataField field) {
            var list = text(field, "2");
            return list.equals("dct") || list.equals(Marc21.OWN_TYPE);
        }

        private void say(DataField field) {
            var tag = field.getTag();
            var language = Local.language(field).orElse(LanguageTag.UNDETERMINED);
            var qualifier = Local.qualifier(field);
            switch (tag) {
                case "250" -> draft.term("bibliographicCitation", trimmed(text(field, "ab")), language, "");
                case "300" -> draft.term("extent", trimmed(text(field, "abcefg")), language, "");
                case "340" -> draft.term("medium", trimmed(text(field, "abcdefhijkmno")), language, "");
                case "347" -> draft.term("format", trimmed(text(field, "abcdef")), language, "");
                case "440", "490", "800", "810", "811", "830" ->
                    draft.term("isPartOf", trimmed(text(field, "abcdnptvx")), language, "series");
                case "505" -> draft.term("tableOfContents", text(field, "agrtu"), language, qualifier);
                case "506" -> access(field);
                case "520" -> {
                    if (field.getIndicator1() == '3') draft.term("abstract", text(field, "abcu"), language, qualifier);
                    else draft.description(language, text(field, "abcu"));
                }
                case "521" -> draft.term("audience", text(field, "ab"), language, qualifier);
                case "524" -> draft.term("bibliographicCitation", text(field, "a"), language, qualifier);
                case "530", "535" -> draft.term("hasFormat", text(field, "abcdu"), language, qualifier);
                case "533", "534" -> draft.term("source", text(field, "pabcdeflmntz"), language, qualifier);
                case "538" -> draft.term("requires", text(field, "aiu"), language, qualifier);
                case "540" -> rights(field);
                case "542" -> draft.term("rightsHolder", text(field, "d"), language, qualifier);
                case "546" -> languageNote(field, language);
                case "541", "561" -> draft.term("provenance", text(field, "abcdefhno"), language, qualifier);
                case "648" -> draft.term("temporal", subject(field, "a"), language, qualifier);
                case "650" -> topic(field, language);
                case "600", "610", "611", "630", "647", "654", "656", "657", "658", "662" ->
                    draft.term("subject", subject(field, "abcdefghklmnopqrst"), language, scheme(field));
                case "653" -> field.getSubfields('a').forEach(sub -> draft.term("subject", said(sub), language, ""));
                case "655" -> genre(field, language);
                case "050", "055" -> draft.term("subject", text(field, "ab"), language, "LCC");
                case "060" -> draft.term("subject", text(field, "ab"), language, "NLM");
                case "080" -> draft.term("subject", text(field, "ab"), language, "UDC");
                case "082", "083" -> draft.term("subject", text(field, "a"), language, "DDC");
                case "084" -> draft.term("subject", text(field, "a"), language, text(field, "2"));
                case "856" -> address(field);
                case "760",
                        "762",
                        "765",
                        "767",
                        "770",
                        "772",
                        "773",
                        "774",
                        "775",
                        "776",
                        "777",
                        "780",
                        "785",
                        "786",
                        "787" -> link(field, language, qualifier);
                default -> {
                    if (tag.matches("5\\d\\d")) note(field, language, qualifier);
                }
            }
        }

        private void note(DataField field, LanguageTag language, String qualifier) {
            var text = field.getSubfields().stream()
                    .filter(sub -> "25689".indexOf(sub.getCode()) < 0)
                    .map(Marc21Reader::said)
                    .collect(Collectors.joining(" "));
            Local.term(field)
                    .ifPresentOrElse(
                            name -> draft.term(name, text, language, qualifier),
                            () -> draft.description(language, text));
        }

        private void rights(DataField field) {
            var text = text(field, "abcdg");
            draft.rights(text);
            for (var sub : field.getSubfields('u'))
                if (!text.contains(said(sub))) draft.term("license", said(sub), LanguageTag.UNDETERMINED, "");
        }

        /** A note that only says the names of the languages again is no description. */
        private void languageNote(DataField field, LanguageTag language) {
            var text = text(field, "3a");
            boolean known = languages.stream()
                    .anyMatch(tag ->
                            text.equals(Language.nameVi(tag.value())) || text.equals(Language.nameEn(tag.value())));
            if (!known) draft.description(language, text);
        }

        private void topic(DataField field, LanguageTag language) {
            var heading = trimmed(text(field, "a"));
            var address = text(field, "0").replaceFirst("^.*/id/", "");
            var people = People.ofId(address).or(() -> People.named(heading.replaceFirst("\\.$", "")));
            people.ifPresent(known -> draft.people(known.id()));
            // what stands behind the name is more than the name
            var whole = subject(field, "abcdeg");
            if (people.isEmpty() || !whole.equals(heading)) draft.term("subject", whole, language, scheme(field));
        }

        private static String scheme(DataField field) {
            return switch (field.getIndicator2()) {
                case '0' -> "LCSH";
                case '1' -> "LCSHAC";
                case '2' -> "MESH";
                case '3' -> "NAL";
                case '5' -> "CSH";
                case '6' -> "RVM";
                default -> text(field, "2").equals("local") ? "" : text(field, "2");
            };
        }

        private void genre(DataField field, LanguageTag language) {
            if (dcmi(field)) draft.type(text(field, "a"));
            else draft.term("type", subject(field, "abc"), language, scheme(field));
        }

        private void address(DataField field) {
            boolean other = "12".indexOf(field.getIndicator2()) >= 0;
            for (var sub : field.getSubfields('u'))
                if (other) draft.term("relation", said(sub), LanguageTag.UNDETERMINED, "");
                else draft.identifier(said(sub));
        }

        private void link(DataField field, LanguageTag language, String qualifier) {
            var said = field.getSubfields('4').stream()
                    .map(Marc21Reader::said)
                    .filter(iri -> iri.startsWith(Terms.DCTERMS))
                    .map(iri -> iri.substring(Terms.DCTERMS.length()))
                    .filter(name -> Terms.LINKS.containsKey(name) || name.equals("isPartOf"))
                    .findFirst();
            var tag = field.getTag();
            var name = said.orElseGet(() -> switch (tag) {
                case "760", "773" -> "isPartOf";
                case "762" -> "hasPart";
                case "765" -> "isVersionOf";
                case "767" -> "hasVersion";
                default -> Terms.OF_LINK.get(tag);
            });
            draft.term(name, trimmed(text(field, "abcdghkmnorstuxyz")), language, qualifier);
        }

        private List<LanguageTag> languages() {
            var exact = new LinkedHashSet<LanguageTag>();
            var iso = new LinkedHashSet<LanguageTag>();
            var marc = new LinkedHashSet<LanguageTag>();
            for (var field : of("041"))
                for (var sub : field.getSubfields()) {
                    // $h and $k to $n are of the original and of other texts
                    if ("ade".indexOf(sub.getCode()) < 0) continue;
                    switch (text(field, "2").toLowerCase(Locale.ROOT)) {
                        case "rfc5646", "rfc4646", "rfc3066" -> tag(said(sub)).ifPresent(exact::add);
                        case "iso639-3" -> {
                            if (said(sub).matches("[a-z]{3}")
                                    && !List.of("und", "mul", "mis").contains(said(sub)))
                                iso.add(MarcTables.tag(said(sub)));
                        }
                        default ->
                            codes(said(sub))
                                    .forEach(code -> MarcTables.language(code).ifPresent(marc::add));
                    }
                }
            var general = control(record, "008");
            var all = new LinkedHashSet<>(exact);
            for (var tag : iso) if (all.stream().noneMatch(known -> sameLanguage(known, tag))) all.add(tag);
            var rest = new LinkedHashSet<LanguageTag>();
            if (general.length() >= 38)
                MarcTables.language(general.substring(35, 38)).ifPresent(rest::add);
            rest.addAll(marc);
            boolean finer = !all.isEmpty();
            for (var tag : rest)
                if (all.stream().noneMatch(known -> sameLanguage(known, tag)) && !(finer && covered(tag, all)))
                    all.add(tag);
            return List.copyOf(all);
        }

        /** Whether a code of MARC's says of a language less than ISO 639-3 does. */
        private static boolean covered(LanguageTag tag, Set<LanguageTag> finer) {
            return finer.stream().anyMatch(known -> MarcTables.code(known).equals(MarcTables.code(tag)));
        }

        private static boolean sameLanguage(LanguageTag one, LanguageTag other) {
            return Language.code(one.value()).equals(Language.code(other.value()));
        }

        private static Optional<LanguageTag> tag(String text) {
            try {
                return Optional.of(new LanguageTag(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Before 2001 several codes stood in one subfield. */
        private static List<String> codes(String text) {
            if (text.length() % 3 != 0) return List.of(text);
            var codes = new ArrayList<String>();
            for (int i = 0; i < text.length() && i < 60; i += 3) codes.add(text.substring(i, i + 3));
            return codes;
        }

        private List<DataField> of(String tag) {
            return fields.stream().filter(field -> field.getTag().equals(tag)).toList();
        }

        private Optional<DataField> original(DataField field) {
            var link = LINK.matcher(text(field, "6"));
            return link.matches()
                    ? Optional.ofNullable(originals.get(field.getTag() + "-" + link.group(2)))
                    : Optional.empty();
        }

        private static String text(DataField field, String codes) {
            return field.getSubfields().stream()
                    .filter(sub -> codes.indexOf(sub.getCode()) >= 0)
                    .map(Marc21Reader::said)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" "));
        }

        /** A heading with its subdivisions, as catalogues show it. */
        private static String subject(DataField field, String codes) {
            var parts = new ArrayList<String>();
            var heading = trimmed(text(field, codes));
            if (!heading.isEmpty()) parts.add(heading);
            for (var sub : field.getSubfields())
                if ("vxyz".indexOf(sub.getCode()) >= 0
                        && codes.indexOf(sub.getCode()) < 0
                        && !said(sub).isEmpty()) parts.add(trimmed(said(sub)));
            return String.join("--", parts);
        }

        /** Without the punctuation that ISBD puts before the next part. */
        private static String trimmed(String text) {
            return ENDING.matcher(text).replaceFirst("");
        }
    }

    private static String said(Subfield sub) {
        return sub.getData() == null ? "" : tidy(sub.getData());
    }
}
