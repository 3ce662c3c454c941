package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A short translation; a sense may have several in one language.
 *
 * @param markup the text with its {@code <span>} elements; empty where there are none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Gloss(String lang, String text, String markup, List<Annotation> annotations) {
    public Gloss {
        lang = lang == null ? "" : lang;
        text = text == null ? "" : text;
        markup = markup == null ? "" : markup;
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
    }
}
