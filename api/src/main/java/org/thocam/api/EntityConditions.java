package org.thocam.api;

import java.util.regex.Pattern;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;

/** The state of an entity that a change was made on. RFC 9110, section 13.1.1; RFC 6585, section 3. */
final class EntityConditions {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    private EntityConditions() {}

    /** @throws ProblemException 428 without one, 412 where it names another state */
    static String on(String ifMatch, Entity now) {
        var tag = AuthorityFile.tag(now);
        if (ifMatch == null || ifMatch.isBlank())
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "entity " + now.id() + " exists: read it, then send its ETag as If-Match")
                    .thrown();
        if (ifMatch.strip().equals("*")) return tag;
        var found = TAG.matcher(ifMatch);
        while (found.find()) {
            if (found.group(1) != null) continue;
            var text = found.group(2).replaceFirst("--gzip$", "").replaceFirst("\\.[a-z]{2,7}$", "");
            if (text.equals(tag)) return tag;
        }
        throw stale(
                now,
                "entity " + now.id() + " is now \"" + tag + "\", If-Match says " + Shown.of(ifMatch)
                        + ". Read it again, then repeat the change.");
    }

    static ProblemException stale(Entity now, String detail) {
        return Problem.of(ProblemType.PRECONDITION_FAILED, detail)
                .with("ETag", '"' + AuthorityFile.tag(now) + '"')
                .thrown();
    }
}
