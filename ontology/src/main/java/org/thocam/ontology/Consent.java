package org.thocam.ontology;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody, or a community, agreed to of what is in an item: of a recording, a tier or a stretch of it. It only ever narrows: what may be seen
 * is the strictest of the item's access and of all consents that concern the place. Where a file does not say who speaks, the consent
 * of everybody who may be heard in it counts.
 *
 * @param person whose it is, or which community's; never shown but to those who see everything
 * @param speakers how transcripts call them; empty for the person's own name, and for everybody where no person is named
 * @param files names in the item, {@code *} for any letters; empty for all files
 * @param tiers by their names; empty for all, and for the recording itself
 * @param from milliseconds where the stretch that it is about begins; empty for all of it
 * @param to milliseconds where the stretch ends
 * @param purposes as written on the form, for people
 * @param given day; empty where it is not known
 * @param withdrawn since when it holds no more: only the administrator then sees what it is about
 * @param form name of the file in the item that holds it; nobody but the administrator gets it
 * @param pseudonym what the speaker is called to everybody else; empty for the name in the file
 */
public record Consent(
        String person,
        List<String> speakers,
        List<String> files,
        List<String> tiers,
        Optional<Long> from,
        Optional<Long> to,
        Access access,
        List<String> purposes,
        Optional<LocalDate> given,
        Optional<LocalDate> withdrawn,
        String form,
        String pseudonym) {
    private static final Pattern RECORDING = Pattern.compile("(?:audio|video|image)/.*");

    public Consent {
        speakers = List.copyOf(speakers);
        files = List.copyOf(files);
        tiers = List.copyOf(tiers);
        purposes = List.copyOf(purposes);
        if (from.orElse(0L) < 0 || to.isPresent() && to.get() <= from.orElse(0L))
            throw new IllegalArgumentException("consent of '" + Shown.of(person) + "' from " + from.orElse(0L) + " to "
                    + to.map(String::valueOf).orElse("the end")
                    + " ms: want 0 or more, the end behind the start");
    }

    /** What it allows today. */
    public Access allows() {
        return withdrawn.isPresent() ? new Access.Restricted(List.of()) : access;
    }

    /** Whether it is about this file of an item, as a whole: a recording is more than one of its tiers. */
    boolean concerns(Bitstream file) {
        return isOf(file.name())
                && (tiers.isEmpty() || !RECORDING.matcher(file.mediaType()).matches());
    }

    /**
     * Whether it is about a piece of a file.
     *
     * @param speaker as the file names them; empty where it does not say
     * @param start in milliseconds; empty where the piece has no time
     */
    boolean concerns(String file, String tier, String speaker, Optional<Long> start, Optional<Long> end) {
        boolean inTime = start.isEmpty()
                || end.orElse(start.get()) >= from.orElse(0L) && start.get() < to.orElse(Long.MAX_VALUE);
        return isOf(file)
                && (tiers.isEmpty() || tiers.stream().anyMatch(one -> same(one, tier)))
                && inTime
                && isOfSpeaker(speaker);
    }

    /** Whether the names in a file would say who that is whom others are to know by another name. */
    boolean hides() {
        return !pseudonym.isEmpty();
    }

    private boolean isOfSpeaker(String speaker) {
        return speaker.isBlank() || called().isEmpty() || called().stream().anyMatch(one -> same(one, speaker));
    }

    /** Whether that is the name of the speaker whose it is, and of nobody else. */
    boolean names(String speaker) {
        return called().stream().anyMatch(one -> same(one, speaker));
    }

    /** How files call the person. */
    List<String> called() {
        return speakers.isEmpty() && !person.isEmpty() ? List.of(person) : speakers;
    }

    /** What is inside a file is of that file. */
    private boolean isOf(String file) {
        if (files.isEmpty()) return true;
        for (int end = file.length(); end > 0; end = file.lastIndexOf("!/", end - 1)) {
            var one = file.substring(0, end);
            if (files.stream().anyMatch(pattern -> matches(pattern, one))) return true;
        }
        return false;
    }

    private static boolean matches(String pattern, String file) {
        if (pattern.indexOf('*') < 0) return same(pattern, file);
        var parts = Pattern.compile("\\*+")
                .splitAsStream(normal(pattern) + "\0")
                .map(part -> part.replace("\0", ""))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*?"));
        return Pattern.compile(parts, Pattern.DOTALL).matcher(normal(file)).matches();
    }

    private static boolean same(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static String normal(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
