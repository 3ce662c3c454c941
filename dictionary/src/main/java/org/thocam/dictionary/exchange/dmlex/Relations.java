package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.LanguageTags;
import org.thocam.dictionary.exchange.Reading;

/** What a file says beside its entries: its language, and which of them and their senses belong together. */
final class Relations implements DmLex.Parts {
    private final Map<String, List<ObjectNode>> byOwner = new HashMap<>();
    private final Map<String, String> above = new HashMap<>();
    private final List<Reading.Fault> faults = new ArrayList<>();
    private String translationLanguage = LanguageTags.UNDETERMINED;
    private String language = LanguageTags.UNDETERMINED;

    @Override
    public void language(String langCode) {
        language = langCode;
    }

    @Override
    public void relation(ObjectNode relation, long line) {
        var type = relation.path("type").asText();
        var members = relation.path("members");
        if (type.isEmpty() || members.size() < 2) {
            faults.add(new Reading.Fault(
                    "",
                    line,
                    "relation-members",
                    "want a relation with a type and two members, found type '" + type + "' and " + members.size()
                            + "; it was left out"));
            return;
        }
        for (var one : members)
            for (var other : members) {
                var role = one.path("role").asText();
                var otherRole = other.path("role").asText();
                if (one == other || role.equals(EntryWriter.TARGET)) continue;
                if (role.equals(EntryWriter.SUPERSENSE) && otherRole.equals(EntryWriter.SUBSENSE))
                    above.put(other.path("ref").asText(), one.path("ref").asText());
                else if (!role.equals(EntryWriter.SUBSENSE)) {
                    var made = Draft.begun();
                    // a role says more than the type: to a whole, the other is a part
                    made.put("type", otherRole.isEmpty() || otherRole.equals(EntryWriter.TARGET) ? type : otherRole);
                    made.put("ref", other.path("ref").asText());
                    if (other.has("obverseListingOrder"))
                        made.put("order", other.path("obverseListingOrder").asText());
                    byOwner.computeIfAbsent(one.path("ref").asText(), any -> new ArrayList<>())
                            .add(made);
                }
            }
    }

    String language() {
        return language;
    }

    @Override
    public void translationLanguage(String langCode) {
        translationLanguage = langCode;
    }

    String translationLanguage() {
        return translationLanguage;
    }

    List<ObjectNode> of(String id) {
        return byOwner.getOrDefault(id, List.of());
    }

    /** The sense that a sense stands under; empty where there is none. */
    String above(String sense) {
        return above.getOrDefault(sense, "");
    }

    List<Reading.Fault> faults() {
        return faults;
    }
}
