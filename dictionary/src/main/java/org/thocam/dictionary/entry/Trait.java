package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A value of a closed or open list, such as {@code morph-type} or {@code semantic-domain-ddp4}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Trait(String name, String value, List<Annotation> annotations) {
    public Trait {
        name = name == null ? "" : name;
        value = value == null ? "" : value;
        annotations = annotations == null ? List.of() : List.copyOf(annotations);
    }
}
