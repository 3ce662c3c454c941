package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Another form of the word: by dialect, spelling or inflection. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Variant(
        String ref,
        Multitext forms,
        List<Pronunciation> pronunciations,
        List<Relation> relations,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Variant {
        ref = ref == null ? "" : ref;
        forms = forms == null ? Multitext.EMPTY : forms;
        pronunciations = pronunciations == null ? List.of() : List.copyOf(pronunciations);
        relations = relations == null ? List.of() : List.copyOf(relations);
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
