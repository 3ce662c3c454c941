package org.thocam.ontology.exchange.marc;

import java.util.Optional;
import org.thocam.ontology.LanguageTag;

/** A text as the main field has it, in Latin letters where there are any, and in its original script. */
interface Written {
    Text main();

    Optional<Text> original();

    /** @param alternative whether it is a term of the item, not its title in a language */
    record Title(Text main, Optional<Text> original, boolean alternative) implements Written {
        Title(Text main, Optional<Text> original) {
            this(main, original, false);
        }
    }

    record Name(Text main, Optional<Text> original, String role) implements Written {}

    /** A name in its original script stands beside one in Latin letters, where our tables can make one. */
    static Name name(String name, LanguageTag language, String role) {
        var text = new Text(language, name);
        if (Scripts.latin(name)) return new Name(text, Optional.empty(), role);
        return Scripts.inLatin(language, name)
                .map(latin -> new Name(new Text(Scripts.madeFrom(language), latin), Optional.of(text), role))
                .orElse(new Name(text, Optional.empty(), role));
    }
}
