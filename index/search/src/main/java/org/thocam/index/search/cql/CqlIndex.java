package org.thocam.index.search.cql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked for, under the names that the context sets give it, and the fields of the index that answer. The first name is the
 * one that explain shows.
 */
public enum CqlIndex {
    SERVER_CHOICE(
            "What the search box searches",
            Kind.TEXT,
            "title_text^4 meta_text^2 text",
            "",
            "cql.serverChoice",
            "thocam.anywhere"),
    ANYWHERE(
            "Words anywhere in the description or the text",
            Kind.TEXT,
            Fields.ANYWHERE,
            "",
            "cql.anywhere",
            "cql.keywords",
            "cql.anyIndexes",
            "cql.allIndexes",
            "dc.any",
            "bath.any",
            "bath.keyword"),
    ALL_RECORDS("Everything, with the term 1", Kind.ALL, "", "", "cql.allRecords"),
    RESULT_SET("A result set; there are none", Kind.RESULT_SET, "", "", "cql.resultSetId"),

    TITLE(
            "Title",
            Kind.TEXT,
            "title_text alternative_text",
            "title_key",
            "dc.title",
            "bath.title",
            "bath.keyTitle",
            "bath.uniformTitle",
            "bath.properTitle"),
    CREATOR(
            "Author, singer, maker",
            Kind.TEXT,
            "creator_text",
            "creator_key",
            "dc.creator",
            "dc.author",
            "bath.author"),
    CONTRIBUTOR("Who else had a part in it", Kind.TEXT, "contributor_text", "contributor_key", "dc.contributor"),
    NAME(
            "Anybody who had a part in it",
            Kind.TEXT,
            "creator_text contributor_text",
            "",
            "bath.name",
            "bath.personalName",
            "bath.corporateName",
            "bath.conferenceName"),
    SUBJECT(
            "Subject, with the names of peoples",
            Kind.TEXT,
            "subject_text",
            "subject_key",
            "dc.subject",
            "bath.subject",
            "bath.topicalSubject",
            "bath.genreForm"),
    DESCRIPTION("Description", Kind.TEXT, "description_text", "", "dc.description", "bath.notes"),
    PUBLISHER("Publisher", Kind.TEXT, "publisher_text", "publisher_key", "dc.publisher", "bath.publisher"),
    DATE(
            "Date; a year is all its days",
            Kind.DATE,
            "",
            "year",
            "dc.date",
            "bath.publicationDate",
            "bath.dateOfPublication"),
    TYPE("DCMI type", Kind.CODE, "type", "type", "dc.type"),
    FORMAT("Media type of a file", Kind.CODE, "format", "format", "dc.format"),
    IDENTIFIER(
            "Identifier: ours, or one that its record gives",
            Kind.IDENTIFIER,
            "identifier",
            "identifier",
            "dc.identifier",
            "bath.standardIdentifier",
            "bath.isbn",
            "bath.issn"),
    LANGUAGE(
            "Language: BCP 47 or ISO 639-3",
            Kind.LANGUAGE,
            "language",
            "language",
            "dc.language",
            "thocam.language",
            "thocam.orthography",
            "bath.language"),
    COVERAGE("Place or period", Kind.TEXT, "coverage_text", "coverage_key", "dc.coverage", "bath.geographicName"),
    SOURCE("What it was taken from", Kind.TEXT, "source_text", "", "dc.source"),
    RELATION("What it is related to", Kind.TEXT, "relation_text", "", "dc.relation"),
    RIGHTS("Rights", Kind.TEXT, "rights_text", "", "dc.rights"),

    RECORD("Our identifier, or oai:DOMAIN: and it", Kind.RECORD, "id", "", "rec.identifier", "rec.id"),
    CHANGED("Day of the last change (UTC)", Kind.CHANGED, "changed", "", "rec.lastModificationDate"),

    PEOPLE("People: id of the official list or a name", Kind.PEOPLE, "people", "people", "thocam.people"),
    SCRIPT("Script: ISO 15924", Kind.SCRIPT, "script", "script", "thocam.script"),
    PROVINCE("Province: id or name, of the 34 or the 63", Kind.PROVINCE, "province", "province", "thocam.province"),
    SET("OAI-PMH set, with its sub-sets", Kind.CODE, "set", "set", "thocam.set"),
    EXACT("Words anywhere, with every tone and mark as typed", Kind.EXACT, Fields.ANYWHERE, "", "thocam.exact"),
    TEXT("Words in the text itself", Kind.TEXT, "text", "", "thocam.text");

    /** How a term of the index is understood. */
    public enum Kind {
        TEXT,
        EXACT,
        CODE,
        IDENTIFIER,
        LANGUAGE,
        PEOPLE,
        SCRIPT,
        PROVINCE,
        RECORD,
        DATE,
        CHANGED,
        ALL,
        RESULT_SET
    }

    private static final class Fields {
        static final String ANYWHERE =
                "title_text^4 meta_text^2 text alternative_text^4 creator_text^2 subject_text publisher_text contributor_text coverage_text";
    }

    /** Sets in which a name without a prefix is looked for, in this order. */
    private static final List<ContextSet> USUAL =
            List.of(ContextSet.DC, ContextSet.THOCAM, ContextSet.CQL, ContextSet.REC, ContextSet.BATH);

    private final String title;
    private final Kind kind;
    private final String fields;
    private final String listed;
    private final List<String> names;

    CqlIndex(String title, Kind kind, String fields, String listed, String... names) {
        this.title = title;
        this.kind = kind;
        this.fields = fields;
        this.listed = listed;
        this.names = List.of(names);
    }

    static Optional<CqlIndex> of(Optional<ContextSet> set, String base) {
        var sets = set.map(List::of).orElse(USUAL);
        return sets.stream()
                .flatMap(one -> Arrays.stream(values()).filter(index -> index.isNamed(one.prefix() + "." + base)))
                .findFirst();
    }

    private boolean isNamed(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }

    /** Fields with their weights. */
    public String fields() {
        return fields;
    }

    /** The field whose values a scan lists; empty where there is none. */
    public String listed() {
        return listed;
    }

    /** Whether the whole of a value can be asked for. */
    public boolean hasWholes() {
        return kind == Kind.TEXT && !listed.isEmpty();
    }

    /** All its names, each with the short name of its context set. */
    public List<String> names() {
        return names;
    }

    /** Whether a result can be put in its order. */
    public boolean sorts() {
        return this == TITLE || this == DATE || this == CHANGED || this == RECORD;
    }
}
