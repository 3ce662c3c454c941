package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Shown;

/** Tiers, segments and warnings of one file while it is read, within {@link Limits}. */
final class Gathering {
    /** An attribute of a tier whose segments are the parts of another tier's: the words of a line. */
    static final String UNIT = "unit";

    private record Key(String name, String speaker, String language, Map<String, String> attributes) {}

    private final Format format;
    private final Limits limits;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Tier> tiers = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Medium> media = new ArrayList<>();

    Gathering(Format format, Limits limits) {
        this.format = format;
        this.limits = limits;
    }

    /** The number of the tier that has all of these, which is made where there is none yet; its role is that of the first time. */
    int tier(String name, Role role, String speaker, String language, Map<String, String> attributes)
            throws TranscriptException {
        var key = new Key(name, speaker, language, attributes);
        var known = numbers.get(key);
        if (known != null) return known;
        if (tiers.size() >= limits.tiers())
            throw new TranscriptException("more than " + limits.tiers()
                    + " tiers: not read. The one that is too many is '" + Shown.of(name) + "'");
        tiers.add(new Tier(bounded(name, "the name of a tier"), role, Optional.empty(), speaker, language, attributes));
        numbers.put(key, tiers.size() - 1);
        return tiers.size() - 1;
    }

    int add(int tier, Optional<Span> span, String text, Optional<Integer> parent, String place)
            throws TranscriptException {
        if (segments.size() >= limits.segments())
            throw new TranscriptException(place + ": more than " + limits.segments() + " segments: not read");
        segments.add(new Segment(tier, span, bounded(text, place), parent, place));
        return segments.size() - 1;
    }

    /** Says that segments of {@code tier} hang on those of {@code parent}; the first that is said of a tier holds. */
    void hang(int tier, int parent) {
        var of = tiers.get(tier);
        if (tier != parent && of.parent().isEmpty())
            tiers.set(
                    tier,
                    new Tier(of.name(), of.role(), Optional.of(parent), of.speaker(), of.language(), of.attributes()));
    }

    int size() {
        return segments.size();
    }

    int tierOf(int segment) {
        return segments.get(segment).tier();
    }

    Optional<Span> spanOf(int segment) {
        return segments.get(segment).span();
    }

    /** The stretch that a file names; one that runs backwards keeps its start alone. */
    Span span(long start, long end, String place) {
        if (end >= start) return new Span(start, end);
        warn(place + ": it ends at " + end + " ms, before it begins at " + start + " ms; it is kept as a point");
        return new Span(start, start, true);
    }

    void warn(String warning) {
        if (warnings.size() < limits.warnings()) warnings.add(warning);
    }

    void medium(Medium medium) throws TranscriptException {
        if (media.contains(medium)) return;
        if (media.size() >= limits.tiers())
            throw new TranscriptException("more than " + limits.tiers() + " recordings are named: not read");
        media.add(medium);
    }

    Transcript transcript() {
        return new Transcript(format, media, tiers, segments, warnings);
    }

    String bounded(String text, String place) throws TranscriptException {
        if (text.length() > limits.characters())
            throw new TranscriptException(
                    place + ": a text of " + text.length() + " characters: want at most " + limits.characters());
        return text;
    }

    /** Seconds with a decimal point in milliseconds, half up; empty where it is none or longer than any recording. */
    static Optional<Long> milliseconds(String seconds) {
        if (!seconds.matches("[0-9]{1,9}(\\.[0-9]{0,15})?")) return Optional.empty();
        return Optional.of(new java.math.BigDecimal(seconds.endsWith(".") ? seconds + "0" : seconds)
                .movePointRight(3)
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValue());
    }
}
