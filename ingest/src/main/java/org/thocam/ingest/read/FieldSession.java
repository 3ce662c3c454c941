package org.thocam.ingest.read;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.thocam.ontology.Access;
import org.thocam.ontology.Consent;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Term;

/**
 * A session as SayMore and lameta keep it: a folder of recordings and transcripts with a {@code .session} file in it, people in a folder
 * {@code People} two folders up with their consent forms ({@code NAME_Consent.*}), and what holds for the whole project in a {@code .sprj} file there.
 *
 * @param note what whoever takes it in should know
 * @param forms of consent, by the name they get in the item
 */
record FieldSession(Item item, Map<String, Path> forms, String note) {
    private static final String END = ".session";
    private static final long LARGEST = 4 << 20;
    private static final int MOST_PEOPLE = 500;
    /** What archives of languages call what everybody may see: SayMore, ELAR, AILCA, REAP. */
    private static final Set<String> OPEN = Set.of("open", "free", "public", "o", "f", "free to all", "everyone");

    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 20);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, 1 << 20);
        return factory;
    }

    /** The file that makes a folder a session; empty where there is none, or more than one. */
    static Optional<Path> in(Path folder) throws IOException {
        try (var inside = Files.list(folder)) {
            var found = inside.filter(
                            path -> name(path).toLowerCase(Locale.ROOT).endsWith(END))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(2)
                    .toList();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        }
    }

    /**
     * @param files of the folder, all of them
     * @throws IllegalArgumentException if the description cannot be understood; the message goes on from its name
     */
    static FieldSession read(Path description, List<Path> files) throws IOException {
        var session = fields(description);
        var folder = description.getParent();
        var root = Optional.ofNullable(folder.getParent()).map(Path::getParent);
        var project = root.isPresent() ? project(root.get()) : Optional.<Path>empty();
        var about = project.isPresent() ? fields(project.get()) : Map.<String, List<String>>of();
        var notes = new ArrayList<String>();
        var people = people(session);
        var access = access(first(session, "access"), notes);
        var forms = new HashMap<String, Path>();
        var consents = consents(people, root, access, forms, notes);
        var title = first(session, "title");
        var id = ids(folder, session);
        var item = new Item(
                        id,
                        LanguageMap.of(LanguageTag.UNDETERMINED, title.isEmpty() ? name(folder) : title),
                        type(files),
                        languages(session, about),
                        description(session),
                        List.of(),
                        first(session, "date"),
                        List.of(),
                        place(session),
                        "",
                        access,
                        List.of(),
                        List.of(),
                        List.of(),
                        folder.toString(),
                        "")
                .withTerms(terms(session, people))
                .withConsents(consents);
        return new FieldSession(item, forms, String.join("; ", notes));
    }

    private static ItemId ids(Path folder, Map<String, List<String>> session) {
        var id = first(session, "id");
        return RecordIds.of("s", id.isEmpty() ? name(folder) : id, RecordIds.placeOf(folder));
    }

    /** Every element that holds nothing but text, by its name; those of contributions with what stands beside them. */
    private static Map<String, List<String>> fields(Path file) throws IOException {
        if (Files.size(file) > LARGEST)
            throw new IllegalArgumentException(name(file) + " is larger than " + LARGEST + " bytes");
        var fields = new HashMap<String, List<String>>();
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var xml = XML.createXMLStreamReader(in);
            try {
                fields(xml, fields);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNumber() + ")";
            throw new IllegalArgumentException(name(file) + " is no XML that we read" + at, e);
        }
        return fields;
    }

    private static void fields(XMLStreamReader xml, Map<String, List<String>> fields) throws XMLStreamException {
        var open = new ArrayDeque<StringBuilder>();
        var who = new HashMap<String, String>();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> open.push(new StringBuilder());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) open.peek().append(xml.getText());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    var name = xml.getLocalName();
                    var text = open.pop().toString().strip();
                    if (name.equals("contributor")) {
                        var person = who.getOrDefault("name", "");
                        if (!person.isEmpty()) add(fields, name, person + "\t" + who.getOrDefault("role", ""));
                        who.clear();
                    } else if (!text.isEmpty()) {
                        if (name.equals("name") || name.equals("role")) who.put(name, text);
                        else add(fields, name, text);
                    }
                }
                default -> {}
            }
        }
    }

    private static void add(Map<String, List<String>> fields, String name, String value) {
        fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    private static Optional<Path> project(Path root) throws IOException {
        try (var inside = Files.list(root)) {
            return inside.filter(path -> name(path).toLowerCase(Locale.ROOT).endsWith(".sprj"))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .findFirst();
        }
    }

    /** Names with their roles; a participant of whom no more is said speaks. */
    private static Map<String, Set<String>> people(Map<String, List<String>> session) {
        var people = new java.util.LinkedHashMap<String, Set<String>>();
        for (var contributor : session.getOrDefault("contributor", List.of())) {
            var parts = contributor.split("\t", -1);
            people.computeIfAbsent(parts[0], key -> new LinkedHashSet<>()).add(parts[1]);
        }
        for (var name : first(session, "participants").split(";"))
            if (!name.isBlank()) people.computeIfAbsent(name.strip(), key -> new LinkedHashSet<>(List.of("speaker")));
        if (people.size() > MOST_PEOPLE)
            throw new IllegalArgumentException("names " + people.size() + " people: want at most " + MOST_PEOPLE);
        return people;
    }

    private static Access access(String said, List<String> notes) {
        if (said.isBlank()) {
            notes.add("its session does not say who may see it: only the administrator does, until it is said");
            return new Access.Restricted(List.of());
        }
        if (OPEN.contains(said.toLowerCase(Locale.ROOT))) return Access.OPEN;
        notes.add("its session says that access is '" + Shown.of(said) + "': only the administrator sees it");
        return new Access.Restricted(List.of());
    }

    /** A form that is there says that somebody agreed; what they agreed to is what the session says. */
    private static List<Consent> consents(
            Map<String, Set<String>> people,
            Optional<Path> root,
            Access access,
            Map<String, Path> forms,
            List<String> notes)
            throws IOException {
        var consents = new ArrayList<Consent>();
        var without = new ArrayList<String>();
        for (var person : people.keySet()) {
            var form = root.isEmpty() ? Optional.<Path>empty() : form(root.get(), person);
            if (form.isEmpty()) {
                without.add(Shown.of(person));
                continue;
            }
            var name = "consent/" + name(form.get());
            forms.put(name, form.get());
            consents.add(new Consent(
                    person,
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    access,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    name,
                    ""));
        }
        if (!without.isEmpty()) notes.add("no consent form was found of " + String.join(", ", without));
        return consents;
    }

    private static Optional<Path> form(Path root, String person) throws IOException {
        var folder = root.resolve("People");
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> isOf(path.getParent(), person))
                    .filter(path -> name(path).matches("(?i).*[_ -]consent\\.[a-z0-9]+"))
                    .min(Comparator.comparing(Path::toString));
        }
    }

    private static boolean isOf(Path folder, String person) {
        return normal(name(folder)).equals(normal(person));
    }

    private static String normal(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String type(List<Path> files) {
        if (files.stream().anyMatch(path -> name(path).matches("(?i).*\\.(mp4|mov|avi|mkv|webm|mpg|mpeg|mts|wmv)")))
            return "MovingImage";
        if (files.stream()
                .anyMatch(path -> name(path).matches("(?i).*\\.(wav|mp3|ogg|oga|flac|m4a|aac|opus|wma|aif|aiff)")))
            return "Sound";
        return "Collection";
    }

    /** Of the session; else that of the project. Written {@code etr: Edolo} or {@code etr;tpi}. */
    private static List<LanguageTag> languages(Map<String, List<String>> session, Map<String, List<String>> project) {
        var said = first(session, "languages");
        if (said.isEmpty()) said = first(project, "VernacularISO3CodeAndName");
        if (said.isEmpty()) said = first(project, "vernacularIso3CodeAndName");
        var tags = new ArrayList<LanguageTag>();
        for (var one : said.split(";")) {
            var code = one.split(":")[0].strip();
            if (!code.matches("[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?")) continue;
            try {
                tags.add(new LanguageTag(code));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return tags;
    }

    private static LanguageMap description(Map<String, List<String>> session) {
        var said = Stream.of("synopsis", "situation", "description")
                .map(name -> first(session, name))
                .filter(text -> !text.isEmpty())
                .toList();
        return said.isEmpty() ? LanguageMap.EMPTY : LanguageMap.of(LanguageTag.UNDETERMINED, String.join("\n\n", said));
    }

    private static Optional<Place> place(Map<String, List<String>> session) {
        var said = Stream.of("location", "locationRegion", "locationCountry")
                .map(name -> first(session, name))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return said.isEmpty() ? Optional.empty() : Optional.of(new Place(String.join(", ", said), null, null));
    }

    private static List<Term> terms(Map<String, List<String>> session, Map<String, Set<String>> people) {
        var terms = new ArrayList<Term>();
        people.forEach((person, roles) -> {
            for (var role : roles) terms.add(new Term("contributor", person, LanguageTag.UNDETERMINED, role));
        });
        var genre = first(session, "genre");
        if (!genre.isEmpty()) terms.add(Term.of("type", genre));
        for (var keyword : first(session, "keyword").split("[,;]"))
            if (!keyword.isBlank()) terms.add(Term.of("subject", keyword.strip()));
        return terms;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
