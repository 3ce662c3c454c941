package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Version;

/** Which files of an item a caller may have: one rule, for a file itself and for everything that is made of it. */
record GivenFiles(Library library, VisibleItems items, VisibleLexicons lexicons) {
    /** A file that the caller may have. */
    record Given(Visible of, Bitstream file) {
        ItemId id() {
            return of.item().id();
        }

        Version version() {
            return of.version();
        }
    }

    /** A file by name, or a problem: 404 for unknown and for hidden. */
    Given file(String id, String name, String version, HttpServletRequest request) {
        var found = item(id, version, request);
        return found.item().files().stream()
                .filter(file -> file.name().equals(name) && mayBeGiven(found.item(), name, request))
                .findFirst()
                .map(file -> new Given(found, file))
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "item " + found.item().id() + " has no file '" + Shown.of(name) + "'")
                        .thrown());
    }

    /** @param version null for the current one */
    Visible item(String text, String version, HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        return Optional.ofNullable(version)
                .map(number -> items.version(id, ItemResource.number(number), viewer))
                .orElseGet(() -> items.current(id, viewer));
    }

    /** A recording wants the speaker's consent, and the file of a lexicon may hold what is not published yet. */
    boolean mayBeGiven(Item item, String name, HttpServletRequest request) {
        return Lexicon.of(item).isEmpty()
                || library.lexicons().isForReaders(item.id(), name)
                || library.lexicons()
                        .shown(item.id())
                        .filter(shown -> lexicons.of(item.id().value(), request).mayEdit())
                        .isPresent();
    }
}
