package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A remark on the element that it stands in, such as a flag with its date. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Annotation(String name, String value, String who, String when, Multitext forms) {
    public Annotation {
        name = name == null ? "" : name;
        value = value == null ? "" : value;
        who = who == null ? "" : who;
        when = when == null ? "" : when;
        forms = forms == null ? Multitext.EMPTY : forms;
    }
}
