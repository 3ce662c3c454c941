package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Principal;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.EntryTag;
import org.thocam.dictionary.KeptEntry;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconSettings;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;

/** The dictionaries as one caller may see and change them. Whoever may not see a dictionary's item sees nothing of it. */
record VisibleLexicons(Library library, VisibleItems items) {

    /** A dictionary that the caller may see, and what else they may do with it. */
    record Visible(ShownLexicon shown, LexiconSettings settings, Optional<Principal> caller) {
        ItemId id() {
            return shown.id();
        }

        LanguageTag language() {
            return shown.language();
        }

        String agent() {
            return caller.orElseThrow().name();
        }

        boolean mayEdit() {
            return caller.filter(one -> may(one, Role.EDITOR, settings.mayEdit(one.name())))
                    .isPresent();
        }

        boolean mayReview() {
            return caller.filter(one -> may(one, Role.REVIEWER, settings.mayReview(one.name())))
                    .isPresent();
        }

        private static boolean may(Principal one, Role role, boolean named) {
            return one.role() == Role.ADMIN || one.role().mayDoAs(role) && named;
        }

        void needEditor() {
            if (!mayEdit()) throw lacking(Role.EDITOR, "editors");
        }

        void needReviewer() {
            if (!mayReview()) throw lacking(Role.REVIEWER, "reviewers");
        }

        private ProblemException lacking(Role role, String among) {
            if (caller.isEmpty())
                return Problem.of(ProblemType.UNAUTHORIZED, "this needs a token of role " + role.word() + " or above")
                        .with("WWW-Authenticate", "Bearer realm=\"thocam\"")
                        .thrown();
            if (!caller.get().role().mayDoAs(role))
                return Problem.of(
                                ProblemType.FORBIDDEN,
                                "this needs role " + role.word() + " or above; the token has role "
                                        + caller.get().role().word())
                        .thrown();
            return Problem.of(
                            ProblemType.FORBIDDEN,
                            "this is for the " + among + " of dictionary " + id() + ", and '" + Shown.of(agent())
                                    + "' is none of them; its reviewers name them at " + Addresses.dictionary(id())
                                    + "/settings")
                    .thrown();
        }

        /** The view that the caller asked for; what is worked on is for its editors. */
        View view(String word) {
            if (word == null || word.isBlank()) return mayEdit() ? View.WORKING : View.PUBLISHED;
            var view = SearchParameters.choice("view", word.strip(), View.class);
            if (view == View.WORKING) needEditor();
            return view;
        }

        /** The order that lists are in: a name that was set, or empty for that of the language. */
        String order(String asked) {
            if (asked == null) return settings.order();
            var name = asked.strip();
            if (!name.isEmpty() && !settings.orders().containsKey(name))
                throw Lists.bad(
                        "order",
                        asked,
                        settings.orders().isEmpty()
                                ? "nothing: dictionary " + id() + " has one order, that of its language"
                                : "one of " + settings.orders().keySet() + ", or nothing for that of the language");
            return name;
        }
    }

    /** 404 for what is hidden, unknown or no dictionary; 410 for what was withdrawn; 503 while its entries are being made. */
    Visible of(String text, HttpServletRequest request) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        if (Lexicon.of(items.current(id, Caller.viewer(request)).item()).isEmpty())
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "item " + id + " is no dictionary: it is not in the set '" + Lexicon.SET + "'")
                    .thrown();
        var store = library.lexicons();
        var shown = store.shown(id).orElseThrow(() -> notYet(id));
        return new Visible(shown, store.settings(id), Caller.of(request));
    }

    static ProblemException notYet(ItemId id) {
        return Problem.of(ProblemType.UNAVAILABLE, "the entries of dictionary " + id + " are being made")
                .with("Retry-After", "1")
                .thrown();
    }

    /** An entry, deleted or not. */
    KeptEntry entry(Visible lexicon, String text) {
        return library.lexicons().entry(lexicon.id(), entryId(lexicon, text)).orElseThrow(() -> absent(lexicon, text));
    }

    /** An entry as readers see it, whoever asks; 404 where they see none. */
    KeptEntry published(Visible lexicon, String text) {
        return entry(lexicon, text).asPublished().orElseThrow(() -> absent(lexicon, text));
    }

    static EntryId entryId(Visible lexicon, String text) {
        try {
            return new EntryId(text);
        } catch (IllegalArgumentException e) {
            throw absent(lexicon, text);
        }
    }

    static ProblemException absent(Visible lexicon, String entry) {
        return Problem.of(
                        ProblemType.NOT_FOUND, "dictionary " + lexicon.id() + " has no entry '" + Shown.of(entry) + "'")
                .thrown();
    }

    /** Whether the caller may see the file that a state of an entry is from: it may have been restricted then. */
    boolean allows(Visible lexicon, EntryTag tag, HttpServletRequest request) {
        if (tag.file().equals(lexicon.shown().file())) return true;
        return library.archive()
                .read(lexicon.id(), tag.file())
                .filter(then -> then.holding() instanceof Item item && items.allows(item, Caller.viewer(request)))
                .isPresent();
    }
}
