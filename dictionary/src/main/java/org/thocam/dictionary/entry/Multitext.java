package org.thocam.dictionary.entry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One text in several orthographies or languages, in the order that they were given.
 *
 * @param forms by tag as the file has it: BCP 47 where all is well, such as {@code blt-Tavt} or {@code tww-fonipa}
 */
public record Multitext(@JsonValue Map<String, Form> forms) {
    public static final Multitext EMPTY = new Multitext(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Multitext {
        forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    }

    public static Multitext of(String tag, String text) {
        return new Multitext(Map.of(tag, new Form(text)));
    }

    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean isEmpty() {
        return forms.isEmpty();
    }

    public Optional<String> text(String tag) {
        return Optional.ofNullable(forms.get(tag)).map(Form::text);
    }

    /** The first text that is not blank; empty where there is none. */
    public String first() {
        return forms.values().stream()
                .map(Form::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }
}
