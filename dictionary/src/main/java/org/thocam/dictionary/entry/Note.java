package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A note; an empty type is a general one. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Note(
        String type,
        Multitext forms,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Note {
        type = type == null ? "" : type;
        forms = forms == null ? Multitext.EMPTY : forms;
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
