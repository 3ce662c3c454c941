package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.thocam.ontology.Shown;

/**
 * ELAN's EAF from 2.3 to 3.0, and its templates, which have no annotations. What tiers are comes after them, and a child may come before its parent:
 * a file is read once, and what it refers to is found at the end. An element or attribute that no schema has is told and seen through; where its
 * attributes tell what it is meant to be, it counts as that.
 */
final class EafReader {
    private static final String ROOT = "ANNOTATION_DOCUMENT";

    /** Of types, languages, vocabularies and media; more than any file has. */
    private static final int MOST_DECLARED = 10_000;

    /** Elements that say nothing of tiers or annotations, or whose children alone do. */
    private static final Set<String> PASSED = Set.of(
            "LICENSE",
            "LINKED_FILE_DESCRIPTOR",
            "PROPERTY",
            "TIME_ORDER",
            "ANNOTATION",
            "LOCALE",
            "CONSTRAINT",
            "DESCRIPTION",
            "LEXICON_REF",
            "REF_LINK_SET",
            "CROSS_REF_LINK",
            "GROUP_REF_LINK",
            "EXTERNAL_REF");

    private static final Set<String> TIER_ATTRIBUTES = Set.of(
            "TIER_ID",
            "PARTICIPANT",
            "ANNOTATOR",
            "LINGUISTIC_TYPE_REF",
            "DEFAULT_LOCALE",
            "PARENT_REF",
            "EXT_REF",
            "LANG_REF");

    private static final Set<String> TYPE_ATTRIBUTES = Set.of(
            "LINGUISTIC_TYPE_ID",
            "TIME_ALIGNABLE",
            "CONSTRAINTS",
            "GRAPHIC_REFERENCES",
            "CONTROLLED_VOCABULARY_REF",
            "EXT_REF",
            "LEXICON_REF");

    private static final class Declared {
        final String place;
        final String name;
        final String parentName;
        final String typeName;
        final String languageId;
        final Map<String, String> attributes;
        int otherLanguages;

        Declared(String place, Map<String, String> attributes) {
            this.place = place;
            this.name = attributes.getOrDefault("TIER_ID", "");
            this.parentName = attributes.getOrDefault("PARENT_REF", "");
            this.typeName = attributes.getOrDefault("LINGUISTIC_TYPE_REF", "");
            this.languageId = attributes.getOrDefault("LANG_REF", "");
            this.attributes = attributes;
        }
    }

    private record Language(String definition, String label) {}

    private static final class Vocabulary {
        final StringBuilder told = new StringBuilder();
        final Map<Integer, Set<String>> values = new HashMap<>();
    }

    private final Limits limits;
    private final Warnings warnings;
    private final EafSlots slots;
    private final EafAnnotations annotations;
    private final List<Medium> media = new ArrayList<>();
    /** Where media stood before they had descriptors. */
    private String oldMedium = "";

    private final List<Declared> tiers = new ArrayList<>();
    private final Map<String, Integer> tierNumbers = new HashMap<>();
    private final Map<String, Map<String, String>> types = new HashMap<>();
    private final Map<String, Language> languages = new HashMap<>();
    private final Map<String, Vocabulary> vocabularies = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private XmlInput xml;

    // what is open
    private int tier = -1;
    private boolean inAnnotation;
    private String id = "";
    private String place = "";
    private int start;
    private int end;
    private String parent = "";
    private String previous = "";
    private int entry;
    /** The element that ends the annotation: a misspelt one ends under its own name. */
    private String annotationElement = "";

    private int textDepth;
    private boolean hasText;
    /** Whether the text is that of an element that EAF does not have: one of ANNOTATION_VALUE takes its place. */
    private boolean isGuess;

    private final StringBuilder text = new StringBuilder();
    private Vocabulary vocabulary;
    private int vocabularyEntry = -1;
    private boolean inValue;
    private long values;
    private String valueLanguage = "";
    private String valueDescription = "";

    private EafReader(Limits limits) {
        this.limits = limits;
        this.warnings = new Warnings(limits);
        this.slots = new EafSlots(limits, warnings);
        this.annotations = new EafAnnotations(limits, warnings);
    }

    /** @throws TranscriptException if it is no XML, no ANNOTATION_DOCUMENT, or over the limits */
    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        var reader = new EafReader(limits);
        try (var xml = XmlInput.open(in, ROOT, limits)) {
            reader.xml = xml;
            reader.elements();
        }
        return reader.transcript();
    }

    private void elements() throws TranscriptException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(xml.name());
                case XMLStreamConstants.CHARACTERS -> {
                    if (textDepth > 0) xml.appendTo(text, place);
                    else if (inValue) xml.appendTo(text, "CV_ENTRY");
                    else if (inAnnotation && xml.isText())
                        warnings.add(place, "text outside of ANNOTATION_VALUE: left out");
                }
                case XMLStreamConstants.END_ELEMENT -> end(xml.name());
                case XMLStreamConstants.END_DOCUMENT -> {
                    return;
                }
                default -> {
                    // comments and instructions
                }
            }
        }
    }

    private void start(String name) throws TranscriptException {
        if (textDepth > 0) {
            textDepth++;
            warnings.once(place, "an element " + Shown.of(name) + " in a text: its text is kept");
            return;
        }
        switch (name) {
            case "TIME_SLOT" -> timeSlot();
            case "ALIGNABLE_ANNOTATION", "REF_ANNOTATION" -> annotation(name);
            case "ANNOTATION_VALUE" -> text(name);
            case "TIER" -> tier();
            case "HEADER" -> header();
            case "MEDIA_DESCRIPTOR" -> medium();
            case "LINGUISTIC_TYPE" -> type();
            case "LANGUAGE" -> language();
            case "CONTROLLED_VOCABULARY" -> vocabulary();
            case "CV_ENTRY", "CV_ENTRY_ML" -> entry(name);
            case "CVE_VALUE" -> value(xml.value("LANG_REF"), xml.value("DESCRIPTION"));
            default -> {
                if (!PASSED.contains(name)) unknown(name);
            }
        }
    }

    /** What no schema has is what its attributes are of. */
    private void unknown(String name) throws TranscriptException {
        warnings.once(xml.place(), "an element that EAF does not have, " + Shown.of(name));
        if (inAnnotation && !hasText) text(name);
        else if (!xml.value("TIME_SLOT_ID").isEmpty()) timeSlot();
        else if (!xml.value("ANNOTATION_ID").isEmpty()) annotation(name);
        else if (!xml.value("TIER_ID").isEmpty()) tier();
        else if (!xml.value("LINGUISTIC_TYPE_ID").isEmpty()) type();
    }

    private void end(String name) throws TranscriptException {
        if (textDepth > 0) {
            textDepth--;
            return;
        }
        if (inAnnotation && name.equals(annotationElement)) {
            endOfAnnotation();
            return;
        }
        switch (name) {
            case "TIER" -> tier = -1;
            case "CVE_VALUE" -> endOfValue();
            case "CV_ENTRY" -> {
                endOfValue();
                vocabularyEntry = -1;
            }
            case "CV_ENTRY_ML" -> vocabularyEntry = -1;
            case "CONTROLLED_VOCABULARY" -> {
                inValue = false;
                vocabulary = null;
            }
            default -> {
                // nothing was begun
            }
        }
    }

    private void header() {
        switch (xml.value("TIME_UNITS")) {
            case "", "milliseconds" -> {}
            case "PAL-frames" -> slots.countIn(EafSlots.Unit.PAL_FRAMES);
            case "NTSC-frames" -> slots.countIn(EafSlots.Unit.NTSC_FRAMES);
            default ->
                warnings.add(
                        "HEADER",
                        "TIME_UNITS " + Shown.of(xml.value("TIME_UNITS")) + " is unknown; read as milliseconds");
        }
        oldMedium = Medium.fileName(xml.value("MEDIA_FILE"));
        knownAttributes("HEADER", Set.of("MEDIA_FILE", "TIME_UNITS"));
    }

    private void medium() throws TranscriptException {
        if (media.size() >= MOST_DECLARED)
            throw new TranscriptException(xml.place() + ": more than " + MOST_DECLARED + " media: not read");
        var name = XmlInput.fileNameOfUrl(xml.value("RELATIVE_MEDIA_URL"));
        if (name.isEmpty()) name = XmlInput.fileNameOfUrl(xml.value("MEDIA_URL"));
        long origin = 0;
        var told = xml.value("TIME_ORIGIN").strip();
        try {
            if (!told.isEmpty()) origin = Long.parseLong(told);
        } catch (NumberFormatException e) {
            warnings.add(xml.place(), "TIME_ORIGIN " + Shown.of(told) + ": want whole milliseconds; read as 0");
        }
        var type = xml.value("MIME_TYPE");
        media.add(new Medium(name, type.equals("unknown") ? "" : type, origin));
        knownAttributes(
                "MEDIA_DESCRIPTOR",
                Set.of("MEDIA_URL", "RELATIVE_MEDIA_URL", "MIME_TYPE", "TIME_ORIGIN", "EXTRACTED_FROM"));
    }

    private void timeSlot() throws TranscriptException {
        String slot = "";
        String time = "";
        int count = xml.attributes();
        for (int i = 0; i < count; i++)
            switch (xml.attribute(i)) {
                case "TIME_SLOT_ID" -> slot = xml.value(i);
                case "TIME_VALUE" -> time = xml.value(i);
                default -> unknownAttribute("TIME_SLOT", xml.attribute(i));
            }
        slots.met(slot, time, slot.isEmpty() ? xml.place() : slot);
    }

    private void tier() throws TranscriptException {
        if (tiers.size() >= limits.tiers())
            throw new TranscriptException(xml.place() + ": more than " + limits.tiers() + " tiers: not read");
        var declared = new Declared(xml.place(), attributes("TIER", TIER_ATTRIBUTES));
        if (tier != -1) warnings.add(declared.place, "a tier inside of a tier");
        if (declared.name.isEmpty()) warnings.add(declared.place, "a tier without TIER_ID");
        tier = tiers.size();
        tiers.add(declared);
        if (tierNumbers.putIfAbsent(declared.name, tier) != null)
            warnings.add(declared.place, "a second tier " + Shown.of(declared.name));
    }

    private void annotation(String name) throws TranscriptException {
        if (inAnnotation) {
            warnings.add(xml.place(), "an annotation inside of an annotation: both are kept");
            endOfAnnotation();
        }
        inAnnotation = true;
        annotationElement = name;
        id = "";
        parent = "";
        previous = "";
        start = -1;
        end = -1;
        entry = -1;
        hasText = false;
        text.setLength(0);
        int count = xml.attributes();
        for (int i = 0; i < count; i++) {
            var value = xml.value(i);
            switch (xml.attribute(i)) {
                case "ANNOTATION_ID" -> id = value;
                case "TIME_SLOT_REF1" -> start = slots.number(value);
                case "TIME_SLOT_REF2" -> end = slots.number(value);
                case "ANNOTATION_REF" -> parent = value;
                case "PREVIOUS_ANNOTATION" -> previous = value;
                case "CVE_REF" -> entry = entryNumber(value);
                case "LANG_REF" -> {
                    if (tier != -1 && !value.equals(tiers.get(tier).languageId)) tiers.get(tier).otherLanguages++;
                }
                case "EXT_REF", "SVG_REF" -> {}
                default -> unknownAttribute(name, xml.attribute(i));
            }
        }
        place = id.isEmpty() ? xml.place() : id;
        if (id.isEmpty()) warnings.add(place, "an annotation without ANNOTATION_ID");
    }

    private void text(String name) {
        if (!inAnnotation) {
            warnings.add(xml.place(), Shown.of(name) + " outside of an annotation: left out");
            return;
        }
        if (hasText && isGuess) text.setLength(0);
        if (hasText && !isGuess) {
            warnings.add(place, "a second text; kept behind the first");
            text.append('\n');
        }
        hasText = true;
        isGuess = !name.equals("ANNOTATION_VALUE");
        textDepth = 1;
    }

    private void endOfAnnotation() throws TranscriptException {
        inAnnotation = false;
        if (tier == -1) {
            warnings.add(place, "an annotation in no tier: left out");
            return;
        }
        if (!hasText) warnings.add(place, "no ANNOTATION_VALUE; read as an empty one");
        if (start == -1 && end == -1 && parent.isEmpty())
            warnings.add(place, "has no TIME_SLOT_REF and no ANNOTATION_REF; it is kept without a time");
        annotations.add(tier, id, place, text.toString(), start, end, parent, previous, entry);
    }

    private void type() throws TranscriptException {
        var attributes = attributes("LINGUISTIC_TYPE", TYPE_ATTRIBUTES);
        room(types.size(), "linguistic types");
        types.putIfAbsent(attributes.getOrDefault("LINGUISTIC_TYPE_ID", ""), attributes);
    }

    private void language() throws TranscriptException {
        room(languages.size(), "languages");
        languages.putIfAbsent(
                xml.value("LANG_ID"), new Language(xml.value("LANG_DEF").strip(), xml.value("LANG_LABEL")));
    }

    private void vocabulary() throws TranscriptException {
        room(vocabularies.size(), "controlled vocabularies");
        vocabulary = vocabularies.computeIfAbsent(xml.value("CV_ID"), name -> new Vocabulary());
    }

    /** Up to 2.7 the text is the entry's, from 2.8 on it is that of CVE_VALUE, in several languages. */
    private void entry(String name) throws TranscriptException {
        if (vocabulary == null) return;
        vocabularyEntry = entryNumber(xml.value("CVE_ID"));
        if (name.equals("CV_ENTRY")) value("", xml.value("DESCRIPTION"));
    }

    private void value(String language, String description) {
        if (vocabulary == null) return;
        inValue = true;
        valueLanguage = language;
        valueDescription = description;
        text.setLength(0);
    }

    private void endOfValue() throws TranscriptException {
        if (!inValue) return;
        inValue = false;
        if (++values > limits.segments() + 1000L)
            throw new TranscriptException(xml.place() + ": more than " + (values - 1) + " values of entries: not read");
        var value = text.toString();
        vocabulary
                .values
                .computeIfAbsent(vocabularyEntry, number -> new HashSet<>())
                .add(value);
        var told = vocabulary.told;
        int room = limits.characters() - told.length();
        if (value.length() + valueLanguage.length() + valueDescription.length() + 8 > room) {
            warnings.once("CONTROLLED_VOCABULARY", "too long to be kept whole with its tiers");
            return;
        }
        if (told.length() > 0) told.append('\n');
        told.append(value);
        if (!valueLanguage.isEmpty()) told.append(" [").append(valueLanguage).append(']');
        if (!valueDescription.isEmpty()) told.append(": ").append(valueDescription);
    }

    private int entryNumber(String id) throws TranscriptException {
        var known = entries.get(id);
        if (known != null) return known;
        if (entries.size() >= limits.segments() + 1000)
            throw new TranscriptException(xml.place() + ": more than " + entries.size() + " entries: not read");
        entries.put(id, entries.size());
        return entries.size() - 1;
    }

    private void room(int size, String what) throws TranscriptException {
        if (size >= MOST_DECLARED)
            throw new TranscriptException(xml.place() + ": more than " + MOST_DECLARED + " " + what + ": not read");
    }

    private Map<String, String> attributes(String element, Set<String> known) {
        knownAttributes(element, known);
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < xml.attributes(); i++) attributes.put(xml.attribute(i), xml.value(i));
        return attributes;
    }

    private void knownAttributes(String element, Set<String> known) {
        for (int i = 0; i < xml.attributes(); i++)
            if (!known.contains(xml.attribute(i))) unknownAttribute(element, xml.attribute(i));
    }

    private void unknownAttribute(String element, String attribute) {
        // a declaration of a prefix, or XML's own
        if (attribute.startsWith("xml")) return;
        warnings.once(xml.place(), "an attribute that EAF does not have, " + Shown.of(attribute) + " of " + element);
    }

    private Transcript transcript() throws TranscriptException {
        if (media.isEmpty() && !oldMedium.isEmpty()) media.add(new Medium(oldMedium, "", 0));
        annotations.resolve();
        var parents = parentTiers();
        annotations.giveTimes(slots, EafAnnotations.parentsFirst(parents, parents.length, circle -> {}));
        annotations.hangOnWhatTheyLieIn(parents);
        checkEntries();
        var segments = annotations.segments(annotations.inOrder());
        return new Transcript(Format.EAF, media, tiers(parents), segments, warnings.list());
    }

    private int[] parentTiers() throws TranscriptException {
        var parents = new int[tiers.size()];
        for (int i = 0; i < parents.length; i++) {
            var name = tiers.get(i).parentName;
            parents[i] = name.isEmpty() ? -1 : tierNumbers.getOrDefault(name, -1);
        }
        followAnnotations(parents);
        var order = EafAnnotations.parentsFirst(
                parents,
                parents.length,
                i -> warnings.add(
                        "tier " + Shown.of(tiers.get(i).name),
                        "hangs on itself, by PARENT_REF; kept without a parent"));
        EafAnnotations.checkDepth(order, parents, limits, "tiers");
        return parents;
    }

    /** Where no annotation of a tier refers to the tier that PARENT_REF names, it hangs on the one that the first of them refers to. */
    private void followAnnotations(int[] parents) {
        var firsts = new int[parents.length];
        Arrays.fill(firsts, -1);
        var agree = new boolean[parents.length];
        for (int i = 0; i < annotations.size(); i++) {
            int of = annotations.tier(i);
            int above = annotations.parent(i) == -1 ? of : annotations.tier(annotations.parent(i));
            if (above == of) continue;
            if (above == parents[of]) agree[of] = true;
            else if (firsts[of] == -1) firsts[of] = above;
        }
        for (int i = 0; i < parents.length; i++) {
            var declared = tiers.get(i);
            var place = "tier " + Shown.of(declared.name);
            var parent = "PARENT_REF " + Shown.of(declared.parentName);
            if (agree[i]) {
                if (firsts[i] != -1)
                    warnings.add(place, "annotations refer to other tiers than its parent, " + parent + ", too");
                continue;
            }
            if (parents[i] == -1 && !declared.parentName.isEmpty())
                warnings.add(place, parent + " is no tier of the file");
            else if (firsts[i] != -1 && !declared.parentName.isEmpty())
                warnings.add(place, parent + " is not the tier that its annotations refer to");
            if (firsts[i] != -1) parents[i] = firsts[i];
        }
    }

    /** The text of an annotation is what it says, whatever the entry that it refers to says now. */
    private void checkEntries() {
        var told = new HashSet<Integer>();
        for (int i = 0; i < annotations.size(); i++) {
            int of = annotations.tier(i);
            if (annotations.entry(i) == -1 || told.contains(of)) continue;
            var type = types.get(tiers.get(of).typeName);
            var known = type == null ? null : vocabularies.get(type.getOrDefault("CONTROLLED_VOCABULARY_REF", ""));
            var values = known == null ? null : known.values.get(annotations.entry(i));
            if (values == null || values.contains(annotations.text(i))) continue;
            told.add(of);
            warnings.add(
                    annotations.place(i),
                    "says '" + Shown.of(annotations.text(i))
                            + "', its entry of the controlled vocabulary something else, and maybe others of its tier too; the text counts");
        }
    }

    private List<Tier> tiers(int[] parents) {
        var hasChildren = new boolean[parents.length];
        for (int above : parents) if (above != -1) hasChildren[above] = true;
        var roles = new Role[parents.length];
        for (int i : EafAnnotations.parentsFirst(parents, parents.length, circle -> {})) {
            var above = parents[i] == -1 ? Optional.<Role>empty() : Optional.of(roles[parents[i]]);
            roles[i] = role(tiers.get(i), above, hasChildren[i] || parents.length == 1);
        }
        var told = new HashMap<String, String>();
        var list = new ArrayList<Tier>();
        for (int i = 0; i < parents.length; i++) {
            var of = tiers.get(i);
            var language = languages.get(of.languageId);
            if (language == null && !of.languageId.isEmpty())
                warnings.add(
                        "tier " + Shown.of(of.name),
                        "LANG_REF " + Shown.of(of.languageId) + " is no LANGUAGE of the file");
            if (of.otherLanguages > 0)
                warnings.add(
                        "tier " + Shown.of(of.name),
                        of.otherLanguages + " annotations are of another language than the tier; that is not kept");
            list.add(new Tier(
                    of.name,
                    roles[i],
                    parents[i] == -1 ? Optional.empty() : Optional.of(parents[i]),
                    of.attributes.getOrDefault("PARTICIPANT", ""),
                    tag(of.languageId, language),
                    attributes(of, language, told)));
        }
        return list;
    }

    /** The definition, if it is a tag or code; ELAN itself writes an address there, and the code as id. */
    private static String tag(String id, Language language) {
        if (language == null || language.definition.isEmpty()) return id;
        return language.definition.indexOf(':') >= 0 || language.definition.indexOf('/') >= 0
                ? id
                : language.definition;
    }

    private Map<String, String> attributes(Declared of, Language language, Map<String, String> told) {
        var attributes = new LinkedHashMap<>(of.attributes);
        attributes.remove("TIER_ID");
        attributes.remove("PARTICIPANT");
        attributes.remove("PARENT_REF");
        var type = types.get(of.typeName);
        if (type == null) {
            warnings.add(
                    "tier " + Shown.of(of.name),
                    "LINGUISTIC_TYPE_REF " + Shown.of(of.typeName) + " is no LINGUISTIC_TYPE of the file");
        } else {
            type.forEach((name, value) -> {
                if (!name.equals("LINGUISTIC_TYPE_ID")) attributes.putIfAbsent(name, value);
            });
            var name = type.getOrDefault("CONTROLLED_VOCABULARY_REF", "");
            var used = vocabularies.get(name);
            if (used != null && used.told.length() > 0)
                attributes.put("CONTROLLED_VOCABULARY", told.computeIfAbsent(name, vocabulary -> used.told.toString()));
        }
        if (language != null) {
            if (!language.definition.isEmpty()) attributes.put("LANG_DEF", language.definition);
            if (!language.label.isEmpty()) attributes.put("LANG_LABEL", language.label);
        }
        return attributes;
    }

    /** By the tier's name, by its type's, and then by its place in the tree. */
    private Role role(Declared of, Optional<Role> above, boolean isMain) {
        var byName = RoleByName.of(of.name).or(() -> RoleByName.of(of.typeName));
        if (byName.isPresent()) return byName.get();
        if (above.isEmpty()) return isMain ? Role.TRANSCRIPTION : Role.OTHER;
        var type = types.getOrDefault(of.typeName, Map.of());
        boolean parts = type.getOrDefault("CONSTRAINTS", "").endsWith("_Subdivision");
        if (parts && above.get() == Role.TRANSCRIPTION) return Role.WORD;
        if (parts && above.get() == Role.WORD) return Role.MORPHEME;
        return Role.OTHER;
    }
}
