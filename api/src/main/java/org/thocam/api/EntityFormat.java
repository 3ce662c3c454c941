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

/** A way an entity can be written, chosen by {@code Accept}, {@code ?format=} or a file ending: all three are equal. */
enum EntityFormat {
    JSON("json", "application/json"),
    JSONLD("jsonld", "application/ld+json"),
    TTL("ttl", "text/turtle", "turtle"),
    NT("nt", "application/n-triples", "ntriples", "n-triples"),
    RDF("rdf", "application/rdf+xml", "rdfxml", "xml"),
    GEOJSON("geojson", "application/geo+json");

    final String ending;
    final String type;
    private final List<String> otherNames;

    EntityFormat(String ending, String type, String... otherNames) {
        this.ending = ending;
        this.type = type;
        this.otherNames = List.of(otherNames);
    }

    MediaType mediaType() {
        return MediaType.valueOf(type).withCharset("UTF-8");
    }

    static Optional<EntityFormat> ofEnding(String text) {
        return Arrays.stream(values())
                .filter(one -> text.endsWith("." + one.ending))
                .findFirst();
    }

    static EntityFormat chosen(
            Request request, Optional<EntityFormat> byEnding, String parameter, EntityFormat... among) {
        if (byEnding.isPresent()) return byEnding.get();
        if (parameter != null) {
            var wanted = parameter.strip().toLowerCase(Locale.ROOT);
            return Arrays.stream(among)
                    .filter(one ->
                            one.ending.equals(wanted) || one.type.equals(wanted) || one.otherNames.contains(wanted))
                    .findFirst()
                    .orElseThrow(() -> none("format '" + Shown.of(parameter) + "'", among));
        }
        var variants = Arrays.stream(among)
                .map(one -> new Variant(MediaType.valueOf(one.type), (Locale) null, null))
                .toList();
        var variant = request.selectVariant(variants);
        if (variant == null) throw none("none of the formats in Accept", among);
        return among[variants.indexOf(variant)];
    }

    private static RuntimeException none(String what, EntityFormat... among) {
        return Problem.of(
                        ProblemType.NOT_ACCEPTABLE,
                        what + " can be given; there are: "
                                + Arrays.stream(among)
                                        .map(one -> one.ending + " (" + one.type + ")")
                                        .collect(Collectors.joining(", ")))
                .thrown();
    }
}
