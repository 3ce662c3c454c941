package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A sentence that shows a sense at work.
 *
 * @param source where it was heard or read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Example(
        String source,
        Multitext forms,
        List<Translation> translations,
        List<Note> notes,
        List<Field> fields,
        List<Trait> traits,
        List<Annotation> annotations,
        String dateCreated,
        String dateModified) {
    public Example {
        source = source == null ? "" : source;
        forms = forms == null ? Multitext.EMPTY : forms;
        translations = translations == null ? List.of() : List.copyOf(translations);
        notes = notes == null ? List.of() : List.copyOf(notes);
        fields = fields == null ? List.of() : List.copyOf(fields);
        traits = traits == null ? List.of() : List.copyOf(traits);
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
        dateCreated = dateCreated == null ? "" : dateCreated;
        dateModified = dateModified == null ? "" : dateModified;
    }
}
