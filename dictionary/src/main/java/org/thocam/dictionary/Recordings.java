package org.thocam.dictionary;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Pronunciation;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.entry.Trait;

/**
 * The recordings that an entry names, and whether who speaks in them consented that everybody may hear them: the trait {@code consent} of the
 * pronunciation, or of the entry, says {@code yes}. Nothing said is no consent.
 */
final class Recordings {
    private static final String CONSENT = "consent";
    private static final Set<String> YES = Set.of("yes", "có");

    private final Map<String, Boolean> found = new HashMap<>();

    private Recordings() {}

    /** By the last segment of their names; the strictest counts. */
    static Map<String, Boolean> of(Entry entry) {
        var recordings = new Recordings();
        boolean whole = consent(entry.traits());
        recordings.spoken(entry.lexicalUnit(), whole);
        recordings.spoken(entry.citation(), whole);
        entry.pronunciations().forEach(one -> recordings.pronunciation(one, whole));
        entry.variants().forEach(variant -> {
            recordings.spoken(variant.forms(), whole);
            variant.pronunciations().forEach(one -> recordings.pronunciation(one, whole));
        });
        entry.senses().forEach(sense -> recordings.sense(sense, whole));
        return recordings.found;
    }

    private void pronunciation(Pronunciation one, boolean whole) {
        boolean consent =
                one.traits().stream().anyMatch(trait -> trait.name().equals(CONSENT)) ? consent(one.traits()) : whole;
        one.media().forEach(media -> add(media.href(), consent));
        spoken(one.forms(), consent);
    }

    private void sense(Sense sense, boolean whole) {
        spoken(sense.definition(), whole);
        sense.examples().forEach(example -> spoken(example.forms(), whole));
        sense.subsenses().forEach(subsense -> sense(subsense, whole));
    }

    private void spoken(Multitext forms, boolean consent) {
        forms.forms().forEach((tag, form) -> {
            if (Headword.audio(tag)) add(form.text(), consent);
        });
    }

    private void add(String href, boolean consent) {
        var name = href.replace('\\', '/');
        name = name.substring(name.lastIndexOf('/') + 1).strip();
        if (!name.isEmpty()) found.merge(name, consent, Boolean::logicalAnd);
    }

    private static boolean consent(List<Trait> traits) {
        return traits.stream()
                .anyMatch(trait -> trait.name().equals(CONSENT)
                        && YES.contains(trait.value().strip().toLowerCase(Locale.ROOT)));
    }
}
