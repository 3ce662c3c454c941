package org.thocam.dictionary.lift;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.thocam.ontology.Shown;

/**
 * Says what is wrong with a LIFT file while it is read: what its schema forbids, and what no schema can say. It keeps of an entry no
 * more than its names and the references that it makes. Use {@link #check}, or give it to {@link LiftFile#read} and call {@link #end}.
 */
public final class LiftValidator implements LiftFile.Reading {
    private static final int MOST_TAGS = 10_000;

    private record Ref(String ref, long line, String entry) {}

    private final Consumer<LiftProblem> problems;
    private LiftRanges beside = LiftRanges.NONE;
    private Optional<Predicate<String>> files = Optional.empty();

    private LiftRanges ranges = LiftRanges.NONE;
    private final Names entryIds = new Names();
    private final Names deletedIds = new Names();
    private final Names guids = new Names();
    private final Names senseIds = new Names();
    private final Names headwords = new Names();
    private final List<Ref> refs = new ArrayList<>();
    private final Set<String> tags = new HashSet<>();
    private int before;
    private boolean textBefore;
    private Lines lines = new Lines("", 1);
    private String entry = "";

    /** @param problems told each as it is found, those of references at the end */
    public LiftValidator(Consumer<LiftProblem> problems) {
        this.problems = problems;
    }

    /** Values are also compared with those of {@code .lift-ranges} files. */
    public LiftValidator with(LiftRanges others) {
        beside = beside.and(others);
        return this;
    }

    /** @param there whether a file of this name is there, from the LIFT file's folder: {@code audio/a.wav} */
    public LiftValidator with(Predicate<String> there) {
        files = Optional.of(there);
        return this;
    }

    /** Reads a whole file; one that cannot be read is a problem too, the last one then. Nothing if it could not be read. */
    public Optional<LiftFile.Frame> check(InputStream in) throws IOException {
        try {
            var frame = LiftFile.read(in, this);
            end(frame);
            return Optional.of(frame);
        } catch (LiftException e) {
            problems.accept(e.problem());
            return Optional.empty();
        }
    }

    @Override
    public void beginning(LiftFile.Frame frame) {
        lines = new Lines(frame.text().source(), 1);
        Schema.check(frame.root(), Shape.LIFT, this::first);
        before = frame.root().children().size();
        textBefore = Schema.hasText(frame.root());
        frame.root().child("header").ifPresent(header -> {
            languages(header);
            forms(header);
            header.child("ranges").ifPresent(inline -> {
                LiftRanges.check(inline, this::fault);
                inline.children("range").forEach(this::file);
            });
        });
        ranges = LiftRanges.inline(frame).and(beside);
    }

    private final Set<String> hrefs = new HashSet<>();

    /** FLEx names one file in 22 ranges: said once. */
    private void first(LiftProblem.Code code, XmlElement at, String message) {
        if (code == LiftProblem.Code.URI_NOT_RFC && at.name.equals("range") && !hrefs.add(at.value("href"))) return;
        fault(code, at, message);
    }

    private final Set<String> missing = new HashSet<>();

    private void file(XmlElement range) {
        var href = range.value("href");
        if (href.isEmpty() || files.isEmpty() || !beside.ranges().isEmpty()) return;
        // an absolute one tells of the machine that wrote it, as FLEx does, and not of what is beside the file
        if (href.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) return;
        if (there(last(href)) || !missing.add(href)) return;
        fault(
                LiftProblem.Code.MISSING_RANGES,
                range,
                "'" + Shown.of(last(href)) + "' is not beside the file; its values are not checked");
    }

    private boolean there(String name) {
        return files.orElseThrow().test(name);
    }

    static String last(String href) {
        return decoded(href.substring(Math.max(href.lastIndexOf('/'), href.lastIndexOf('\\')) + 1));
    }

    private static String decoded(String href) {
        try {
            return URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return href;
        }
    }

    @Override
    public void entry(LiftFile.Placed placed) {
        var root = placed.entry().text().root();
        lines = new Lines(placed.entry().xml(), placed.line());
        var id = root.value("id");
        var guid = root.value("guid");
        entry = id.isEmpty() ? guid : id;
        Schema.check(root, Shape.ENTRY, this::fault);
        // WeSay calls every entry that was deleted before it had a form NoForm
        if (root.attribute("dateDeleted").isPresent()) deletedIds.add(Names.key(id), placed.line());
        else unique(entryIds, id, LiftProblem.Code.DUPLICATE_ID, root, "entry id");
        unique(guids, guid.toLowerCase(Locale.ROOT), LiftProblem.Code.DUPLICATE_GUID, root, "guid");
        for (var name : List.of("lexical-unit", "citation"))
            root.child(name).ifPresent(words -> words.children("form").forEach(form -> form.child("text")
                    .ifPresent(text -> headwords.add(Names.key(text.text().strip()), 1))));
        walk(root, Shape.ENTRY);
        languages(root);
        forms(root);
        entry = "";
    }

    private void unique(Names names, String name, LiftProblem.Code code, XmlElement at, String what) {
        if (name.isEmpty()) return;
        long line = lines.of(at.start);
        int first = names.add(Names.key(name), line);
        if (first > 0) fault(code, at, what + " '" + Shown.of(name) + "' is that of line " + first + " too");
    }

    /** Tells what only the whole file shows. */
    public void end(LiftFile.Frame frame) {
        entry = "";
        lines = new Lines(frame.text().source(), 1);
        var children = frame.root().children();
        for (var child : children.subList(before, children.size()))
            fault(
                    LiftProblem.Code.SCHEMA,
                    child,
                    child.name.equals("header")
                            ? "want one header, before the entries"
                            : "element '" + Shown.of(child.name) + "' in <lift> is not known");
        if (!textBefore && Schema.hasText(frame.root()))
            fault(LiftProblem.Code.SCHEMA, frame.root(), "want no text directly in <lift>");
        for (var ref : refs) {
            long key = Names.key(ref.ref());
            if (entryIds.has(key) || senseIds.has(key) || deletedIds.has(key)) continue;
            if (guids.has(Names.key(ref.ref().toLowerCase(Locale.ROOT)))) continue;
            boolean word = headwords.has(Names.key(ref.ref().strip()));
            problems.accept(new LiftProblem(
                    word ? LiftProblem.Code.REF_BY_HEADWORD : LiftProblem.Code.DANGLING_REF,
                    ref.line(),
                    ref.entry(),
                    "ref '" + Shown.of(ref.ref())
                            + (word
                                    ? "' is a headword; want the id of its entry or sense"
                                    : "' names no entry and no sense")));
        }
        refs.clear();
    }

    private void walk(XmlElement element, Shape shape) {
        switch (shape) {
            case SENSE -> unique(senseIds, element.value("id"), LiftProblem.Code.DUPLICATE_ID, element, "sense id");
            case RELATION, VARIANT -> {
                // FLEx writes an empty one for a complex form whose parts nobody named
                var ref = element.value("ref");
                if (!ref.isEmpty())
                    refs.add(new Ref(ref.substring(0, Math.min(ref.length(), 2_000)), lines.of(element.start), entry));
            }
            case MEDIA -> media(element);
            default -> {
                // has no name and refers to none
            }
        }
        values(element, shape);
        types(element);
        for (var child : element.children()) {
            var member = shape.memberOf(child.name);
            if (member.isEmpty() || member.get() instanceof Shape.Written) continue;
            walk(child, Schema.shapeOf(member.get()));
        }
    }

    /** The range that an element's value is from: by name for traits, else LIFT's own, in this version's spelling or an older one. */
    private void values(XmlElement element, Shape shape) {
        switch (shape) {
            case TRAIT -> value(element, element.value("value"), element.value("name"));
            case GRAMMATICAL_INFO -> value(element, element.value("value"), "grammatical-info");
            case ETYMOLOGY -> value(element, element.value("type"), "etymology");
            case NOTE -> value(element, element.value("type"), "note-type");
            case REVERSAL -> value(element, element.value("type"), "reversal-type");
            case TRANSLATION -> value(element, element.value("type"), "translation-type", "translation-types");
            case RELATION -> {
                // FLEx's own, such as _component-lexeme, are in no list
                if (!element.value("type").startsWith("_"))
                    value(element, element.value("type"), "lexical-relation", "lexical-relations");
            }
            default -> {
                // has a value of its own or none
            }
        }
    }

    private void value(XmlElement element, String value, String... names) {
        if (value.isEmpty()) return;
        for (var name : names) {
            var range = ranges.range(name).filter(found -> !found.elements().isEmpty());
            if (range.isEmpty()) continue;
            if (!range.get().knows(value))
                fault(
                        LiftProblem.Code.UNDEFINED_RANGE_VALUE,
                        element,
                        "'" + Shown.of(value) + "' is not in range '" + Shown.of(name) + "'");
            return;
        }
    }

    /** One note, field or translation of a type (the Schematron rules of lift-0.13.rng). */
    private void types(XmlElement element) {
        var types = new HashSet<String>();
        for (var child : element.children()) {
            boolean typed = child.name.equals("note") || child.name.equals("field") || child.name.equals("translation");
            if (!typed || child.attribute("type").isEmpty()) continue;
            if (!types.add(child.name + " " + child.value("type")))
                fault(
                        LiftProblem.Code.DUPLICATE_TYPE,
                        child,
                        "<" + element.name + "> has a " + child.name + " of type '" + Shown.of(child.value("type"))
                                + "' already");
        }
    }

    private void forms(XmlElement element) {
        var langs = new HashSet<String>();
        for (var child : element.children()) {
            if (child.name.equals("form") && child.attribute("lang").isPresent() && !langs.add(child.value("lang")))
                fault(
                        LiftProblem.Code.DUPLICATE_FORM_LANG,
                        child,
                        "<" + element.name + "> has a form in '" + Shown.of(child.value("lang")) + "' already");
            forms(child);
        }
    }

    /** Each wrong tag is said once: a file has it in all of its forms. */
    private void languages(XmlElement element) {
        var named = element.name.equals("form") || element.name.equals("gloss") || element.name.equals("span");
        var lang = named ? element.attribute("lang") : Optional.<XmlElement.Attribute>empty();
        if (lang.isPresent()
                && tags.size() < MOST_TAGS
                && tags.add(lang.get().value())
                && !wellFormed(lang.get().value()))
            fault(
                    LiftProblem.Code.UNKNOWN_LANGUAGE_TAG,
                    element,
                    "lang '" + Shown.of(lang.get().value()) + "': want a BCP 47 tag, such as vi or blt-Tavt");
        element.children().forEach(this::languages);
    }

    private static boolean wellFormed(String tag) {
        if (tag.isEmpty()) return false;
        try {
            new Locale.Builder().setLanguageTag(tag);
            return true;
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    private void media(XmlElement element) {
        var href = element.value("href");
        if (files.isEmpty() || element.attribute("href").isEmpty() || href.matches("(?i)https?://.*")) return;
        if (names(href, element.name).stream().noneMatch(this::there))
            fault(LiftProblem.Code.MISSING_MEDIA, element, "'" + Shown.of(href) + "' is not there");
    }

    /** Where a medium may be: as written, or in the folder that FLEx and WeSay keep its kind in. */
    static List<String> names(String href, String element) {
        var path = href.replaceFirst("(?i)^file:/*", "").replace('\\', '/');
        var folder = element.equals("illustration") ? "pictures/" : "audio/";
        var names = new ArrayList<String>();
        for (var name : List.of(path, decoded(path))) {
            names.add(name);
            names.add(folder + name);
            names.add(folder + last(name));
        }
        return names;
    }

    private void fault(LiftProblem.Code code, XmlElement at, String message) {
        problems.accept(new LiftProblem(code, lines.of(at.start), entry, message));
    }
}
