package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A file that belongs to an entry: a recording or a picture. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Media(String href, Multitext label) {
    public Media {
        href = href == null ? "" : href;
        label = label == null ? Multitext.EMPTY : label;
    }
}
