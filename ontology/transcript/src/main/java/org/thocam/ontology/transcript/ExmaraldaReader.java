package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.thocam.ontology.Shown;

/**
 * EXMARaLDA's basic transcription (.exb). A point of the timeline without a time gets one between its neighbours. What is annotated (tiers of type
 * {@code a}) hangs on what the same speaker says (type {@code t}), where it lies in one event of it.
 */
final class ExmaraldaReader {
    private static final String ROOT = "basic-transcription";

    /** Of speakers and media; more than any file has. */
    private static final int MOST_DECLARED = 10_000;

    private static final Set<String> KNOWN = Set.of(
            "head",
            "meta-information",
            "project-name",
            "transcription-name",
            "referenced-file",
            "ud-meta-information",
            "ud-information",
            "comment",
            "transcription-convention",
            "speakertable",
            "speaker",
            "abbreviation",
            "sex",
            "languages-used",
            "language",
            "l1",
            "l2",
            "ud-speaker-information",
            "ud-tier-information",
            "basic-body",
            "common-timeline",
            "tli",
            "tier",
            "event",
            "link-url",
            "tierformat-table",
            "tier-format",
            "property",
            "timeline-item-format",
            "referenced-tier-format");

    private static final class Speaker {
        String abbreviation = "";
        /** Those that are used; with several nobody knows which of them a tier is in. */
        final List<String> languages = new ArrayList<>();
    }

    /** An event's first and last point on the timeline, which are numbers of the timeline or -1. */
    private record Event(int tier, int start, int end, String text, String place) {}

    private final Limits limits;
    private final Warnings warnings;
    private final XmlInput xml;
    private final Map<String, Speaker> speakers = new HashMap<>();
    private final Timeline timeline = new Timeline();
    private final Map<String, Integer> points = new HashMap<>();
    private final List<Medium> media = new ArrayList<>();
    private final List<Map<String, String>> tiers = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Speaker speaker;
    private boolean inTier;
    private boolean inEvent;
    private boolean inAbbreviation;
    private boolean inLanguagesUsed;
    /** Elements in an event: what they hold is about it and not what is said. */
    private int inside;

    private final StringBuilder text = new StringBuilder();
    private int start;
    private int end;
    private String place = "";

    private ExmaraldaReader(XmlInput xml, Limits limits, Warnings warnings) {
        this.xml = xml;
        this.limits = limits;
        this.warnings = warnings;
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        try (var xml = XmlInput.open(in, ROOT, limits)) {
            var reader = new ExmaraldaReader(xml, limits, new Warnings(limits));
            reader.elements();
            return reader.transcript();
        }
    }

    private void elements() throws TranscriptException {
        for (int next = xml.next(); next != XMLStreamConstants.END_DOCUMENT; next = xml.next()) {
            if (next == XMLStreamConstants.START_ELEMENT) start(xml.name());
            else if (next == XMLStreamConstants.END_ELEMENT) end(xml.name());
            else if (next == XMLStreamConstants.CHARACTERS && (inEvent && inside == 0 || inAbbreviation))
                xml.appendTo(text, place);
        }
    }

    private void start(String name) throws TranscriptException {
        if (inEvent) {
            inside++;
            return;
        }
        switch (name) {
            case "referenced-file" -> {
                var file = XmlInput.fileNameOfUrl(xml.value("url"));
                if (!file.isEmpty() && media.size() < MOST_DECLARED) media.add(new Medium(file, "", 0));
            }
            case "speaker" -> {
                if (speakers.size() >= MOST_DECLARED)
                    throw new TranscriptException(xml.place() + ": more than " + MOST_DECLARED + " speakers: not read");
                speaker = speakers.computeIfAbsent(xml.value("id"), id -> new Speaker());
            }
            case "abbreviation" -> {
                inAbbreviation = speaker != null;
                text.setLength(0);
            }
            case "languages-used" -> inLanguagesUsed = true;
            case "language" -> {
                if (inLanguagesUsed && speaker != null && speaker.languages.size() < 2)
                    speaker.languages.add(xml.value("lang"));
            }
            case "tli" -> point();
            case "tier" -> tier();
            case "event" -> event();
            default -> {
                if (!KNOWN.contains(name))
                    warnings.once(xml.place(), "an element that EXMARaLDA does not have, " + Shown.of(name));
            }
        }
    }

    private void end(String name) throws TranscriptException {
        if (inEvent && inside > 0) {
            inside--;
            return;
        }
        switch (name) {
            case "event" -> {
                if (!inEvent) return;
                inEvent = false;
                events.add(new Event(tiers.size() - 1, start, end, text.toString(), place));
            }
            case "abbreviation" -> {
                if (inAbbreviation) speaker.abbreviation = text.toString().strip();
                inAbbreviation = false;
            }
            case "languages-used" -> inLanguagesUsed = false;
            case "speaker" -> {
                speaker = null;
                inAbbreviation = false;
            }
            case "tier" -> inTier = false;
            default -> {
                // nothing was begun
            }
        }
    }

    private void point() throws TranscriptException {
        if (timeline.size() >= 2L * limits.segments() + 1000)
            throw new TranscriptException(xml.place() + ": more than " + timeline.size() + " points of time: not read");
        var id = xml.value("id");
        var told = xml.value("time");
        long time = told.isEmpty() ? Times.NONE : Times.milliseconds(told);
        if (time == Times.NONE && !told.isEmpty())
            warnings.add(xml.place(), "time " + Shown.of(told) + " is no time of a recording; read as none");
        int number = timeline.add(time);
        if (points.putIfAbsent(id, number) != null)
            warnings.add(xml.place(), "a second point of time " + Shown.of(id) + "; the first counts");
    }

    private void tier() throws TranscriptException {
        if (tiers.size() >= limits.tiers())
            throw new TranscriptException(xml.place() + ": more than " + limits.tiers() + " tiers: not read");
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < xml.attributes(); i++) attributes.put(xml.attribute(i), xml.value(i));
        tiers.add(attributes);
        inTier = true;
    }

    private void event() throws TranscriptException {
        place = xml.place();
        if (!inTier) {
            warnings.add(place, "an event in no tier: left out");
            return;
        }
        if (events.size() >= limits.segments())
            throw new TranscriptException(place + ": more than " + limits.segments() + " events: not read");
        inEvent = true;
        inside = 0;
        text.setLength(0);
        start = number("start");
        end = number("end");
    }

    private int number(String attribute) {
        var id = xml.value(attribute);
        var number = points.get(id);
        if (number != null) return number;
        warnings.add(place, attribute + " " + Shown.of(id) + " is no point of the timeline; kept without a time");
        return -1;
    }

    private Transcript transcript() {
        timeline.spread();
        var parents = parentTiers();
        var inOrder = new ArrayList<Tier>();
        for (int i = 0; i < parents.length; i++) inOrder.add(tier(i, parents[i]));
        return new Transcript(Format.EXMARALDA, media, inOrder, segments(parents), warnings.list());
    }

    /** The first tier of type t of each speaker is what those of type a hang on. */
    private int[] parentTiers() {
        var spoken = new HashMap<String, Integer>();
        for (int i = 0; i < tiers.size(); i++)
            if (is(i, "t")) spoken.putIfAbsent(tiers.get(i).getOrDefault("speaker", ""), i);
        var parents = new int[tiers.size()];
        for (int i = 0; i < parents.length; i++) {
            var speaker = tiers.get(i).getOrDefault("speaker", "");
            parents[i] = is(i, "a") && !speaker.isEmpty() ? spoken.getOrDefault(speaker, -1) : -1;
        }
        return parents;
    }

    private boolean is(int tier, String type) {
        return tiers.get(tier).getOrDefault("type", "").equals(type);
    }

    private Tier tier(int number, int parent) {
        var attributes = tiers.get(number);
        var speaker = speakers.get(attributes.getOrDefault("speaker", ""));
        if (speaker == null && !attributes.getOrDefault("speaker", "").isEmpty())
            warnings.add(
                    "tier " + Shown.of(attributes.getOrDefault("id", "")),
                    "speaker " + Shown.of(attributes.get("speaker")) + " is not in the table of speakers");
        // display names are not unique, and ids say little
        var name = (attributes.getOrDefault("id", "") + " " + attributes.getOrDefault("display-name", "")).strip();
        var said = is(number, "t") && speaker != null && speaker.languages.size() == 1;
        return new Tier(
                name,
                role(number),
                parent == -1 ? Optional.empty() : Optional.of(parent),
                speaker == null || speaker.abbreviation.isEmpty()
                        ? attributes.getOrDefault("speaker", "")
                        : speaker.abbreviation,
                said ? speaker.languages.get(0) : "",
                attributes);
    }

    private Role role(int tier) {
        var byName = RoleByName.of(tiers.get(tier).getOrDefault("category", ""));
        return switch (tiers.get(tier).getOrDefault("type", "")) {
            case "t" -> Role.TRANSCRIPTION;
            case "d" -> byName.orElse(Role.NOTE);
            default -> byName.orElse(Role.OTHER);
        };
    }

    private List<Segment> segments(int[] parents) {
        var said = new HashMap<Integer, List<Integer>>();
        for (int parent : parents) if (parent != -1) said.put(parent, new ArrayList<>());
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var of = said.get(event.tier());
            if (of != null && event.start() != -1 && event.end() != -1) of.add(i);
        }
        var containers = new HashMap<Integer, Containers>();
        said.forEach((tier, of) -> containers.put(
                tier,
                new Containers(
                        of.stream().mapToLong(i -> events.get(i).start()).toArray(),
                        of.stream().mapToLong(i -> events.get(i).end()).toArray())));
        var segments = new ArrayList<Segment>(events.size());
        for (var event : events) {
            Optional<Integer> parent = Optional.empty();
            int tier = parents[event.tier()];
            if (tier != -1 && event.start() != -1 && event.end() != -1) {
                int found = containers.get(tier).find(event.start(), event.end());
                if (found != -1) parent = Optional.of(said.get(tier).get(found));
            }
            segments.add(new Segment(event.tier(), span(event), event.text(), parent, event.place()));
        }
        return segments;
    }

    private Optional<Span> span(Event event) {
        if (event.start() == -1 || event.end() == -1) return Optional.empty();
        boolean derived = timeline.isDerived(event.start()) || timeline.isDerived(event.end());
        return Times.span(timeline.time(event.start()), timeline.time(event.end()), derived, event.place(), warnings);
    }
}
