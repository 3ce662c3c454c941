package org.thocam.index.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchRequest.Sort;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.Consent;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Place;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;

/** Items and questions for the tests, and the real node they are asked of. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private Samples() {}

    /** The node's jars as {@code ./mvnw package -pl index/node} leaves them. */
    static Path lib() {
        var lib = Path.of(System.getProperty("thocam.solr.lib", "../node/target/lib-solr"));
        if (!Files.isDirectory(lib))
            throw new IllegalStateException("no Solr node in " + lib.toAbsolutePath()
                    + ": run ./mvnw install -DskipTests -pl index/analysis,index/node first");
        return lib;
    }

    static SearchNode node(Path home) {
        return SearchNode.start(SearchNode.Settings.of(home, lib()));
    }

    static Sample item(String id) {
        return new Sample(id);
    }

    static Snapshot withdrawn(String id, long version) {
        var tombstone = new Tombstone(new ItemId(id), List.of(), "");
        return new Snapshot(change(id, version, Change.Kind.WITHDRAWN, Access.OPEN), tombstone, "");
    }

    private static Change change(String id, long version, Change.Kind kind, Access access) {
        return new Change(version, new ItemId(id), new Version(version), kind, NOW, access, List.of(), "");
    }

    static Question ask(String q) {
        return new Question(q);
    }

    static List<String> ids(SearchResponse response) {
        return response.items().stream().map(hit -> hit.id().value()).toList();
    }

    /** A question in the making. */
    static final class Question {
        private final String q;
        private Map<Facet, List<String>> filters = Map.of();
        private Optional<SearchRequest.BoundingBox> box = Optional.empty();
        private Optional<SearchRequest.Near> near = Optional.empty();
        private Optional<String> from = Optional.empty();
        private Optional<String> to = Optional.empty();
        private List<Facet> facets = List.of();
        private Sort sort = Sort.RELEVANCE;
        private int size = 10;
        private Optional<String> cursor = Optional.empty();
        private boolean explain;

        private Question(String q) {
            this.q = q;
        }

        Question where(Facet facet, String... values) {
            filters = Map.of(facet, List.of(values));
            return this;
        }

        Question within(double west, double south, double east, double north) {
            box = Optional.of(new SearchRequest.BoundingBox(west, south, east, north));
            return this;
        }

        Question near(double lat, double lon, double km) {
            near = Optional.of(new SearchRequest.Near(lat, lon, km));
            return this;
        }

        Question between(String first, String last) {
            from = Optional.of(first).filter(text -> !text.isEmpty());
            to = Optional.of(last).filter(text -> !text.isEmpty());
            return this;
        }

        Question counting(Facet... those) {
            facets = List.of(those);
            return this;
        }

        Question by(Sort that) {
            sort = that;
            return this;
        }

        Question size(int most) {
            size = most;
            return this;
        }

        Question from(Optional<String> that) {
            cursor = that;
            return this;
        }

        Question explained() {
            explain = true;
            return this;
        }

        SearchRequest request() {
            return new SearchRequest(q, filters, box, near, from, to, facets, sort, size, cursor, explain, false);
        }

        SearchResponse of(SearchIndex index) {
            return of(index, Viewer.ANYBODY);
        }

        SearchResponse of(SearchIndex index, Viewer viewer) {
            return index.search(request(), viewer, NOW);
        }
    }

    /** An item in the making. */
    static final class Sample {
        private final String id;
        private String title = "Untitled";
        private String type = "Text";
        private List<LanguageTag> languages = List.of(new LanguageTag("vi"));
        private String description = "";
        private String date = "";
        private List<String> people = List.of();
        private Optional<Place> place = Optional.empty();
        private Access access = Access.OPEN;
        private List<String> sets = List.of();
        private String text = "";
        private List<Mention> mentions = List.of();
        private List<Bitstream> files = List.of();
        private List<Consent> consents = List.of();
        private long version = 1;

        private Sample(String id) {
            this.id = id;
        }

        Sample title(String that) {
            title = that;
            return this;
        }

        Sample in(String... tags) {
            var all = new ArrayList<LanguageTag>();
            for (var tag : tags) all.add(new LanguageTag(tag));
            languages = all;
            return this;
        }

        Sample type(String that) {
            type = that;
            return this;
        }

        Sample about(String that) {
            description = that;
            return this;
        }

        Sample date(String that) {
            date = that;
            return this;
        }

        Sample people(String... those) {
            people = List.of(those);
            return this;
        }

        Sample at(String name, Double lat, Double lon) {
            place = Optional.of(new Place(name, lat, lon));
            return this;
        }

        Sample access(Access that) {
            access = that;
            return this;
        }

        Sample sets(String... those) {
            sets = List.of(those);
            return this;
        }

        Sample text(String that) {
            text = that;
            return this;
        }

        /** Says of the first place of a surface in the text what it names. */
        Sample naming(String surface, String entity) {
            int start = text.codePointCount(0, text.indexOf(surface));
            int end = start + surface.codePointCount(0, surface.length());
            var all = new ArrayList<>(mentions);
            all.add(new Mention(Mention.TEXT, start, end, surface, entity, 0.9, List.of("name"), Mention.Review.FOUND));
            mentions = all;
            return this;
        }

        Sample files(Bitstream... those) {
            files = List.of(those);
            return this;
        }

        Sample consents(Consent... those) {
            consents = List.of(those);
            return this;
        }

        Sample version(long that) {
            version = that;
            return this;
        }

        Snapshot snapshot() {
            var described =
                    description.isEmpty() ? LanguageMap.EMPTY : LanguageMap.of(new LanguageTag("vi"), description);
            var item = new Item(
                    new ItemId(id),
                    LanguageMap.of(languages.get(0), title),
                    type,
                    languages,
                    described,
                    List.of(),
                    date,
                    people,
                    place,
                    "",
                    access,
                    sets,
                    List.of(),
                    List.of(),
                    "",
                    "");
            return new Snapshot(
                    change(id, version, Change.Kind.DEPOSITED, access),
                    item.withFiles(files).withConsents(consents),
                    text,
                    mentions);
        }
    }
}
