package org.thocam.ontology.exchange.cite;

import java.util.Optional;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.reference.People;

/** What RIS and BibTeX have in common. */
final class Citation {
    /** Of one record. */
    static final int LONGEST = 1 << 20;

    private Citation() {}

    /** A language by its code or tag; in words it is told as a note. */
    static void language(Description.Draft draft, String text) {
        var tag = tag(text);
        if (tag.isPresent()) draft.language(tag.get());
        else draft.description(LanguageTag.UNDETERMINED, text);
    }

    private static Optional<LanguageTag> tag(String text) {
        try {
            var tag = new LanguageTag(text.strip().replace('_', '-'));
            return tag.language().length() <= 3 ? Optional.of(tag) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static void keyword(Description.Draft draft, String text) {
        People.named(text)
                .ifPresentOrElse(
                        known -> draft.people(known.id()),
                        () -> draft.term("subject", text, LanguageTag.UNDETERMINED, ""));
    }

    static void term(Description.Draft draft, String name, String text) {
        draft.term(name, text, LanguageTag.UNDETERMINED, "");
    }
}
