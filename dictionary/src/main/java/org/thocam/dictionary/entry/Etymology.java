package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Where a word comes from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Etymology(
        String type,
        String source,
        Multitext forms,
        List<Gloss> glosses,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Etymology {
        type = type == null ? "" : type;
        source = source == null ? "" : source;
        forms = forms == null ? Multitext.EMPTY : forms;
        glosses = glosses == null ? List.of() : List.copyOf(glosses);
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
