package org.thocam.ontology.transcript;

import java.util.Map;
import java.util.Optional;

/**
 * A layer of annotation.
 *
 * @param name as the file has it, never made unique: two tiers of one TextGrid may be called the same
 * @param parent index of the tier that its segments hang on, in {@link Transcript#tiers}
 * @param speaker as the file names them, empty where it does not
 * @param language tag as the file has it, whatever its quality ({@code ctm-x-swadesh}); empty where it says none. An input method is no language
 * @param attributes whatever else the file says of the tier, by the file's own names, in its order
 */
public record Tier(
        String name,
        Role role,
        Optional<Integer> parent,
        String speaker,
        String language,
        Map<String, String> attributes) {
    public Tier {
        attributes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(attributes));
    }
}
