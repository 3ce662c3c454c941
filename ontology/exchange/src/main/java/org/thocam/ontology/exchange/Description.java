package org.thocam.ontology.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;

/**
 * What a record of another library says, in our terms, before it has an id of ours. The components are those of {@link Item}.
 *
 * @param identifiers as the record gives them: an ISBN, a DOI, a page
 * @param access who may see the thing, by the record's own statement; open where it has none
 */
public record Description(
        LanguageMap title,
        String type,
        List<LanguageTag> languages,
        LanguageMap description,
        List<String> creators,
        String date,
        List<String> people,
        Optional<Place> place,
        String rights,
        List<String> identifiers,
        List<Term> terms,
        Access access) {

    /** @param access whatever the record says of it: whoever takes it in decides, with {@link #access()} or without */
    public Item item(ItemId id, Access access, List<String> sets, String source) {
        return new Item(
                        id,
                        title,
                        type,
                        languages,
                        description,
                        creators,
                        date,
                        people,
                        place,
                        rights,
                        access,
                        sets,
                        List.of(),
                        identifiers,
                        source,
                        "")
                .withTerms(terms);
    }

    /** Collects what a record says in the order in which it says it; blank values are nothing. */
    public static final class Draft {
        private final Map<LanguageTag, String> title = new TreeMap<>();
        private final Map<LanguageTag, String> description = new TreeMap<>();
        private final Set<LanguageTag> languages = new LinkedHashSet<>();
        private final Set<String> creators = new LinkedHashSet<>();
        private final Set<String> people = new LinkedHashSet<>();
        private final Set<String> identifiers = new LinkedHashSet<>();
        private final Set<Term> terms = new LinkedHashSet<>();
        private String type = "";
        private String date = "";
        private String rights = "";
        private Place place;
        private Access access = Access.OPEN;

        /** The first title of a language is the title; each further one an alternative. */
        public Draft title(LanguageTag language, String text) {
            if (!text.isBlank() && title.putIfAbsent(language, text.strip()) != null)
                term("alternative", text, language, "");
            return this;
        }

        /** Descriptions of one language follow each other as paragraphs. */
        public Draft description(LanguageTag language, String text) {
            if (!text.isBlank())
                description.merge(
                        language, text.strip(), (first, more) -> first.equals(more) ? first : first + "\n\n" + more);
            return this;
        }

        public Draft language(LanguageTag language) {
            if (!language.undetermined()) languages.add(language);
            return this;
        }

        public Draft creator(String name) {
            if (!name.isBlank()) creators.add(name.strip());
            return this;
        }

        /** @param id of the official list, such as {@code EG03} */
        public Draft people(String id) {
            people.add(id);
            return this;
        }

        public Draft identifier(String identifier) {
            if (!identifier.isBlank()) identifiers.add(identifier.strip());
            return this;
        }

        /** The first counts; a further one is a term. */
        public Draft type(String text) {
            if (text.isBlank()) return this;
            if (type.isEmpty()) type = text.strip();
            else if (!type.equals(text.strip())) term("type", text, LanguageTag.UNDETERMINED, "");
            return this;
        }

        /** The first counts; a further one is when it was {@code issued}. */
        public Draft date(String text) {
            if (text.isBlank()) return this;
            if (date.isEmpty()) date = text.strip();
            else if (!date.equals(text.strip())) term("issued", text, LanguageTag.UNDETERMINED, "");
            return this;
        }

        public Draft rights(String text) {
            if (text.isBlank() || CatalogueRecord.statesNothing(text.strip())) return this;
            rights = rights.isEmpty() || rights.equals(text.strip()) ? text.strip() : rights + "\n" + text.strip();
            return this;
        }

        /** What one statement closes no other opens. */
        public Draft access(Access stated) {
            access = access.and(stated);
            return this;
        }

        /** The first counts; a further one is {@code spatial}. */
        public Draft place(Place where) {
            if (place == null) place = where;
            else if (!where.name().isBlank() && !where.name().equals(place.name()))
                term("spatial", where.name(), LanguageTag.UNDETERMINED, "");
            return this;
        }

        public Draft term(String name, String value, LanguageTag language, String qualifier) {
            if (!value.isBlank()) terms.add(new Term(name, value.strip(), language, qualifier));
            return this;
        }

        public boolean hasTitle() {
            return !title.isEmpty();
        }

        /** @throws UnreadableRecordException if there is no title */
        public Description done() {
            if (title.isEmpty()) throw new UnreadableRecordException("the record has no title: want one at least");
            return new Description(
                    new LanguageMap(title),
                    type,
                    new ArrayList<>(languages),
                    new LanguageMap(description),
                    new ArrayList<>(creators),
                    date,
                    new ArrayList<>(people),
                    Optional.ofNullable(place),
                    rights,
                    new ArrayList<>(identifiers),
                    new ArrayList<>(terms),
                    access);
        }
    }
}
