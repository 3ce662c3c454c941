package org.thocam.dictionary.lift;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes LIFT 0.13 of 0.10, 0.11 and 0.12 by declared steps; what no step names keeps its bytes. The steps follow what changed between the
 * versions, as sillsdev/lift-standard states it. Other versions are refused: nobody has written down what changed since them.
 */
public final class LiftMigration {
    /** One declared change, in the order in which they are made. */
    public enum Step {
        PICTURE_IS_ILLUSTRATION("0.10", "<picture> is called <illustration>"),
        RELATION_NAME_IS_TYPE("0.10", "a relation's name is called type"),
        TRAIT_OF_FORM_IS_ANNOTATION("0.10", "a <trait> of a form is called <annotation>"),
        ETYMOLOGY_IS_OF_ENTRY("0.11", "a sense's <etymology> stands at the end of its entry"),
        LITERAL_MEANING_IS_OF_ENTRY("0.12", "a sense's field LiteralMeaning stands at the end of its entry"),
        FIELD_TYPES("0.12", "fields: literal_meaning is called literal-meaning, CVPattern cv-pattern, and so on"),
        TRAIT_NAMES(
                "0.12", "traits: SemanticDomainDdp4 is called semantic-domain-ddp4, MorphType morph-type, and so on"),
        HEADER_NAMES("0.12", "ranges and fields in the header are called as those of the entries"),
        VERSION("0.10", "version=\"0.13\"");

        private final String since;
        private final String meaning;

        Step(String since, String meaning) {
            this.since = since;
            this.meaning = meaning;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String meaning() {
            return meaning;
        }

        /** Files of this version are the last that need it. */
        public String since() {
            return since;
        }

        boolean isFor(String version) {
            return this == VERSION || since.compareTo(version) >= 0;
        }
    }

    private static final Set<String> READ = Set.of("0.10", "0.11", "0.12", "0.13");
    private static final Map<String, String> FIELDS = Map.of(
            "literal_meaning", "literal-meaning",
            "summary_definition", "summary-definition",
            "Comment", "comment",
            "CVPattern", "cv-pattern",
            "cvPattern", "cv-pattern",
            "Tone", "tone",
            "ImportResidue", "import-residue",
            "scientific_name", "scientific-name");
    private static final Map<String, String> TRAITS = Map.ofEntries(
            Map.entry("SemanticDomainDdp4", "semantic-domain-ddp4"),
            Map.entry("semantic_domain", "semantic-domain-ddp4"),
            Map.entry("EntryType", "entry-type"),
            Map.entry("MorphType", "morph-type"),
            Map.entry("MinorEntryCondition", "minor-entry-condition"),
            Map.entry("ExcludeAsHeadword", "exclude-as-headword"),
            Map.entry("DoNotUseForParsing", "do-not-use-for-parsing"),
            Map.entry("Location", "location"),
            Map.entry("Environment", "environment"),
            Map.entry("DomainType", "domain-type"),
            Map.entry("SenseType", "sense-type"),
            Map.entry("UsageType", "usage-type"),
            Map.entry("Status", "status"),
            Map.entry("FromPartOfSpeech", "from-part-of-speech"),
            Map.entry("Type", "type"));

    private final RandomAccessFile in;
    private final OutputStream out;
    private final Map<Step, Long> done = new EnumMap<>(Step.class);
    private List<Step> steps = List.of();
    private long copied;

    private LiftMigration(RandomAccessFile in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** What someone with a file of another version can do. */
    static String advice(String version) {
        return READ.contains(version)
                ? "it can be made 0.13 by declared steps (LiftMigration)"
                : "there are declared steps from 0.10, 0.11 and 0.12 alone; open it in a program that reads it, such as FLEx or WeSay,"
                        + " and export it as LIFT 0.13";
    }

    /**
     * Writes a file of an older version as LIFT 0.13.
     *
     * @param in UTF-8
     * @param out does not exist yet, or is overwritten; it is not there afterwards if nothing was migrated
     * @return what was done, a line for each step that changed something; nothing if the file is LIFT 0.13 already
     * @throws LiftException if it is not well-formed or of a version that no steps lead from
     */
    public static Optional<List<String>> migrated(Path in, Path out) throws IOException, LiftException {
        boolean migrated = false;
        try (var bytes = new RandomAccessFile(in.toFile(), "r");
                var stream = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
            var migration = new LiftMigration(bytes, stream);
            var lines = migration.run(in);
            migrated = !lines.isEmpty();
            return migrated ? Optional.of(lines) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Broken e) {
            throw e.fault;
        } finally {
            if (!migrated) Files.deleteIfExists(out);
        }
    }

    /** Carries a fault out of a reading. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final LiftException fault;

        Broken(LiftException fault) {
            super(fault);
            this.fault = fault;
        }
    }

    private List<String> run(Path file) throws IOException, LiftException {
        var seen = new int[1];
        LiftFile.Frame whole;
        try (var stream = Files.newInputStream(file)) {
            whole = LiftFile.read(
                    stream,
                    new LiftFile.Reading() {
                        @Override
                        public void beginning(LiftFile.Frame frame) {
                            steps = frame.version().equals("0.13")
                                    ? List.of()
                                    : Stream.of(Step.values())
                                            .filter(step -> step.isFor(frame.version()))
                                            .toList();
                            seen[0] = frame.root().children().size();
                        }

                        @Override
                        public void entry(LiftFile.Placed placed) {
                            if (!steps.isEmpty()) migrate(placed);
                        }
                    },
                    READ);
        }
        if (steps.isEmpty()) return List.of();
        for (var late :
                whole.root().children().subList(seen[0], whole.root().children().size()))
            throw new LiftException(
                    new Lines(whole.text().source(), 1).of(late.start),
                    LiftProblem.Code.SCHEMA,
                    "want <" + late.name + "> before the entries");
        if (whole.entries() == 0) out.write(head(bytes(in.length()), "").getBytes(StandardCharsets.UTF_8));
        else copy(in.length());
        return done.entrySet().stream()
                .map(step -> step.getKey().word() + " (" + step.getValue() + "): "
                        + step.getKey().meaning())
                .toList();
    }

    private void migrate(LiftFile.Placed placed) {
        try {
            if (copied == 0) out.write(head(bytes(placed.offset()), "</lift>").getBytes(StandardCharsets.UTF_8));
            else copy(placed.offset());
            var text = placed.entry().xml();
            for (var step : steps) {
                var xml = XmlText.of(text, placed.line());
                var splices = new Splices();
                entry(step, xml, splices);
                if (!splices.isEmpty()) text = splices.applied(text, 0, text.length());
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
            copied = placed.offset() + placed.length();
            in.seek(copied);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LiftException e) {
            throw new Broken(e);
        }
    }

    private void copy(long end) throws IOException {
        while (copied < end) out.write(bytes(end).getBytes(StandardCharsets.UTF_8));
    }

    /** What comes next, as it is: the reading has seen that it is UTF-8. */
    private String bytes(long end) throws IOException {
        if (end - copied > LiftFile.LARGEST_FRAME) throw new EOFException("more than " + LiftFile.LARGEST_FRAME);
        in.seek(copied);
        var bytes = new byte[(int) (end - copied)];
        in.readFully(bytes);
        copied = end;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String head(String text, String closing) throws LiftException {
        var xml = XmlText.document(text + closing, text.startsWith("\uFEFF") ? 1 : 0);
        var splices = new Splices();
        var root = xml.root();
        root.attribute("version").ifPresent(version -> set(Step.VERSION, version, "0.13", splices));
        if (steps.contains(Step.HEADER_NAMES))
            root.child("header").ifPresent(header -> {
                header.child("ranges").ifPresent(ranges -> ranges.children("range")
                        .forEach(range -> name(Step.HEADER_NAMES, range, "id", LiftMigration::range, splices)));
                header.child("fields").ifPresent(fields -> fields.children("field")
                        .forEach(field -> name(Step.HEADER_NAMES, field, "tag", LiftMigration::field, splices)));
            });
        return splices.applied(text, 0, text.length());
    }

    private void entry(Step step, XmlText xml, Splices splices) {
        switch (step) {
            case PICTURE_IS_ILLUSTRATION ->
                each(xml.root(), element -> {
                    if (element.name.equals("picture")) rename(step, element, "illustration", splices);
                });
            case RELATION_NAME_IS_TYPE ->
                each(xml.root(), element -> {
                    var name = element.attribute("name");
                    if (!element.name.equals("relation")
                            || name.isEmpty()
                            || element.attribute("type").isPresent()) return;
                    int start = name.get().start();
                    while (Character.isWhitespace(xml.source().charAt(start))) start++;
                    splices.replace(start, start + "name".length(), "type");
                    count(step);
                });
            case TRAIT_OF_FORM_IS_ANNOTATION ->
                each(xml.root(), element -> {
                    if (element.name.equals("form"))
                        element.children("trait").forEach(trait -> rename(step, trait, "annotation", splices));
                });
            case ETYMOLOGY_IS_OF_ENTRY ->
                each(xml.root(), element -> {
                    if (element.name.equals("sense") || element.name.equals("subsense"))
                        element.children("etymology").forEach(etymology -> move(step, xml, etymology, "", splices));
                });
            case LITERAL_MEANING_IS_OF_ENTRY ->
                xml.root().children("sense").forEach(sense -> sense.children("field")
                        .forEach(field -> {
                            if (field.value("type").equals("LiteralMeaning"))
                                move(step, xml, field, "literal-meaning", splices);
                        }));
            case FIELD_TYPES ->
                each(xml.root(), element -> {
                    if (element.name.equals("field")) name(step, element, "type", LiftMigration::field, splices);
                });
            case TRAIT_NAMES ->
                each(xml.root(), element -> {
                    if (element.name.equals("trait")) name(step, element, "name", LiftMigration::trait, splices);
                });
            case HEADER_NAMES, VERSION -> {
                // not in entries
            }
        }
    }

    private static void each(XmlElement element, Consumer<XmlElement> told) {
        told.accept(element);
        element.children().forEach(child -> each(child, told));
    }

    private void rename(Step step, XmlElement element, String name, Splices splices) {
        splices.replace(element.start + 1, element.nameEnd, name);
        if (!element.selfClosing()) {
            int at = element.closeStart + 2;
            splices.replace(at, at + element.name.length(), name);
        }
        count(step);
    }

    /** To the end of the entry, with the white space before it. */
    private void move(Step step, XmlText xml, XmlElement element, String type, Splices splices) {
        var source = xml.source();
        int from = element.start;
        while (Character.isWhitespace(source.charAt(from - 1))) from--;
        var own = new Splices();
        if (!type.isEmpty())
            element.attribute("type").ifPresent(found -> own.replace(found.valueStart(), found.valueEnd(), type));
        splices.replace(from, element.end, "");
        var children = xml.root().children();
        splices.insert(children.get(children.size() - 1).end, own.applied(source, from, element.end));
        count(step);
    }

    private void name(
            Step step, XmlElement element, String attribute, Function<String, String> names, Splices splices) {
        element.attribute(attribute).ifPresent(found -> {
            var now = names.apply(found.value());
            if (!now.equals(found.value())) set(step, found, now, splices);
        });
    }

    private void set(Step step, XmlElement.Attribute attribute, String value, Splices splices) {
        splices.replace(
                attribute.valueStart(),
                attribute.valueEnd(),
                XmlText.escapedValue(value, '"').replace("'", "&apos;"));
        count(step);
    }

    private void count(Step step) {
        done.merge(step, 1L, Long::sum);
    }

    private static String field(String type) {
        return FIELDS.getOrDefault(type, type);
    }

    private static String trait(String name) {
        return name.startsWith("flag_skip_") ? "flag-skip-" + name.substring("flag_skip_".length()) : range(name);
    }

    /** How 0.13 calls a range of 0.12, in the header and in {@code .lift-ranges} files. */
    public static String range(String id) {
        for (var ending :
                Map.of("-Slots", "-slot", "-InflectionClass", "-infl-class").entrySet())
            if (id.endsWith(ending.getKey()))
                return id.substring(0, id.length() - ending.getKey().length()) + ending.getValue();
        return TRAITS.getOrDefault(id, id);
    }
}
