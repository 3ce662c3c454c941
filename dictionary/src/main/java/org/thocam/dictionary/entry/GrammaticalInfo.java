package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Part of speech, with its traits. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GrammaticalInfo(String value, List<Trait> traits) {
    public GrammaticalInfo {
        value = value == null ? "" : value;
        traits = traits == null ? List.of() : List.copyOf(traits);
    }
}
