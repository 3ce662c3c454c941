package org.thocam.api;

import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.EntryTag;
import org.thocam.dictionary.KeptEntry;
import org.thocam.ontology.Shown;

/** The state that a change of an entry was made on. RFC 9110, section 13.1.1; RFC 6585, section 3. */
final class EntryConditions {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    private EntryConditions() {}

    /** @throws ProblemException 428 without one, 412 where it names no state that an edit can be made on */
    static EntryTag on(String ifMatch, KeptEntry now) {
        if (ifMatch == null || ifMatch.isBlank())
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "entry '" + now.id() + "' exists: read it, then send its ETag as If-Match")
                    .thrown();
        if (ifMatch.strip().equals("*")) {
            if (now.deleted())
                throw stale(now, "entry '" + now.id() + "' was deleted; If-Match: * is for one that is there");
            return now.tag();
        }
        Optional<EntryTag> first = Optional.empty();
        var found = TAG.matcher(ifMatch);
        while (found.find()) {
            if (found.group(1) != null) continue;
            var text = found.group(2).replaceFirst("--gzip$", "").replaceFirst("\\.lift$", "");
            if (text.endsWith(ShownEntry.PUBLISHED))
                throw stale(
                        now,
                        "\"" + Shown.of(text) + "\" is what readers see of entry '" + now.id()
                                + "'; an edit is made on the working text: read it with view=working");
            var tag = EntryTag.parsed(text);
            if (tag.filter(now.tag()::equals).isPresent()) return now.tag();
            if (first.isEmpty()) first = tag;
        }
        return first.orElseThrow(() -> stale(
                now,
                "entry '" + now.id() + "' is now \"" + now.tag() + "\", If-Match says " + Shown.of(ifMatch)
                        + ": want the strong ETag that a GET gave"));
    }

    static ProblemException stale(KeptEntry now, String detail) {
        return Problem.of(ProblemType.PRECONDITION_FAILED, detail)
                .with("ETag", '"' + now.tag().toString() + '"')
                .thrown();
    }
}
