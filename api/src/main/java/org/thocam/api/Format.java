package org.thocam.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;

/** The ways an item can be written, chosen by {@code Accept}, {@code ?format=} or a file ending: all three are equal. */
enum Format {
    JSON("json", "application", "json"),
    JSON_LD("jsonld", "application", "ld+json"),
    TURTLE("ttl", "text", "turtle"),
    N_TRIPLES("nt", "application", "n-triples"),
    RDF_XML("rdf", "application", "rdf+xml");

    final String ending;
    final MediaType mediaType;

    Format(String ending, String type, String subtype) {
        this.ending = ending;
        this.mediaType = new MediaType(type, subtype, "UTF-8");
    }

    /** The part that the format has in an entity tag. */
    String tag() {
        return this == JSON ? "" : ending;
    }

    boolean isJson() {
        return this == JSON || this == JSON_LD;
    }

    static Optional<Format> ofEnding(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.ending.equals(ending))
                .findFirst();
    }

    private static Optional<Format> ofWord(String word) {
        var wanted = word.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "turtle" -> Optional.of(TURTLE);
            case "ntriples", "n-triples" -> Optional.of(N_TRIPLES);
            case "rdfxml", "xml" -> Optional.of(RDF_XML);
            case "json-ld" -> Optional.of(JSON_LD);
            default ->
                Arrays.stream(values())
                        .filter(format -> format.ending.equals(wanted)
                                || (format.mediaType.getType() + "/" + format.mediaType.getSubtype()).equals(wanted))
                        .findFirst();
        };
    }

    static Format chosen(Request request, Optional<Format> byEnding, String parameter) {
        if (byEnding.isPresent()) return byEnding.get();
        if (parameter != null) return ofWord(parameter).orElseThrow(() -> none("format '" + Shown.of(parameter) + "'"));
        List<Variant> variants = Arrays.stream(values())
                .map(format -> new Variant(
                        new MediaType(format.mediaType.getType(), format.mediaType.getSubtype()), (Locale) null, null))
                .toList();
        var variant = request.selectVariant(variants);
        if (variant == null) throw none("none of the formats in Accept");
        return values()[variants.indexOf(variant)];
    }

    private static RuntimeException none(String what) {
        var known = Arrays.stream(values())
                .map(format ->
                        format.ending + " (" + format.mediaType.getType() + "/" + format.mediaType.getSubtype() + ")")
                .collect(Collectors.joining(", "));
        return Problem.of(ProblemType.NOT_ACCEPTABLE, what + " can be given; there are: " + known)
                .thrown();
    }
}
