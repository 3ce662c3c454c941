package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a lexicon says of one word: the fields of LIFT 0.13.
 *
 * @param liftId the entry's id as the file has it
 * @param dateDeleted not empty for one that was deleted where the file comes from
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Entry(
        String liftId,
        String guid,
        String order,
        String dateDeleted,
        Multitext lexicalUnit,
        Multitext citation,
        List<Pronunciation> pronunciations,
        List<Variant> variants,
        List<Sense> senses,
        List<Note> notes,
        List<Relation> relations,
        List<Etymology> etymologies,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Entry {
        liftId = liftId == null ? "" : liftId;
        guid = guid == null ? "" : guid;
        order = order == null ? "" : order;
        dateDeleted = dateDeleted == null ? "" : dateDeleted;
        lexicalUnit = lexicalUnit == null ? Multitext.EMPTY : lexicalUnit;
        citation = citation == null ? Multitext.EMPTY : citation;
        pronunciations = pronunciations == null ? List.of() : List.copyOf(pronunciations);
        variants = variants == null ? List.of() : List.copyOf(variants);
        senses = senses == null ? List.of() : List.copyOf(senses);
        notes = notes == null ? List.of() : List.copyOf(notes);
        relations = relations == null ? List.of() : List.copyOf(relations);
        etymologies = etymologies == null ? List.of() : List.copyOf(etymologies);
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
