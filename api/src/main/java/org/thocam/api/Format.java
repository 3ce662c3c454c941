package org.thocam.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.api.found.RecordFormat;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.formats.Crosswalks;

/**
 * A way an item can be written, chosen by {@code Accept}, {@code ?format=} or a file ending: all three are equal.
 *
 * @param other what writes it where it is a format of other libraries; empty for our JSON and for RDF
 */
record Format(String ending, MediaType mediaType, List<String> otherNames, Optional<RecordFormat> other) {
    private static final String JSON = "json";
    private static final List<Format> OURS = List.of(
            ours(JSON, "application", "json"),
            ours("jsonld", "application", "ld+json", "json-ld"),
            ours("ttl", "text", "turtle", "turtle"),
            ours("nt", "application", "n-triples", "ntriples", "n-triples"),
            ours("rdf", "application", "rdf+xml", "rdfxml", "xml"));

    private static Format ours(String ending, String type, String subtype, String... otherNames) {
        return new Format(
                ending, new MediaType(type, subtype, "UTF-8"), List.of(otherNames), Optional.<RecordFormat>empty());
    }

    private static Format of(RecordFormat format) {
        return new Format(
                format.name(),
                MediaType.valueOf(format.mediaType()).withCharset("UTF-8"),
                format.otherNames(),
                Optional.of(format));
    }

    /**
     * The part that the format has in an entity tag. What other libraries are told has other words after an embargo, and where a
     * crosswalk was changed, though the version is the same.
     */
    String tag(CatalogueRecord record) {
        if (other.isPresent())
            return ending + "-" + Crosswalks.edition() + "-"
                    + Long.toString(record.datestamp().getEpochSecond(), Character.MAX_RADIX);
        return ending.equals(JSON) ? "" : ending;
    }

    boolean isJson() {
        return ending.equals(JSON) || ending.equals("jsonld");
    }

    private String plainType() {
        return mediaType.getType() + "/" + mediaType.getSubtype();
    }

    private boolean isNamed(String word) {
        return ending.equals(word) || otherNames.contains(word) || plainType().equals(word);
    }

    /** All that there are, ours first: where two have a media type, Accept chooses the first. */
    record All(List<Format> formats) {
        static All with(List<RecordFormat> others) {
            return new All(Stream.concat(OURS.stream(), others.stream().map(Format::of))
                    .toList());
        }

        Optional<Format> ofEnding(String ending) {
            return formats.stream()
                    .filter(format -> format.ending.equals(ending))
                    .findFirst();
        }

        Format chosen(Request request, Optional<Format> byEnding, String parameter) {
            if (byEnding.isPresent()) return byEnding.get();
            if (parameter != null) {
                var wanted = parameter.strip().toLowerCase(Locale.ROOT);
                return formats.stream()
                        .filter(format -> format.isNamed(wanted))
                        .findFirst()
                        .orElseThrow(() -> none("format '" + Shown.of(parameter) + "'"));
            }
            var offered = new ArrayList<Format>();
            // application/xml is what browsers ask for, and means none of its formats
            for (var format : formats)
                if (!format.plainType().equals("application/xml")
                        && offered.stream().noneMatch(other -> other.plainType().equals(format.plainType())))
                    offered.add(format);
            var variants = offered.stream()
                    .map(format -> new Variant(
                            new MediaType(format.mediaType.getType(), format.mediaType.getSubtype()),
                            (Locale) null,
                            null))
                    .toList();
            var variant = request.selectVariant(variants);
            if (variant == null) throw none("none of the formats in Accept");
            return offered.get(variants.indexOf(variant));
        }

        private RuntimeException none(String what) {
            var known = formats.stream()
                    .map(format -> format.ending + " (" + format.plainType() + ")")
                    .collect(Collectors.joining(", "));
            return Problem.of(ProblemType.NOT_ACCEPTABLE, what + " can be given; there are: " + known)
                    .thrown();
        }
    }
}
