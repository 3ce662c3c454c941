package org.thocam.ontology;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may see which part of an item, by its access and by the consents on it: the strictest of them. Every door asks here. */
public record Rights(Item item) {
    private static final Access NOBODY = new Access.Restricted(List.of());

    /** To one of its files, whole: the strictest of all that it holds. */
    public Access to(Bitstream file) {
        var access = item.access();
        for (var consent : item.consents()) {
            if (isForm(consent, file.name())) return NOBODY;
            if (!consent.concerns(file)) continue;
            access = access.and(consent.allows());
            // a recording has a voice and no name
            if (consent.hides() && !file.mediaType().matches("(?:audio|video)/.*")) access = NOBODY;
        }
        return access;
    }

    /** Whether fewer may see the file than the item. */
    public boolean isNarrower(Bitstream file) {
        return !to(file).equals(item.access());
    }

    /**
     * To a piece of a file.
     *
     * @param speaker as the file names them; empty where it does not say
     * @param start in milliseconds; empty where the piece has no time
     */
    public Access to(String file, String tier, String speaker, Optional<Long> start, Optional<Long> end) {
        var access = item.access();
        for (var consent : item.consents()) {
            if (isForm(consent, file)) return NOBODY;
            if (consent.concerns(file, tier, speaker, start, end)) access = access.and(consent.allows());
        }
        return access;
    }

    /** The form itself, or what is inside it. */
    private static boolean isForm(Consent consent, String file) {
        var form = consent.form();
        return !form.isEmpty() && (file.equals(form) || file.startsWith(form + "!/"));
    }

    /** What everybody is to call a speaker. */
    public String shown(String speaker) {
        for (var consent : item.consents())
            if (consent.hides() && !speaker.isBlank() && consent.names(speaker)) return consent.pseudonym();
        return speaker;
    }

    /** A tier's name, which often has the speaker's in it, as {@code tx@Ama}. */
    public String shownTier(String tier) {
        var shown = tier;
        for (var consent : item.consents())
            if (consent.hides())
                for (var name : consent.called())
                    if (!name.isBlank())
                        shown = Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                                .matcher(shown)
                                .replaceAll(Matcher.quoteReplacement(consent.pseudonym()));
        return shown;
    }

    /** The item as a viewer sees it: without the files that are not theirs to see, and without what is said of persons. */
    public Item seenBy(Viewer viewer, java.time.Instant now) {
        if (viewer.seesAll() || item.consents().isEmpty()) return item;
        var files = item.files().stream()
                .filter(file -> to(file).allows(viewer, now))
                .toList();
        return item.withFiles(files).withConsents(List.of());
    }
}
