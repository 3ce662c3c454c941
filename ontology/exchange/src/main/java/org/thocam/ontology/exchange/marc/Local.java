package org.thocam.ontology.exchange.marc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.marc4j.marc.DataField;
import org.marc4j.marc.impl.DataFieldImpl;
import org.marc4j.marc.impl.SubfieldImpl;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;

/**
 * What we say in subfield $9, which MARC 21 leaves to local use: the language of a text ({@code lang:blt-Tavt}), the DCMI term that a
 * note is ({@code dcterms:conformsTo}), the qualifier of a term ({@code qualifier:OLAC}). Other systems pass it by, but not in headings:
 * there Koha keeps the number of the authority record in $9 and FOLIO its UUID, and FOLIO refuses a record with anything else in it. What
 * we say of a heading stands in a local field, 989, with the same $8 (MARC 21, Appendix A, type {@code u}).
 */
final class Local {
    /** Of those that we write, the ones that library systems put under authority control. */
    private static final Set<String> HEADINGS = Set.of("100", "648", "650", "651", "655", "700", "751");

    private static final String FIELD = "989";
    private static final String LANGUAGE = "lang:";
    private static final String TERM = "dcterms:";
    private static final String QUALIFIER = "qualifier:";

    private Local() {}

    /** @param locals what was moved so far; the local field of {@code heading} is added */
    static void moveFrom(DataField heading, List<DataField> locals) {
        var said = heading.getSubfields('9');
        if (said.isEmpty() || !HEADINGS.contains(heading.getTag())) return;
        var link = (locals.size() + 1) + "\\u";
        var local = new DataFieldImpl(FIELD, ' ', ' ');
        local.addSubfield(new SubfieldImpl('8', link));
        for (var subfield : List.copyOf(said)) {
            heading.removeSubfield(subfield);
            local.addSubfield(subfield);
        }
        heading.addSubfield(0, new SubfieldImpl('8', link));
        locals.add(local);
    }

    /** The fields as they were before {@link #moveFrom}. */
    static List<DataField> movedBack(List<DataField> fields) {
        var locals = new HashMap<String, DataField>();
        for (var field : fields)
            if (field.getTag().equals(FIELD) && field.getSubfield('8') != null)
                locals.putIfAbsent(field.getSubfield('8').getData(), field);
        if (locals.isEmpty()) return fields;
        var whole = new ArrayList<DataField>();
        for (var field : fields) {
            var link = field.getSubfield('8');
            var local = link == null ? null : locals.get(link.getData());
            if (field == local) continue;
            whole.add(local != null && HEADINGS.contains(field.getTag()) ? with(field, local) : field);
        }
        return whole;
    }

    private static DataField with(DataField heading, DataField local) {
        var both = new DataFieldImpl(heading.getTag(), heading.getIndicator1(), heading.getIndicator2());
        heading.getSubfields().forEach(both::addSubfield);
        local.getSubfields('9').forEach(both::addSubfield);
        return both;
    }

    static String language(LanguageTag tag) {
        return LANGUAGE + tag;
    }

    /** Null where the language is not known. */
    static String languageOrNull(LanguageTag tag) {
        return tag.value().equals("und") ? null : language(tag);
    }

    static String term(String name) {
        return TERM + name;
    }

    static String qualifierOrNull(String qualifier) {
        return qualifier.isEmpty() ? null : QUALIFIER + qualifier;
    }

    static Optional<LanguageTag> language(DataField field) {
        return value(field, LANGUAGE).flatMap(tag -> {
            try {
                return Optional.of(new LanguageTag(tag));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    static Optional<String> term(DataField field) {
        return value(field, TERM).filter(Term.NAMES::contains);
    }

    static String qualifier(DataField field) {
        return value(field, QUALIFIER).orElse("");
    }

    private static Optional<String> value(DataField field, String kind) {
        return field.getSubfields('9').stream()
                .map(sub -> sub.getData())
                .filter(text -> text != null && text.startsWith(kind))
                .map(text -> text.substring(kind.length()))
                .findFirst();
    }
}
