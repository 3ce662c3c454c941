package org.thocam.ontology.linking.find;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Containment;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;
import org.thocam.ontology.entity.Register;

/**
 * Finds entities of a register by name, in every script and spelling, and by what is said of them. Cannot be changed; any number of
 * threads may use it.
 */
public final class EntitySearch {
    private static final int MOST_HITS = 1_000;
    private static final double CLEARLY = 10;

    private final Register register;
    private final Containment containment;
    /** In the order of ids. */
    private final List<Named> entities;

    private record Named(Entity entity, List<Known> names) {}

    /** @param shown the name itself, or the label where it must not be shown */
    private record Known(Comparison.Known spelled, Name.Use use, String shown) {}

    private EntitySearch(Register register) {
        this.register = register;
        this.containment = Containment.of(register);
        this.entities = register.all().stream()
                .sorted(Comparator.comparing(Entity::id))
                .map(EntitySearch::named)
                .toList();
    }

    public static EntitySearch of(Register register) {
        return new EntitySearch(register);
    }

    private static Named named(Entity entity) {
        var names = entity.names();
        var dated = new HashSet<String>();
        for (var name : names)
            if (name.use() == Name.Use.DATED) {
                dated.add(Spelled.exactly(name.text()));
                dated.add(Spelled.of(name.text()).folded());
            }
        var known = new LinkedHashMap<String, Known>();
        for (var name : names) {
            var spelled = Comparison.Known.of(name.text());
            boolean shown = shown(name, spelled.spelled(), dated);
            known.putIfAbsent(name.text(), new Known(spelled, name.use(), shown ? name.text() : entity.label()));
        }
        return new Named(entity, List.copyOf(known.values()));
    }

    /** A dated name may stand among the others too, with its marks or without. What a people calls itself may differ from it in a mark. */
    private static boolean shown(Name name, Spelled spelled, Set<String> dated) {
        return switch (name.use()) {
            case LABEL -> true;
            case AUTONYM -> !dated.contains(spelled.exact());
            case OTHER, SUBGROUP -> !dated.contains(spelled.exact()) && !dated.contains(spelled.folded());
            case DATED -> false;
        };
    }

    /**
     * The best hits first; among equals, and where no name is asked for, in the order of ids. Names that are only nearly what was typed
     * count where no other is found.
     */
    public List<Hit> find(EntityQuery query) {
        return hits(query).stream().skip(query.offset()).limit(query.size()).toList();
    }

    /** How many {@link #find} has on all pages. */
    public int count(EntityQuery query) {
        return hits(query).size();
    }

    private List<Hit> hits(EntityQuery query) {
        var filter = filter(query);
        var passing =
                entities.stream().filter(named -> filter.test(named.entity)).toList();
        return query.text().isEmpty()
                ? passing.stream()
                        .map(named -> new Hit(named.entity, 0, named.entity.label(), false))
                        .toList()
                : matching(passing, new Comparison(query.text()), false);
    }

    /**
     * What somebody who typed this may be about to type: names that begin with it first, the shorter the better, then names that have
     * it in them.
     *
     * @param kinds empty for all
     */
    public List<Hit> suggest(String prefix, Set<EntityKind> kinds, int size) {
        var text = EntityQuery.bounded(prefix);
        if (text.isEmpty()) return List.of();
        return matching(of(kinds), new Comparison(text), false).stream()
                .limit(Math.max(0, Math.min(size, MOST_HITS)))
                .toList();
    }

    private List<Named> of(Set<EntityKind> kinds) {
        return entities.stream()
                .filter(named -> kinds.isEmpty() || kinds.contains(named.entity.kind()))
                .toList();
    }

    /** @param loosely whether names that are nearly what was typed count beside those that are */
    private static List<Hit> matching(List<Named> among, Comparison typed, boolean loosely) {
        var hits = new ArrayList<Hit>();
        for (var named : among)
            best(named, known -> typed.quality(known.spelled, named.entity.kind()))
                    .ifPresent(hits::add);
        if (hits.isEmpty() || loosely) {
            var found = new HashSet<String>();
            for (var hit : hits) found.add(hit.entity().id());
            for (var named : among)
                if (!found.contains(named.entity.id()))
                    best(named, known -> typed.mistyped(known.spelled)).ifPresent(hits::add);
        }
        hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(hit -> hit.entity()
                .id()));
        return hits;
    }

    private static Optional<Hit> best(Named named, ToDoubleFunction<Known> quality) {
        Hit best = null;
        for (var known : named.names) {
            double matched = quality.applyAsDouble(known);
            if (matched <= 0) continue;
            double score = Math.round((matched - lost(known.use)) * 10) / 10.0;
            if (best == null || score > best.score())
                best = new Hit(named.entity, score, known.shown, matched == Comparison.SAME);
        }
        return Optional.ofNullable(best);
    }

    /** What a name is short of a label's score: less than between two ways of matching. */
    private static double lost(Name.Use use) {
        return switch (use) {
            case LABEL -> 0;
            case AUTONYM -> 1;
            case OTHER -> 2;
            case SUBGROUP -> 4;
            case DATED -> 6;
        };
    }

    private Predicate<Entity> filter(EntityQuery query) {
        Predicate<Entity> filter =
                entity -> query.kinds().isEmpty() || query.kinds().contains(entity.kind());
        for (var other : Stream.of(query.people(), query.language(), query.script())
                .flatMap(Optional::stream)
                .toList()) {
            var related = related(other);
            filter = filter.and(entity -> related.contains(entity.id()));
        }
        if (query.place().isPresent()) {
            var place = query.place().get();
            var places = new HashSet<>(containment.within(place));
            filter = filter.and(entity -> entity.kind() == EntityKind.PLACE
                    ? places.contains(entity.id())
                    : targets(entity, EntityKind.PLACE).anyMatch(id -> id.equals(place) || places.contains(id)));
        }
        for (var where : query.where().entrySet()) filter = filter.and(has(where.getKey(), where.getValue()));
        if (query.bbox().isPresent()) {
            var box = query.bbox().get();
            filter = filter.and(entity -> entity.point().filter(box::holds).isPresent());
        }
        if (query.near().isPresent()) {
            var near = query.near().get();
            filter = filter.and(entity -> entity.point()
                    .filter(point -> point.kmTo(near.point()) <= near.km())
                    .isPresent());
        }
        return filter;
    }

    /** What names it, and what it names. */
    private Set<String> related(String id) {
        var related = new HashSet<String>();
        for (var pointer : register.pointingTo(id)) related.add(pointer.from().id());
        register.find(id)
                .ifPresent(entity -> targets(entity, EntityKind.values()).forEach(related::add));
        return related;
    }

    private static Stream<String> targets(Entity entity, EntityKind... kinds) {
        var wanted = Set.of(kinds);
        return entity.kind().columns().stream()
                .filter(Column::points)
                .flatMap(column -> entity.list(column.name()).stream())
                .filter(id -> EntityKind.ofId(id).filter(wanted::contains).isPresent());
    }

    private static Predicate<Entity> has(String column, String value) {
        var wanted = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
        return entity -> entity.text(column).equals(wanted)
                || entity.kind().columns().stream()
                        .anyMatch(one -> one.name().equals(column)
                                && one.many()
                                && entity.list(column).contains(wanted));
    }

    /**
     * What a cell of somebody's table may mean, the best first. What the row says besides raises a candidate that agrees and lowers
     * one that does not; what our tables do not say does neither.
     *
     * @param kind of what is meant, if it is known
     * @param properties columns with what the row says: a text, a name of what an id stands for, or an id
     * @param limit at most 1,000
     * @throws IllegalArgumentException if a column is in none of the tables, or a text is longer than 500 characters
     */
    public List<Candidate> reconcile(
            String query, Optional<EntityKind> kind, Map<String, String> properties, int limit) {
        var kinds = kind.map(Set::of).orElse(Set.of());
        for (var column : properties.keySet()) EntityQuery.known(column, kinds);
        var typed = new Comparison(EntityQuery.bounded(query));
        if (typed.empty()) return List.of();
        var said = new HashMap<String, Said>();
        properties.forEach((column, value) -> {
            if (!value.isBlank()) said.put(column, new Said(EntityQuery.bounded(value), this));
        });
        var hits = matching(of(kinds), typed, true).stream()
                .map(hit -> new Hit(hit.entity(), weighed(hit, said), hit.name(), sameLabel(hit)))
                .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(hit -> hit.entity()
                        .id()))
                .toList();
        boolean clear = !hits.isEmpty()
                && hits.get(0).exact()
                && (hits.size() == 1 || hits.get(0).score() - hits.get(1).score() > CLEARLY)
                && said.entrySet().stream()
                        .noneMatch(one -> one.getValue().agrees(hits.get(0).entity(), one.getKey()) < 0);
        var candidates = new ArrayList<Candidate>();
        for (var hit : hits.subList(0, Math.max(0, Math.min(Math.min(limit, MOST_HITS), hits.size()))))
            candidates.add(new Candidate(hit.entity(), hit.score(), hit.name(), clear && candidates.isEmpty()));
        return List.copyOf(candidates);
    }

    private static boolean sameLabel(Hit hit) {
        return hit.exact() && hit.score() == Comparison.SAME;
    }

    private static double weighed(Hit hit, Map<String, Said> said) {
        double agreement = 0;
        for (var one : said.entrySet()) agreement += one.getValue().agrees(hit.entity(), one.getKey());
        if (agreement == 0) return hit.score();
        double part = agreement / said.size();
        double score = part > 0
                ? hit.score() + (Comparison.SAME - hit.score()) * part / 2
                : hit.score() + hit.score() * part / 2;
        return Math.round(score * 10) / 10.0;
    }

    /** What a row of somebody's table says in one of its columns. */
    private static final class Said {
        private final String value;
        private final String folded;
        private final Set<String> meant = new HashSet<>();

        private Said(String value, EntitySearch search) {
            this.value = Normalizer.normalize(value, Normalizer.Form.NFC);
            this.folded = Spelled.of(value).folded();
            for (var hit : matching(search.entities, new Comparison(value), false)) {
                if (hit.score() < FOLDED_NAME) break;
                meant.add(hit.entity().id());
            }
            search.register.find(value).ifPresent(entity -> meant.add(entity.id()));
            for (var id : List.copyOf(meant)) if (id.startsWith("P")) meant.addAll(search.containment.within(id));
        }

        private static final double FOLDED_NAME = 75;

        /** 1 if the entity says the same, -1 if it says something else, 0 if it says nothing. */
        private int agrees(Entity entity, String column) {
            if (entity.text(column).isEmpty()) return 0;
            var found = entity.kind().columns().stream()
                    .filter(one -> one.name().equals(column))
                    .findFirst();
            if (found.isEmpty()) return 0;
            var members = found.get().many() ? entity.list(column) : List.of(entity.text(column));
            for (var member : members)
                if (member.equals(value)
                        || found.get().points() && meant.contains(member)
                        || !found.get().points() && Spelled.of(member).folded().equals(folded)) return 1;
            return -1;
        }
    }
}
