package org.thocam.dictionary;

import com.ibm.icu.text.Normalizer2;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final Pattern HEARD =
            Pattern.compile("(?i).*\\.(wav|mp3|ogg|oga|opus|flac|m4a|aac|wma|aif|aiff|webm|mp4|mov|avi|mkv)");
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
        var name = compared(href);
        if (!name.isEmpty()) found.merge(name, consent, Boolean::logicalAnd);
    }

    /** The last segment, as file systems and programs take it for the same: in one case and normal form. */
    static String compared(String href) {
        var name = href.replace('\\', '/');
        return Normalizer2.getNFCInstance()
                .normalize(name.substring(name.lastIndexOf('/') + 1).strip())
                .toLowerCase(Locale.ROOT);
    }

    /** Whether a file is one that somebody may be heard or seen in, by its ending. */
    static boolean is(String name) {
        return HEARD.matcher(name).matches();
    }

    private static boolean consent(List<Trait> traits) {
        return traits.stream()
                .anyMatch(trait -> trait.name().equals(CONSENT)
                        && YES.contains(trait.value().strip().toLowerCase(Locale.ROOT)));
    }
}
