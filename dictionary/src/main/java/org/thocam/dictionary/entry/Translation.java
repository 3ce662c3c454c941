package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A translation of an example. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Translation(String type, Multitext forms) {
    public Translation {
        type = type == null ? "" : type;
        forms = forms == null ? Multitext.EMPTY : forms;
    }
}
