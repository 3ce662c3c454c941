package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One meaning, with its subsenses to any depth.
 *
 * @param id as the file has it; empty where it has none
 * @param grammaticalInfo null where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Sense(
        String id,
        String order,
        GrammaticalInfo grammaticalInfo,
        List<Gloss> glosses,
        Multitext definition,
        List<Relation> relations,
        List<Note> notes,
        List<Example> examples,
        List<Reversal> reversals,
        List<Media> illustrations,
        List<Sense> subsenses,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Sense {
        id = id == null ? "" : id;
        order = order == null ? "" : order;
        glosses = glosses == null ? List.of() : List.copyOf(glosses);
        definition = definition == null ? Multitext.EMPTY : definition;
        relations = relations == null ? List.of() : List.copyOf(relations);
        notes = notes == null ? List.of() : List.copyOf(notes);
        examples = examples == null ? List.of() : List.copyOf(examples);
        reversals = reversals == null ? List.of() : List.copyOf(reversals);
        illustrations = illustrations == null ? List.of() : List.copyOf(illustrations);
        subsenses = subsenses == null ? List.of() : List.copyOf(subsenses);
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
