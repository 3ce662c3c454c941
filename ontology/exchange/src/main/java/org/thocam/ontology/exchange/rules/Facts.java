package org.thocam.ontology.exchange.rules;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.thocam.ontology.Access;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.reference.DcmiTypes;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;

/** What the tables say of a record: the right-hand side of their rules. */
public final class Facts {
    private static final Pattern DOI =
            Pattern.compile("(?i)(?:doi:|https?://(?:dx\\.)?doi\\.org/)?(10\\.\\d{4,9}/\\S+)");
    private static final Pattern HANDLE = Pattern.compile("(?i)(?:hdl:|https?://hdl\\.handle\\.net/)(\\S+)");
    private static final Pattern ISBN = Pattern.compile(
            "(?i)(?:urn:isbn:|isbn[: ]?\\s*)((?:97[89][- ]?)?(?:\\d[- ]?){9}[\\dX])|(97[89]-?(?:\\d-?){9}\\d)");
    private static final Pattern ISSN = Pattern.compile("(?i)(?:urn:issn:|issn[: ]?\\s*)(\\d{4}-\\d{3}[\\dX])");
    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d\\d(-\\d\\d)?)?");
    private static final Pattern LANGUAGE_CODE = Pattern.compile("[a-z]{2,3}");
    private static final Pattern LOCAL_CODE = Pattern.compile("q[a-t][a-z]");
    private static final Pattern STATEMENT = Pattern.compile(
            "https?://((?:www\\.)?creativecommons\\.org|rightsstatements\\.org)/(\\S*[^\\s.,;:)\\]>\"'])");
    private static final Map<String, String> KINDS = Map.of("doi", "DOI", "hdl", "Handle", "uri", "URL");

    private static final Map<String, List<Value>> NAMES = new ConcurrentHashMap<>();

    private Facts() {}

    /** The title to show, then those of other languages. An item whose titles are blank is called by its id. */
    public static List<Value> titles(CatalogueRecord record) {
        var titles = new ArrayList<Value>();
        var shown = record.item().title().shown();
        record.item().title().texts().forEach((tag, text) -> {
            if (text.isBlank()) return;
            var value = new Value(text, tag, "");
            boolean first = text.equals(shown)
                    && (titles.isEmpty() || !titles.get(0).text().equals(shown));
            if (first) titles.add(0, value);
            else titles.add(value);
        });
        return titles.isEmpty() ? List.of(Value.of(record.id().value())) : titles;
    }

    public static List<Value> mainTitle(CatalogueRecord record) {
        return titles(record).subList(0, 1);
    }

    public static List<Value> furtherTitles(CatalogueRecord record) {
        var titles = titles(record);
        return titles.subList(1, titles.size());
    }

    /** Further titles in a language that the item is not in. */
    public static List<Value> translatedTitles(CatalogueRecord record) {
        return furtherTitles(record).stream()
                .filter(title -> isTranslated(record, title))
                .toList();
    }

    /** The other further titles: any of them may be the original one. */
    public static List<Value> parallelTitles(CatalogueRecord record) {
        return furtherTitles(record).stream()
                .filter(title -> !isTranslated(record, title))
                .toList();
    }

    private static boolean isTranslated(CatalogueRecord record, Value title) {
        return !record.languages().isEmpty()
                && !title.language().undetermined()
                && record.languages().stream()
                        .noneMatch(tag -> tag.language().equals(title.language().language()));
    }

    public static List<Value> creators(CatalogueRecord record) {
        return texts(record.item().creators());
    }

    public static List<Value> descriptions(CatalogueRecord record) {
        var descriptions = new ArrayList<Value>();
        record.item().description().texts().forEach((tag, text) -> descriptions.add(new Value(text, tag, "")));
        return descriptions;
    }

    public static List<Value> date(CatalogueRecord record) {
        return texts(List.of(record.item().date()));
    }

    public static List<Value> type(CatalogueRecord record) {
        return texts(List.of(record.item().type()));
    }

    /** ISO 639-3, each code once, with the tag it is from. */
    public static List<Value> languageCodes(CatalogueRecord record) {
        var codes = new ArrayList<Value>();
        for (var tag : record.languages()) {
            var code = Language.code(tag.value());
            if (codes.stream().noneMatch(other -> other.text().equals(code))) codes.add(new Value(code, tag, ""));
        }
        return codes;
    }

    /** The tags themselves. RFC 5646. */
    public static List<Value> languages(CatalogueRecord record) {
        return record.languages().stream()
                .map(tag -> new Value(tag.value(), tag, ""))
                .toList();
    }

    /** The ISO 639-3 code of the language of a text; empty where nobody knows it. */
    public static String languageCode(Value value) {
        return value.language().undetermined()
                ? ""
                : Language.code(value.language().value());
    }

    /** The ISO 15924 code of the script of a text, the usual one where its tag names none; empty where nobody knows it. */
    public static String script(Value value) {
        if (value.language().undetermined()) return "";
        var script = Language.script(value.language().value());
        return script.equals("Zyyy") ? "" : script;
    }

    /** The tags that say more than the language: its script, a region, a variety. RFC 5646. */
    public static List<Value> fullerLanguageTags(CatalogueRecord record) {
        return record.languages().stream()
                .filter(tag -> !tag.value().equals(tag.language()))
                .map(tag -> new Value(tag.value(), tag, ""))
                .toList();
    }

    /** The names of languages in English, each with its tag as language; {@code Undetermined} where nobody knows one. */
    public static List<Value> languageNames(CatalogueRecord record) {
        var known = record.languages();
        if (known.isEmpty()) return List.of(Value.of("Undetermined"));
        return languageCodes(record).stream()
                .map(code -> new Value(Language.nameEn(code.language().value()), code.language(), ""))
                .toList();
    }

    /** The code by which OLAC knows a language; a local code, or a tag that is no ISO 639 code, is none to others. */
    public static String olacLanguage(Value value) {
        var ours = Language.of(value.language().value());
        if (ours.isPresent()) return ours.get().olacCode();
        var code = Language.code(value.language().value());
        return LANGUAGE_CODE.matcher(code).matches()
                        && !LOCAL_CODE.matcher(code).matches()
                ? code
                : "und";
    }

    /**
     * The names of the peoples it is about: the Vietnamese, those that the people uses for itself, the English. An autonym that means more
     * than one people is left out, for a heading must mean one.
     */
    public static List<Value> peopleNames(CatalogueRecord record) {
        var names = new ArrayList<Value>();
        for (var id : record.item().people()) {
            var people = People.ofId(id);
            if (people.isEmpty()) names.add(Value.of(id));
            else names.addAll(names(people.get()));
        }
        return names;
    }

    /** What a people is called, worked out once. */
    public static List<Value> names(People people) {
        return NAMES.computeIfAbsent(people.id(), id -> List.copyOf(named(people)));
    }

    private static List<Value> named(People people) {
        var names = new ArrayList<Value>();
        names.add(new Value(people.nameVi(), new LanguageTag("vi"), ""));
        // whose word an autonym is we know only of a people with one language
        var own = people.languages().size() == 1
                ? new LanguageTag(people.languages().get(0))
                : LanguageTag.UNDETERMINED;
        for (var name : people.autonyms())
            if (!name.equals(people.nameVi())
                    && People.named(name).filter(people::equals).isPresent()) names.add(new Value(name, own, ""));
        if (!people.nameEn().isBlank() && !people.nameEn().equals(people.nameVi()))
            names.add(new Value(people.nameEn(), new LanguageTag("en"), ""));
        return names;
    }

    public static List<Value> about(CatalogueRecord record) {
        var base = record.links().base() + "/";
        return record.item().about().stream()
                .map(subject -> Value.of(subject.iri(base)))
                .toList();
    }

    public static List<Value> subjects(CatalogueRecord record) {
        return all(Facts::peopleNames, terms("subject"), Facts::about).apply(record);
    }

    public static List<Value> mediaTypes(CatalogueRecord record) {
        return texts(record.mediaTypes());
    }

    public static List<Value> page(CatalogueRecord record) {
        return List.of(Value.of(record.page(), "uri"));
    }

    /** What it is called elsewhere, as its depositor wrote it. */
    public static List<Value> identifierTexts(CatalogueRecord record) {
        return texts(record.item().identifiers());
    }

    /** What it is called elsewhere, each with its kind: {@code doi}, {@code hdl}, {@code isbn}, {@code issn}, {@code uri} or none. */
    public static List<Value> identifiers(CatalogueRecord record) {
        return record.item().identifiers().stream()
                .map(text -> Value.of(text, identifierKind(text)))
                .toList();
    }

    public static String identifierKind(String text) {
        if (DOI.matcher(text.strip()).matches()) return "doi";
        if (HANDLE.matcher(text.strip()).matches()) return "hdl";
        if (ISBN.matcher(text.strip()).matches()) return "isbn";
        if (ISSN.matcher(text.strip()).matches()) return "issn";
        return isAddress(text.strip()) ? "uri" : "";
    }

    /** The DOI itself, without {@code doi:} or the address of a resolver; the text where it is none. */
    public static String doi(String text) {
        var matcher = DOI.matcher(text.strip());
        return matcher.matches() ? matcher.group(1) : text.strip();
    }

    /** How DataCite calls a kind of identifier. */
    public static String dataciteKind(Value value) {
        return KINDS.getOrDefault(
                value.qualifier(),
                value.qualifier().isEmpty() ? "local" : value.qualifier().toUpperCase(Locale.ROOT));
    }

    public static List<Value> place(CatalogueRecord record) {
        return record.item().place().map(place -> texts(List.of(place.name()))).orElse(List.of());
    }

    /** The point with the name of the place, where both or the point alone are known. */
    public static List<Value> point(CatalogueRecord record) {
        return record.item()
                .place()
                .filter(place -> place.located())
                .map(place -> List.of(Value.of(dcsv(place.name(), place.lon(), place.lat()))))
                .orElse(List.of());
    }

    /** DCMI Point Encoding Scheme, in the DCSV syntax. */
    private static String dcsv(String name, double east, double north) {
        var escaped = name.replace("\\", "\\\\").replace(";", "\\;").replace("=", "\\=");
        return (name.isBlank() ? "" : "name=" + escaped.strip() + "; ") + "east=" + degrees(east) + "; north="
                + degrees(north);
    }

    public static List<Value> latitude(CatalogueRecord record) {
        return located(record, true);
    }

    public static List<Value> longitude(CatalogueRecord record) {
        return located(record, false);
    }

    /** Latitude and longitude with a comma between, decimal degrees. */
    public static List<Value> coordinates(CatalogueRecord record) {
        return latitude(record).stream()
                .map(lat ->
                        Value.of(lat.text() + ", " + longitude(record).get(0).text()))
                .toList();
    }

    private static List<Value> located(CatalogueRecord record, boolean latitude) {
        return record.item()
                .place()
                .filter(place -> place.located())
                .map(place -> List.of(Value.of(degrees(latitude ? place.lat() : place.lon()))))
                .orElse(List.of());
    }

    private static String degrees(double degrees) {
        return new BigDecimal(Double.toString(degrees + 0.0))
                .stripTrailingZeros()
                .toPlainString();
    }

    public static List<Value> rights(CatalogueRecord record) {
        return List.of(Value.of(record.rights()));
    }

    /** The first day on which everybody may see it, where that was decided. */
    public static List<Value> embargoEnd(CatalogueRecord record) {
        return record.item().access() instanceof Access.Embargoed embargoed
                ? List.of(Value.of(embargoed.until().toString()))
                : List.of();
    }

    /** A licence of Creative Commons or a statement of rightsstatements.org, in the {@code http} form that names it; else empty. */
    public static List<Value> rightsStatement(CatalogueRecord record) {
        var texts = new ArrayList<>(
                record.terms("license").stream().map(term -> term.value()).toList());
        texts.add(record.item().rights());
        for (var text : texts) {
            var matcher = STATEMENT.matcher(text);
            if (!matcher.find()) continue;
            var address = "http://" + matcher.group(1).replace("www.", "") + "/" + matcher.group(2);
            if (isAddress(address)) return List.of(Value.of(address));
        }
        return List.of();
    }

    /** The entries of a dictionary, as LIFT. */
    public static List<Value> lift(CatalogueRecord record) {
        return record.lexicon() ? List.of(Value.of(record.links().lift(record.id()))) : List.of();
    }

    /** The terms of these names, in the order of the names. */
    public static Function<CatalogueRecord, List<Value>> terms(String... names) {
        return record -> {
            if (record.item().terms().isEmpty()) return List.of();
            var values = new ArrayList<Value>();
            for (var name : names)
                for (var term : record.item().terms()) if (term.name().equals(name)) values.add(Value.of(term));
            return values;
        };
    }

    private record Said(String text, LanguageTag language) {}

    /** All of these, each text of a language once. */
    @SafeVarargs
    public static Function<CatalogueRecord, List<Value>> all(Function<CatalogueRecord, List<Value>>... parts) {
        return record -> {
            var values = new ArrayList<Value>();
            var said = new HashSet<Said>();
            for (var part : parts)
                for (var value : part.apply(record))
                    if (said.add(new Said(value.text(), value.language()))) values.add(value);
            return values;
        };
    }

    public static Function<CatalogueRecord, List<Value>> where(
            Predicate<Value> condition, Function<CatalogueRecord, List<Value>> values) {
        return record -> values.apply(record).stream().filter(condition).toList();
    }

    /** The first, where a format wants one at most. */
    public static Function<CatalogueRecord, List<Value>> first(Function<CatalogueRecord, List<Value>> values) {
        return record -> values.apply(record).stream()
                .filter(value -> !value.text().isBlank())
                .limit(1)
                .toList();
    }

    /** These, or if there are none the {@code others}. */
    public static Function<CatalogueRecord, List<Value>> orElse(
            Function<CatalogueRecord, List<Value>> values, Function<CatalogueRecord, List<Value>> others) {
        return record -> {
            var found = values.apply(record).stream()
                    .filter(value -> !value.text().isBlank())
                    .toList();
            return found.isEmpty() ? others.apply(record) : found;
        };
    }

    public static Function<CatalogueRecord, List<Value>> constant(String text) {
        var value = List.of(Value.of(text));
        return record -> value;
    }

    /** Texts as values, blank ones left out. */
    public static List<Value> texts(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).map(Value::of).toList();
    }

    /** A date that XML Schema knows: a year, a month, a day, or a moment in full; W3CDTF allows moments without seconds too. */
    public static boolean isDate(Value value) {
        var text = value.text().strip();
        try {
            if (text.length() > 10) return OffsetDateTime.parse(text).getYear() > 0 && text.length() >= 20;
            if (!DATE.matcher(text).matches() || text.startsWith("0000")) return false;
            return LocalDate.parse(text + "0000-01-01".substring(text.length())).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    public static boolean isDcmiType(Value value) {
        return DcmiTypes.ALL.contains(value.text().strip());
    }

    public static boolean isAddress(Value value) {
        return isAddress(value.text().strip());
    }

    /** An address of the web that is one by the letter too. RFC 3986. */
    public static boolean isAddress(String text) {
        if (!CatalogueRecord.isWebAddress(text)) return false;
        try {
            return new URI(text).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
