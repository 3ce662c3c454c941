package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.thocam.ontology.Shown;

/**
 * Transcriber's .trs (trans-14.dtd). What is said stands between empty elements: a Sync begins the next stretch of time, which ends at the following
 * one or with the Turn, and where several speak, Who says which of them goes on. A tier is a speaker. A stretch without words is silence and no
 * segment; noises and comments (Event, Comment, Background) are about a place in the words and are not kept.
 */
final class TranscriberReader {
    private static final String ROOT = "Trans";

    /** Speakers of a table; more than any file has. */
    private static final int MOST_DECLARED = 10_000;

    private static final String NOBODY = "";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** What one speaker says up to the next Sync, whose time is not known yet. */
    private record Said(int tier, String text) {}

    private final Limits limits;
    private final Warnings warnings;
    private final XmlInput xml;
    private final Map<String, Map<String, String>> speakers = new HashMap<>();
    private final Map<String, Integer> tierNumbers = new LinkedHashMap<>();
    private final List<Tier> tiers = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Medium> media = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Said> said = new ArrayList<>();
    private String language = "";
    private boolean inTurn;
    private String[] turn = {};
    private long turnEnd;
    private long start;
    private String place = "";
    private int who;

    private TranscriberReader(XmlInput xml, Limits limits, Warnings warnings) {
        this.xml = xml;
        this.limits = limits;
        this.warnings = warnings;
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        var warnings = new Warnings(limits);
        try (var xml = XmlInput.open(in, ROOT, limits)) {
            var reader = new TranscriberReader(xml, limits, warnings);
            reader.root();
            reader.elements();
            return new Transcript(Format.TRANSCRIBER, reader.media, reader.tiers, reader.segments, warnings.list());
        }
    }

    private void root() {
        language = xml.value("xml:lang");
        var file = Medium.fileName(xml.value("audio_filename"));
        if (!file.isEmpty()) media.add(new Medium(file, "", 0));
    }

    private void elements() throws TranscriptException {
        for (int next = xml.next(); next != XMLStreamConstants.END_DOCUMENT; next = xml.next())
            switch (next) {
                case XMLStreamConstants.START_ELEMENT -> start(xml.name());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (xml.name().equals("Turn") && inTurn) endOfTurn();
                }
                case XMLStreamConstants.CHARACTERS -> {
                    if (inTurn) xml.appendTo(text, place);
                    else if (xml.isText()) warnings.once(xml.place(), "text outside of a Turn: left out");
                }
                default -> {
                    // comments and instructions
                }
            }
    }

    private void start(String name) throws TranscriptException {
        switch (name) {
            case "Speaker" -> speaker();
            case "Turn" -> {
                if (inTurn) {
                    warnings.add(xml.place(), "a Turn inside of a Turn: both are kept");
                    endOfTurn();
                }
                turn();
            }
            case "Sync" -> {
                if (inTurn) sync();
                else warnings.add(xml.place(), "a Sync outside of a Turn");
            }
            case "Who" -> {
                if (inTurn) who();
            }
            // the words on both sides of a noise are two
            case "Event", "Comment", "Background", "Vocal" -> {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ' ') text.append(' ');
            }
            case "Topics", "Topic", "Speakers", "Episode", "Section" -> {}
            default -> warnings.once(xml.place(), "an element that Transcriber does not have, " + Shown.of(name));
        }
    }

    private void speaker() throws TranscriptException {
        if (speakers.size() >= MOST_DECLARED)
            throw new TranscriptException(xml.place() + ": more than " + MOST_DECLARED + " speakers: not read");
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < xml.attributes(); i++) attributes.put(xml.attribute(i), xml.value(i));
        if (speakers.putIfAbsent(xml.value("id"), attributes) != null)
            warnings.add(xml.place(), "a second speaker " + Shown.of(xml.value("id")) + "; the first counts");
    }

    private void turn() {
        inTurn = true;
        place = xml.place();
        var ids = xml.value("speaker").strip();
        turn = ids.isEmpty() ? new String[] {NOBODY} : ids.split("\\s+");
        start = time("startTime");
        turnEnd = time("endTime");
        text.setLength(0);
        who = 0;
    }

    private long time(String attribute) {
        var told = xml.value(attribute);
        long time = Times.milliseconds(told);
        if (time == Times.NONE)
            warnings.add(xml.place(), attribute + " " + Shown.of(told) + " is no time of a recording; read as none");
        return time;
    }

    private void sync() throws TranscriptException {
        long time = time("time");
        endOfStretch(time);
        start = time;
        place = xml.place();
        who = 0;
    }

    private void who() throws TranscriptException {
        endOfWords();
        int number = 0;
        try {
            number = Integer.parseInt(xml.value("nb").strip());
        } catch (NumberFormatException e) {
            // told below
        }
        if (number < 1 || number > turn.length) {
            warnings.add(
                    xml.place(),
                    "Who nb " + Shown.of(xml.value("nb")) + ": want 1 to " + turn.length
                            + ", the speakers of the Turn; read as 1");
            number = 1;
        }
        who = number - 1;
    }

    private void endOfTurn() throws TranscriptException {
        endOfStretch(turnEnd);
        inTurn = false;
    }

    /** Words of one speaker are a text whose lines and blanks are one blank. */
    private void endOfWords() throws TranscriptException {
        var words = BLANKS.matcher(text.toString().strip()).replaceAll(" ");
        text.setLength(0);
        if (words.isEmpty()) return;
        if (segments.size() + said.size() >= limits.segments())
            throw new TranscriptException(place + ": more than " + limits.segments() + " segments: not read");
        said.add(new Said(tierOf(turn[who]), words));
    }

    private void endOfStretch(long end) throws TranscriptException {
        endOfWords();
        if (said.isEmpty()) return;
        var span = Times.span(start, end, false, place, warnings);
        for (var one : said) segments.add(new Segment(one.tier(), span, one.text(), Optional.empty(), place));
        said.clear();
    }

    private int tierOf(String id) throws TranscriptException {
        var known = tierNumbers.get(id);
        if (known != null) return known;
        if (tiers.size() >= limits.tiers())
            throw new TranscriptException(place + ": more than " + limits.tiers() + " speakers: not read");
        var attributes = speakers.getOrDefault(id, Map.of());
        if (attributes.isEmpty() && !id.equals(NOBODY))
            warnings.add(place, "speaker " + Shown.of(id) + " is not in the table of speakers");
        var name = attributes.getOrDefault("name", id);
        var others = new LinkedHashMap<>(attributes);
        others.remove("name");
        tiers.add(new Tier(name, Role.TRANSCRIPTION, Optional.empty(), name, language, others));
        tierNumbers.put(id, tiers.size() - 1);
        return tiers.size() - 1;
    }
}
