package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** What a reversal entry stands under. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReversalMain(Multitext forms, ReversalMain main, GrammaticalInfo grammaticalInfo) {
    public ReversalMain {
        forms = forms == null ? Multitext.EMPTY : forms;
    }
}
