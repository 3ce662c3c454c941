package org.thocam.ontology.transcript;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * ELAN's EAF 3.0. A tier whose segments have the times of what they hang on becomes one of reference annotations; one whose segments lie in them
 * becomes Included_In, or Time_Subdivision if it was and still fits. What fits neither stands alone, in a tier of its own name with a number where
 * the others hang on something. A segment without a time gets slots without a value behind all others. Lost are controlled vocabularies, links
 * and references to what is outside of the file, and which times were spread between others: all are written.
 */
public final class EafWriter {
    /** TIME_VALUE is an unsignedInt. */
    private static final long LAST = 4294967295L;

    private static final int NONE = -1;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]*");
    private static final Pattern SLOT = Pattern.compile("ts[0-9]+");

    private static final Map<String, String> CONSTRAINTS = new LinkedHashMap<>();

    static {
        CONSTRAINTS.put(
                "Time_Subdivision",
                "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval");
        CONSTRAINTS.put(
                "Symbolic_Subdivision",
                "Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered");
        CONSTRAINTS.put("Symbolic_Association", "1-1 association with a parent annotation");
        CONSTRAINTS.put(
                "Included_In",
                "Time alignable annotations within the parent annotation's time interval, gaps are allowed");
    }

    private enum Stereotype {
        ALONE(""),
        TIME_SUBDIVISION("Time_Subdivision"),
        INCLUDED_IN("Included_In"),
        SYMBOLIC_SUBDIVISION("Symbolic_Subdivision"),
        SYMBOLIC_ASSOCIATION("Symbolic_Association");

        private final String constraint;

        Stereotype(String constraint) {
            this.constraint = constraint;
        }

        boolean hasTimes() {
            return this == ALONE || this == TIME_SUBDIVISION || this == INCLUDED_IN;
        }
    }

    /** A tier of the file. */
    private static final class Written {
        final Tier of;
        final String id;
        final Written parent;
        final int[] segments;
        Stereotype stereotype;
        String type = "";

        Written(Tier of, String id, Written parent, int[] segments, Stereotype stereotype) {
            this.of = of;
            this.id = id;
            this.parent = parent;
            this.segments = segments;
            this.stereotype = stereotype;
        }

        int depth() {
            int depth = 0;
            for (var above = parent; above != null; above = above.parent) depth++;
            return depth;
        }
    }

    private final Transcript transcript;
    private final List<Segment> segments;
    private final Set<String> tierIds = new HashSet<>();
    private final List<Written> tiers = new ArrayList<>();
    /** By segment: the tier that it is written in. */
    private final Written[] tierOf;

    private final String[] ids;
    private final Set<String> usedIds = new HashSet<>();
    private final int[] startSlots;
    private final int[] endSlots;
    private final Slots slots = new Slots();
    private final Map<String, String> languageIds = new LinkedHashMap<>();
    private final Map<String, Tier> languageTiers = new HashMap<>();

    private EafWriter(Transcript transcript) {
        this.transcript = transcript;
        this.segments = transcript.segments();
        this.tierOf = new Written[segments.size()];
        this.ids = new String[segments.size()];
        this.startSlots = new int[segments.size()];
        this.endSlots = new int[segments.size()];
    }

    /** Writes a transcript as of now; the stream stays open. */
    public static void write(Transcript transcript, OutputStream to) throws IOException {
        write(transcript, Instant.now(), to);
    }

    /** Writes a transcript; the stream stays open. */
    public static void write(Transcript transcript, Instant date, OutputStream to) throws IOException {
        var out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        new EafWriter(transcript).write(date, out);
        out.flush();
    }

    private void write(Instant date, Writer out) throws IOException {
        arrange();
        giveSlots();
        var types = types();
        annotationIds();
        languages();
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"" + date
                + "\" FORMAT=\"3.0\" VERSION=\"3.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv3.0.xsd\">\n");
        header(out);
        slots.write(out);
        writeTiers(out);
        for (var type : types.values()) out.write(type);
        writeLanguages(out);
        for (var constraint : CONSTRAINTS.entrySet())
            out.write("    <CONSTRAINT DESCRIPTION=\"" + escaped(constraint.getValue()) + "\" STEREOTYPE=\""
                    + constraint.getKey() + "\"/>\n");
        out.write("</ANNOTATION_DOCUMENT>\n");
    }

    // what hangs on what

    private void arrange() {
        var members = members();
        var parents = parentTiers(members);
        var main = new Written[parents.length];
        var further = new Written[parents.length];
        for (int tier : EafAnnotations.parentsFirst(parents, parents.length, circle -> {})) {
            var above = parents[tier] == NONE ? null : main[parents[tier]];
            arrange(tier, members[tier], above, main, further);
        }
        for (int tier = 0; tier < main.length; tier++) {
            tiers.add(main[tier]);
            if (further[tier] != null) tiers.add(further[tier]);
        }
    }

    /** By tier: its segments in order. */
    private int[][] members() {
        var counts = new int[transcript.tiers().size()];
        for (var segment : segments) counts[segment.tier()]++;
        var members = new int[counts.length][];
        for (int tier = 0; tier < counts.length; tier++) members[tier] = new int[counts[tier]];
        Arrays.fill(counts, 0);
        for (int i = 0; i < segments.size(); i++) {
            int tier = segments.get(i).tier();
            members[tier][counts[tier]++] = i;
        }
        return members;
    }

    /** What a tier says, or the tier that its first segment hangs on. */
    private int[] parentTiers(int[][] members) {
        var parents = new int[members.length];
        for (int tier = 0; tier < parents.length; tier++) {
            parents[tier] = transcript.tiers().get(tier).parent().orElse(NONE);
            for (int i = 0; i < members[tier].length && parents[tier] == NONE; i++) {
                var parent = segments.get(members[tier][i]).parent();
                if (parent.isPresent() && segments.get(parent.get()).tier() != tier)
                    parents[tier] = segments.get(parent.get()).tier();
            }
        }
        return parents;
    }

    private void arrange(int tier, int[] members, Written above, Written[] main, Written[] further) {
        var of = transcript.tiers().get(tier);
        var said = of.attributes().getOrDefault("CONSTRAINTS", "");
        boolean wasTimed =
                said.equals(Stereotype.INCLUDED_IN.constraint) || said.equals(Stereotype.TIME_SUBDIVISION.constraint);
        int fitting = above == null
                ? 0
                : (int) Arrays.stream(members).filter(i -> hasTimeOf(above, i)).count();
        if (above == null) {
            main[tier] = tier(of, null, members, Stereotype.ALONE);
        } else if (wasTimed
                && above.stereotype.hasTimes()
                && Arrays.stream(members).allMatch(this::isTimed)) {
            main[tier] = tier(of, above, members, Stereotype.INCLUDED_IN);
        } else if (fitting == members.length) {
            main[tier] = tier(of, above, members, reference(said, members));
        } else if (Arrays.stream(members).allMatch(i -> liesIn(above, i))) {
            var timed = above;
            while (!timed.stereotype.hasTimes()) timed = timed.parent;
            main[tier] = tier(of, timed, members, Stereotype.INCLUDED_IN);
        } else if (fitting > 0) {
            var fit = Arrays.stream(members).filter(i -> hasTimeOf(above, i)).toArray();
            var rest = Arrays.stream(members).filter(i -> !hasTimeOf(above, i)).toArray();
            main[tier] = tier(of, above, fit, reference(said, fit));
            further[tier] = tier(of, null, rest, Stereotype.ALONE);
        } else {
            main[tier] = tier(of, null, members, Stereotype.ALONE);
        }
    }

    private Written tier(Tier of, Written parent, int[] members, Stereotype stereotype) {
        var name = of.name().isEmpty() ? "tier" : of.name();
        var id = name;
        for (int number = 2; !tierIds.add(id); number++) id = name + " " + number;
        var written = new Written(of, id, parent, members, stereotype);
        for (int i : members) tierOf[i] = written;
        return written;
    }

    private boolean isTimed(int segment) {
        var span = segments.get(segment).span();
        return span.isPresent() && span.get().end() <= LAST;
    }

    private boolean hangsOn(Written above, int segment) {
        var parent = segments.get(segment).parent();
        return parent.isPresent() && tierOf[parent.get()] == above;
    }

    private boolean hasTimeOf(Written above, int segment) {
        if (!hangsOn(above, segment)) return false;
        var span = segments.get(segment).span();
        var of = segments.get(segments.get(segment).parent().orElseThrow()).span();
        if (span.isEmpty() || of.isEmpty()) return span.isEmpty() && of.isEmpty();
        return span.get().start() == of.get().start()
                && span.get().end() == of.get().end();
    }

    private boolean liesIn(Written above, int segment) {
        if (!isTimed(segment) || !hangsOn(above, segment)) return false;
        int parent = segments.get(segment).parent().orElseThrow();
        if (!isTimed(parent)) return false;
        var span = segments.get(segment).span().orElseThrow();
        var of = segments.get(parent).span().orElseThrow();
        return of.start() <= span.start() && span.end() <= of.end();
    }

    /** An association is of one with one. */
    private Stereotype reference(String said, int[] members) {
        if (said.equals(Stereotype.SYMBOLIC_SUBDIVISION.constraint)) return Stereotype.SYMBOLIC_SUBDIVISION;
        var parents = new HashSet<Integer>();
        for (int i : members)
            if (!parents.add(segments.get(i).parent().orElseThrow())) return Stereotype.SYMBOLIC_SUBDIVISION;
        return Stereotype.SYMBOLIC_ASSOCIATION;
    }

    // times

    private void giveSlots() {
        var byDepth = new ArrayList<>(tiers);
        byDepth.sort(Comparator.comparingInt(Written::depth));
        for (var tier : byDepth) {
            if (!tier.stereotype.hasTimes()) continue;
            boolean wasDivided =
                    tier.of.attributes().getOrDefault("CONSTRAINTS", "").equals(Stereotype.TIME_SUBDIVISION.constraint);
            if (tier.stereotype == Stereotype.INCLUDED_IN && wasDivided && divide(tier)) {
                tier.stereotype = Stereotype.TIME_SUBDIVISION;
                continue;
            }
            int depth = tier.depth();
            for (int i : tier.segments) {
                long start = isTimed(i) ? segments.get(i).span().orElseThrow().start() : Times.NONE;
                long end = isTimed(i) ? segments.get(i).span().orElseThrow().end() : Times.NONE;
                startSlots[i] = slots.add(start, start == end ? 0 : depth + 1);
                endSlots[i] = slots.add(end, start == end ? 0 : -depth - 1);
            }
        }
        slots.order();
    }

    /** Gives the parts of what is divided without gaps the slots of their parents, and each two that meet one; false if they do not fit. */
    private boolean divide(Written tier) {
        var parts = new Integer[tier.segments.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = tier.segments[i];
            if (!liesIn(tier.parent, parts[i])) return false;
        }
        Arrays.sort(
                parts,
                Comparator.comparingInt((Integer i) -> segments.get(i).parent().orElseThrow())
                        .thenComparingLong(
                                i -> segments.get(i).span().orElseThrow().start()));
        for (int i = 0; i < parts.length; i++) {
            var span = segments.get(parts[i]).span().orElseThrow();
            int parent = segments.get(parts[i]).parent().orElseThrow();
            var whole = segments.get(parent).span().orElseThrow();
            boolean isFirst = i == 0 || segments.get(parts[i - 1]).parent().orElseThrow() != parent;
            boolean isLast =
                    i + 1 == parts.length || segments.get(parts[i + 1]).parent().orElseThrow() != parent;
            long before = isFirst
                    ? whole.start()
                    : segments.get(parts[i - 1]).span().orElseThrow().end();
            if (span.start() == span.end() || span.start() != before || isLast && span.end() != whole.end())
                return false;
        }
        for (int i = 0; i < parts.length; i++) {
            int parent = segments.get(parts[i]).parent().orElseThrow();
            boolean isFirst = i == 0 || segments.get(parts[i - 1]).parent().orElseThrow() != parent;
            boolean isLast =
                    i + 1 == parts.length || segments.get(parts[i + 1]).parent().orElseThrow() != parent;
            startSlots[parts[i]] = isFirst ? startSlots[parent] : endSlots[parts[i - 1]];
            endSlots[parts[i]] = isLast
                    ? endSlots[parent]
                    : slots.add(segments.get(parts[i]).span().orElseThrow().end(), 0);
        }
        return true;
    }

    /** Time slots in the order of time; at one time what ends comes before what begins, and the outer begins before the inner. */
    private static final class Slots {
        private long[] times = new long[64];
        /** At one time: below 0 an end, above 0 a beginning, the deeper the farther from 0. */
        private int[] sides = new int[64];

        private int size;
        private Integer[] order = {};
        private int[] names = {};

        int add(long time, int side) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                sides = Arrays.copyOf(sides, size * 2);
            }
            times[size] = time;
            sides[size] = side;
            return size++;
        }

        void order() {
            order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(
                    order,
                    Comparator.comparingLong((Integer i) -> times[i] == Times.NONE ? Long.MAX_VALUE : times[i])
                            .thenComparingInt(i -> sides[i])
                            .thenComparingInt(i -> i));
            names = new int[size];
            for (int i = 0; i < size; i++) names[order[i]] = i + 1;
        }

        String name(int slot) {
            return "ts" + names[slot];
        }

        void write(Writer out) throws IOException {
            out.write("    <TIME_ORDER>\n");
            for (int slot : order)
                out.write("        <TIME_SLOT TIME_SLOT_ID=\"" + name(slot) + '"'
                        + (times[slot] == Times.NONE ? "" : " TIME_VALUE=\"" + times[slot] + '"') + "/>\n");
            out.write("    </TIME_ORDER>\n");
        }
    }

    // the parts of the file

    private void header(Writer out) throws IOException {
        out.write("    <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">\n");
        for (var medium : transcript.media()) {
            var name = address(medium.name());
            out.write("        <MEDIA_DESCRIPTOR MEDIA_URL=\"file:///" + name + "\" MIME_TYPE=\""
                    + escaped(medium.mediaType().isEmpty() ? "unknown" : medium.mediaType())
                    + "\" RELATIVE_MEDIA_URL=\"./" + name + '"'
                    + (medium.origin() == 0 ? "" : " TIME_ORIGIN=\"" + medium.origin() + '"') + "/>\n");
        }
        out.write(
                "        <PROPERTY NAME=\"lastUsedAnnotationId\">" + segments.size() + "</PROPERTY>\n    </HEADER>\n");
    }

    /** Letters of all scripts stay, as ELAN has them; what would mean something else in an address does not. */
    private static String address(String name) {
        var address = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80 && !Character.isLetterOrDigit(c) && "-_.!~*'(),;=+$@& ".indexOf(c) < 0)
                address.append(String.format("%%%02X", (int) c));
            else address.append(c);
        }
        return escaped(address.toString());
    }

    private void writeTiers(Writer out) throws IOException {
        for (var tier : tiers) {
            out.write("    <TIER");
            attribute("ANNOTATOR", tier.of.attributes().getOrDefault("ANNOTATOR", ""), out);
            attribute("LANG_REF", languageIds.getOrDefault(tier.of.language(), ""), out);
            out.write(" LINGUISTIC_TYPE_REF=\"" + escaped(tier.type) + '"');
            attribute("PARENT_REF", tier.parent == null ? "" : tier.parent.id, out);
            attribute("PARTICIPANT", tier.of.speaker(), out);
            out.write(" TIER_ID=\"" + escaped(tier.id) + "\">\n");
            var last = new HashMap<Integer, Integer>();
            for (int i : tier.segments) {
                out.write("        <ANNOTATION>\n            <");
                var element = tier.stereotype.hasTimes() ? "ALIGNABLE_ANNOTATION" : "REF_ANNOTATION";
                out.write(element + " ANNOTATION_ID=\"" + ids[i] + '"');
                if (tier.stereotype.hasTimes()) {
                    out.write(" TIME_SLOT_REF1=\"" + slots.name(startSlots[i]) + "\" TIME_SLOT_REF2=\""
                            + slots.name(endSlots[i]) + '"');
                } else {
                    int parent = segments.get(i).parent().orElseThrow();
                    out.write(" ANNOTATION_REF=\"" + ids[parent] + '"');
                    var previous = tier.stereotype == Stereotype.SYMBOLIC_SUBDIVISION ? last.put(parent, i) : null;
                    if (previous != null) out.write(" PREVIOUS_ANNOTATION=\"" + ids[previous] + '"');
                }
                out.write(">\n                <ANNOTATION_VALUE>"
                        + escaped(segments.get(i).text()) + "</ANNOTATION_VALUE>\n            </" + element
                        + ">\n        </ANNOTATION>\n");
            }
            out.write("    </TIER>\n");
        }
    }

    /** Ids of an EAF file stay, if all can: an id of XML is a name, and no other id of the file. */
    private void annotationIds() {
        boolean isKept = transcript.format() == Format.EAF;
        for (int i = 0; i < ids.length && isKept; i++) {
            ids[i] = segments.get(i).place();
            isKept = NAME.matcher(ids[i]).matches()
                    && !SLOT.matcher(ids[i]).matches()
                    && !CONSTRAINTS.containsKey(ids[i])
                    && usedIds.add(ids[i]);
        }
        if (isKept) return;
        usedIds.clear();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "a" + (i + 1);
            usedIds.add(ids[i]);
        }
    }

    /** By name and stereotype; the value is the element. */
    private Map<String, String> types() {
        var ids = new HashMap<String, String>();
        var elements = new LinkedHashMap<String, String>();
        for (var tier : tiers) {
            var role = tier.of.role().name().toLowerCase(Locale.ROOT);
            var name = tier.of.attributes().getOrDefault("LINGUISTIC_TYPE_REF", role);
            if (name.isEmpty()) name = role;
            var key = name + '\n' + tier.stereotype;
            tier.type = ids.computeIfAbsent(key, of -> "");
            if (!tier.type.isEmpty()) continue;
            var id = name;
            if (elements.containsKey(id) && !tier.stereotype.constraint.isEmpty())
                id = name + " " + tier.stereotype.constraint;
            for (int number = 2; elements.containsKey(id); number++) id = name + " " + number;
            tier.type = id;
            ids.put(key, id);
            elements.put(
                    id,
                    "    <LINGUISTIC_TYPE"
                            + (tier.stereotype == Stereotype.ALONE
                                    ? ""
                                    : " CONSTRAINTS=\"" + tier.stereotype.constraint + '"')
                            + " GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\"" + escaped(id)
                            + "\" TIME_ALIGNABLE=\"" + tier.stereotype.hasTimes() + "\"/>\n");
        }
        return elements;
    }

    /** A language's tag is its id, if it can be one. */
    private void languages() {
        int number = 1;
        for (var tier : tiers) {
            var tag = tier.of.language();
            if (tag.isEmpty() || languageIds.containsKey(tag)) continue;
            var id = tag;
            boolean isId = NAME.matcher(tag).matches()
                    && !SLOT.matcher(tag).matches()
                    && !CONSTRAINTS.containsKey(tag)
                    && usedIds.add(tag);
            while (!isId) {
                id = "language-" + number++;
                isId = usedIds.add(id);
            }
            languageIds.put(tag, id);
            languageTiers.put(tag, tier.of);
        }
    }

    private void writeLanguages(Writer out) throws IOException {
        for (var language : languageIds.entrySet()) {
            var attributes = languageTiers.get(language.getKey()).attributes();
            var isNamed = language.getKey().equals(language.getValue());
            out.write("    <LANGUAGE LANG_DEF=\""
                    + escaped(isNamed ? attributes.getOrDefault("LANG_DEF", language.getKey()) : language.getKey())
                    + "\" LANG_ID=\"" + escaped(language.getValue()) + "\" LANG_LABEL=\""
                    + escaped(attributes.getOrDefault("LANG_LABEL", language.getKey())) + "\"/>\n");
        }
    }

    private static void attribute(String name, String value, Writer out) throws IOException {
        if (!value.isEmpty()) out.write(" " + name + "=\"" + escaped(value) + '"');
    }

    /** For content and for attributes; what XML cannot have becomes U+FFFD. */
    private static String escaped(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            var instead = isPair ? null : instead(c);
            if (instead != null && escaped == null) escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            if (escaped != null) {
                if (instead != null) escaped.append(instead);
                else escaped.append(c);
                if (isPair) escaped.append(text.charAt(i + 1));
            }
            if (isPair) i++;
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String instead(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\t' -> "&#9;";
            case '\n' -> "&#10;";
            case '\r' -> "&#13;";
            default -> c < 0x20 || c == 0xFFFE || c == 0xFFFF || Character.isSurrogate(c) ? "\uFFFD" : null;
        };
    }
}
