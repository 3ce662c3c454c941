package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Under what a sense stands in an index of another language.
 *
 * @param main null where it stands by itself
 * @param grammaticalInfo null where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Reversal(String type, Multitext forms, ReversalMain main, GrammaticalInfo grammaticalInfo) {
    public Reversal {
        type = type == null ? "" : type;
        forms = forms == null ? Multitext.EMPTY : forms;
    }
}
