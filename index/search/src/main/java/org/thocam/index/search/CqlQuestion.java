package org.thocam.index.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.analysis.Folding;
import org.thocam.index.analysis.Term;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.cql.ContextSet;
import org.thocam.index.search.cql.Cql;
import org.thocam.index.search.cql.Cql.Clause;
import org.thocam.index.search.cql.Cql.Joined;
import org.thocam.index.search.cql.Cql.Modifier;
import org.thocam.index.search.cql.Cql.Operator;
import org.thocam.index.search.cql.Cql.Scoped;
import org.thocam.index.search.cql.CqlException;
import org.thocam.index.search.cql.CqlIndex;
import org.thocam.index.search.cql.CqlQuery;
import org.thocam.index.search.cql.CqlQuery.SortKey;
import org.thocam.index.search.cql.MaskedTerm;
import org.thocam.index.search.cql.Scope;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.reference.DcmiTypes;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;
import org.thocam.ontology.reference.Province;

/**
 * A CQL query in Solr's parameters. Callers' values stand in parameters of their own. What our index cannot do is refused with the
 * number of SRU 1.2's list of diagnostics; nothing is answered by a guess.
 */
final class CqlQuestion {
    /** Lucene takes 1024; a query of few clauses has many where its terms have many words or masks. */
    private static final int MOST_LEAVES = 900;

    private static final String NOTHING = "{!term f=id v=~nothing}";
    private static final Set<String> RELATIONS = Set.of(
            "", "=", "==", "<>", "<", ">", "<=", ">=", "any", "all", "exact", "within", "encloses", "adj", "scr");
    private static final Set<String> AS_ONE_LIKES = Set.of("", "=", "scr");
    private static final Set<String> WHOLE = Set.of("==", "exact");
    private static final Set<String> MODIFIERS = Set.of(
            "relevant",
            "word",
            "string",
            "masked",
            "unmasked",
            "ignorecase",
            "ignoreaccents",
            "respectaccents",
            "isodate");
    private static final Map<String, String> TWO_LETTERS = Arrays.stream(Locale.getISOLanguages())
            .filter(code -> code.length() == 2)
            .collect(Collectors.toMap(Language::code, code -> code, (first, second) -> first));

    private final ModifiableSolrParams params;
    private int values;
    private int leaves;

    private CqlQuestion(Viewer viewer, Instant now) {
        params = Question.seenBy(viewer, now);
    }

    static ModifiableSolrParams of(CqlQuery query, long start, int size, Viewer viewer, Instant now) {
        var question = new CqlQuestion(viewer, now);
        question.params.set("q", "{!lucene v=$cql}");
        question.params.set("cql", question.query(query.cql(), Scope.OUTERMOST));
        question.params.set("sort", sort(query));
        question.params.set("start", String.valueOf(start));
        question.params.set("rows", size);
        question.params.set("fl", "id");
        return question.params;
    }

    /** The values of a field in their order, from the one at {@code offset} on. */
    static ModifiableSolrParams terms(CqlIndex index, int offset, int size, Viewer viewer, Instant now) {
        var params = Question.seenBy(viewer, now);
        params.set("q", "*:*");
        params.set("facet", true);
        params.set("facet.field", index.listed());
        params.set("facet.sort", "index");
        params.set("facet.mincount", 1);
        params.set("facet.offset", offset);
        params.set("facet.limit", size);
        return params;
    }

    /** What a scan begins at. */
    record From(CqlIndex index, String term) {
        static From of(Cql clause) {
            var scope = Scope.OUTERMOST;
            var inner = clause;
            for (; inner instanceof Scoped scoped; inner = scoped.query())
                scope = scope.with(scoped.prefix(), scoped.uri());
            var asked = (Clause) inner;
            var index = scope.index(asked.index());
            relation(asked, scope);
            if (index.listed().isEmpty())
                throw new CqlException(
                        16, asked.index().isEmpty() ? index.names().get(0) : asked.index());
            var term = MaskedTerm.unmasked(asked.term().replaceAll("\\\\(.)", "$1"))
                    .letters();
            if (term.isEmpty()) return new From(index, "");
            return new From(
                    index,
                    switch (index.kind()) {
                        case TEXT -> CatalogueFields.key(term);
                        case IDENTIFIER -> CatalogueFields.identifier(term);
                        case PEOPLE -> People.named(term).map(People::id).orElse(term);
                        case PROVINCE ->
                            Province.namedIn(term).stream()
                                    .findFirst()
                                    .map(Province::id)
                                    .orElse(term);
                        case LANGUAGE -> language(term);
                        default -> term;
                    });
        }
    }

    /** A value of a field that has codes, with its name behind it as fields of whole values have. */
    static String shown(CqlIndex index, String value) {
        return switch (index.kind()) {
            case PEOPLE -> value + ItemDocument.UNIT + People.shown(value);
            case PROVINCE ->
                value
                        + ItemDocument.UNIT
                        + Province.ofId(value).map(Province::nameVi).orElse(value);
            case LANGUAGE -> value + ItemDocument.UNIT + Language.nameVi(value);
            default -> value;
        };
    }

    private String query(Cql cql, Scope scope) {
        if (cql instanceof Scoped scoped) return query(scoped.query(), scope.with(scoped.prefix(), scoped.uri()));
        if (cql instanceof Joined joined) return joined(joined, scope);
        return clause((Clause) cql, scope);
    }

    private String joined(Joined joined, Scope scope) {
        if (joined.operator() == Operator.PROX) throw new CqlException(39, "prox");
        if (!joined.modifiers().isEmpty())
            throw new CqlException(46, joined.modifiers().get(0).name());
        // a row of the same operator is one level, however long
        var row = new ArrayList<Cql>();
        Cql first = joined;
        for (;
                first instanceof Joined next
                        && next.operator() == joined.operator()
                        && next.modifiers().isEmpty();
                first = next.left()) row.add(0, next.right());
        var sign = joined.operator() == Operator.OR ? "" : "+";
        var later = joined.operator() == Operator.NOT ? "-" : sign;
        var all = new StringBuilder("(").append(sign).append(query(first, scope));
        for (var part : row) all.append(' ').append(later).append(query(part, scope));
        return all.append(')').toString();
    }

    private String clause(Clause clause, Scope scope) {
        var index = scope.index(clause.index());
        var relation = relation(clause, scope);
        var how = How.of(clause, scope);
        if (clause.term().isBlank()) throw new CqlException(27, clause.index());
        return new Asked(index, clause.index(), relation, clause.term(), how).translated();
    }

    private static String relation(Clause clause, Scope scope) {
        var written = clause.relation().name();
        if (written.isEmpty() || !Character.isLetter(written.charAt(0))) return written;
        return scope.common(written, ContextSet.CQL)
                .filter(RELATIONS::contains)
                .orElseThrow(() -> new CqlException(19, written));
    }

    /** The modifiers of a relation. CQL context set 1.2, "Relation Modifiers". */
    private record How(boolean masked, boolean exactly, boolean whole) {
        static How of(Clause clause, Scope scope) {
            var given = new HashSet<String>();
            for (var modifier : clause.relation().modifiers()) {
                var name = scope.common(modifier.name(), ContextSet.CQL)
                        .filter(MODIFIERS::contains)
                        .filter(known -> modifier.comparison().isEmpty())
                        .orElseThrow(() -> new CqlException(20, modifier.name()));
                given.add(name);
            }
            for (var pair : List.of(
                    List.of("masked", "unmasked"),
                    List.of("word", "string"),
                    List.of("ignoreaccents", "respectaccents")))
                if (given.containsAll(pair)) throw new CqlException(21, String.join(" ", pair));
            return new How(!given.contains("unmasked"), given.contains("respectaccents"), given.contains("string"));
        }
    }

    private final class Asked {
        private final CqlIndex index;
        private final String name;
        private final String relation;
        private final String raw;
        private final How how;

        Asked(CqlIndex index, String name, String relation, String raw, How how) {
            this.index = index;
            this.name = name;
            this.relation = relation;
            this.raw = raw;
            this.how = how;
        }

        String translated() {
            return switch (index.kind()) {
                case ALL -> everything();
                case RESULT_SET -> throw new CqlException(50, "");
                case TEXT -> text(how.exactly());
                case EXACT -> text(true);
                case DATE -> date();
                case CHANGED -> changed();
                default -> code();
            };
        }

        private CqlException cannot() {
            return new CqlException(22, (relation + " " + name).strip());
        }

        private MaskedTerm term() {
            var term = how.masked() ? MaskedTerm.of(raw) : MaskedTerm.unmasked(raw);
            if (term.words().isEmpty()) throw new CqlException(27, name);
            return term;
        }

        private String everything() {
            if (!AS_ONE_LIKES.contains(relation) && !WHOLE.contains(relation)) throw cannot();
            if (!raw.strip().equals("1")) throw new CqlException(24, raw);
            return "*:*";
        }

        private String text(boolean exactly) {
            var term = term();
            if (exactly && term.masked()) throw new CqlException(21, "respectAccents masked");
            boolean one = AS_ONE_LIKES.contains(relation);
            if (WHOLE.contains(relation) || one && how.whole() || one && term.atStart() && term.atEnd())
                return whole(term);
            if (relation.equals("<>") && index.hasWholes())
                return "(+" + index.listed() + ":[* TO *] -" + whole(term) + ")";
            if (term.anchored()) return anchored(term);
            if (one || relation.equals("all")) return words(term, exactly, "+");
            if (relation.equals("any")) return words(term, exactly, "");
            if (!relation.equals("adj")) throw cannot();
            if (term.masked()) throw new CqlException(33, raw);
            return plain('"' + unquoted(term.letters()) + '"', exactly);
        }

        private String words(MaskedTerm term, boolean exactly, String sign) {
            var clauses = new ArrayList<String>();
            var plain = new ArrayList<String>();
            for (var word : term.words())
                if (word.masked()) clauses.add(sign + masked(word));
                else plain.add(unquoted(word.pieces().get(0)));
            if (!plain.isEmpty() && !sign.isEmpty()) clauses.add(sign + plain(String.join(" ", plain), exactly));
            else for (var word : plain) clauses.add(plain(word, exactly));
            return "(" + String.join(" ", clauses) + ")";
        }

        /** As the search box takes words; of an exact question only what stands as it was typed. */
        private String plain(String typed, boolean exactly) {
            leaf();
            var words = "{!text v=$%s fields=$%s breadth=all strict=%s}"
                    .formatted(value(typed), value(index.fields()), exactly);
            if (!exactly) return words;
            var scored = value("query($" + value(words) + ")");
            return "(+" + words + " +{!frange l=" + Tier.EXACT.ordinal() + " cache=false v=$" + scored + "})";
        }

        /** In the forgiving tier: half a word has no tone that could be told. */
        private String masked(MaskedTerm.Word word) {
            var pattern = new StringBuilder();
            for (int i = 0; i < word.pieces().size(); i++) {
                pattern.append(literally(Folding.ofPhrase(word.pieces().get(i))));
                if (i < word.masks().length()) pattern.append(word.masks().charAt(i));
            }
            if (pattern.chars().allMatch(c -> c == '*' || c == '?')) throw new CqlException(29, "1");
            var here = value(pattern.append(Term.BETWEEN).append('*').toString());
            var clauses = new ArrayList<String>();
            for (var field : index.fields().split(" ")) {
                leaf();
                clauses.add("{!key how=pattern f=" + field.replaceFirst("\\^.*", "") + " v=$" + here + "}");
            }
            return "(" + String.join(" ", clauses) + ")";
        }

        private String whole(MaskedTerm term) {
            if (!index.hasWholes()) throw cannot();
            return beginning(key(term) + ItemDocument.UNIT);
        }

        private String key(MaskedTerm term) {
            if (term.masked()) throw new CqlException(28, raw.contains("*") ? "*" : "?");
            return CatalogueFields.key(term.letters());
        }

        private String anchored(MaskedTerm term) {
            if (!index.hasWholes() || !term.atStart()) throw new CqlException(31, "^");
            if (!AS_ONE_LIKES.contains(relation) && !relation.equals("adj")) throw new CqlException(34, raw);
            var key = key(term);
            return "(" + beginning(key + ItemDocument.UNIT) + " " + beginning(key + " ") + ")";
        }

        private String beginning(String key) {
            // without a word it is the beginning of everything, and meant as nothing
            if (key.length() < 2) return NOTHING;
            return "{!prefix f=" + index.listed() + " v=$" + value(key) + "}";
        }

        private String code() {
            var field = index.fields();
            return switch (relation) {
                case "", "=", "scr", "==", "exact" -> one(field, term().words(), raw);
                case "<>" -> "(+" + field + ":[* TO *] -" + one(field, term().words(), raw) + ")";
                case "any" -> each(field, "");
                case "all" -> each(field, "+");
                default -> throw cannot();
            };
        }

        private String each(String field, String sign) {
            return "("
                    + term().words().stream()
                            .map(word -> sign + one(field, List.of(word), String.join("", word.pieces())))
                            .collect(Collectors.joining(" "))
                    + ")";
        }

        private String one(String field, List<MaskedTerm.Word> words, String written) {
            leaf();
            var letters = new MaskedTerm(words, false, false);
            if (letters.masked()) {
                if (words.size() > 1) throw new CqlException(28, written);
                return "{!key how=pattern f=" + field + " v=$" + value(pattern(words.get(0))) + "}";
            }
            var clauses = new ArrayList<String>();
            for (var code : codes(letters.letters()))
                clauses.add("{!term f=" + field + " v=$" + value(ItemDocument.value(code)) + "}");
            return clauses.isEmpty() ? NOTHING : "(" + String.join(" ", clauses) + ")";
        }

        private String pattern(MaskedTerm.Word word) {
            var pattern = new StringBuilder();
            for (int i = 0; i < word.pieces().size(); i++) {
                var piece = word.pieces().get(i);
                pattern.append(
                        literally(index.kind() == CqlIndex.Kind.IDENTIFIER ? piece.toLowerCase(Locale.ROOT) : piece));
                if (i < word.masks().length()) pattern.append(word.masks().charAt(i));
            }
            return pattern.toString();
        }

        private Set<String> codes(String term) {
            return switch (index.kind()) {
                case PEOPLE ->
                    Set.of(People.named(term)
                            .map(People::id)
                            .orElse(People.ofId(term.toUpperCase(Locale.ROOT))
                                    .map(People::id)
                                    .orElse(term)));
                case PROVINCE ->
                    Province.ofId(term.toUpperCase(Locale.ROOT))
                            .map(province -> Set.of(province.id()))
                            .orElseGet(() -> Province.namedIn(term).stream()
                                    .map(Province::id)
                                    .collect(Collectors.toCollection(LinkedHashSet::new)));
                case LANGUAGE -> Set.of(language(term));
                case SCRIPT ->
                    Set.of(term.substring(0, 1).toUpperCase(Locale.ROOT)
                            + term.substring(1).toLowerCase(Locale.ROOT));
                case IDENTIFIER ->
                    new LinkedHashSet<>(List.of(CatalogueFields.identifier(term), term.toLowerCase(Locale.ROOT)));
                case RECORD -> Set.of(term.replaceFirst("^oai:[^:]+:", ""));
                default ->
                    Set.of(
                            index == CqlIndex.TYPE
                                    ? DcmiTypes.ALL.stream()
                                            .filter(term::equalsIgnoreCase)
                                            .findFirst()
                                            .orElse(term)
                                    : term);
            };
        }

        private String date() {
            if (relation.equals("within")) {
                var range = range();
                return "(+first_day:[%d TO *] +last_day:[* TO %d])"
                        .formatted(range.first().toEpochDay(), range.last().toEpochDay());
            }
            var date = oneDate(raw);
            long first = date.first().toEpochDay();
            long last = date.last().toEpochDay();
            return switch (relation) {
                case "", "=", "scr" -> "(+last_day:[%d TO *] +first_day:[* TO %d])".formatted(first, last);
                case "==", "exact" ->
                    "(+first_day:%d +last_day:%d)".formatted(first, last).replaceAll(":(-\\d+)", ":\\\\$1");
                case "<>" -> "(+first_day:[* TO *] -(+last_day:[%d TO *] +first_day:[* TO %d]))".formatted(first, last);
                case "<" -> "last_day:[* TO %d}".formatted(first);
                case "<=" -> "last_day:[* TO %d]".formatted(last);
                case ">" -> "first_day:{%d TO *]".formatted(last);
                case ">=" -> "first_day:[%d TO *]".formatted(first);
                case "encloses" -> "(+first_day:[* TO %d] +last_day:[%d TO *])".formatted(first, last);
                default -> throw cannot();
            };
        }

        private String changed() {
            if (relation.equals("within")) {
                var range = range();
                return changed("[" + micros(range.first()) + " TO "
                        + micros(range.last().plusDays(1)) + "}");
            }
            var date = oneDate(raw);
            var from = micros(date.first());
            var to = micros(date.last().plusDays(1));
            return switch (relation) {
                case "", "=", "==", "exact", "scr" -> changed("[" + from + " TO " + to + "}");
                case "<" -> changed("[* TO " + from + "}");
                case "<=" -> changed("[* TO " + to + "}");
                case ">" -> changed("[" + to + " TO *]");
                case ">=" -> changed("[" + from + " TO *]");
                default -> throw cannot();
            };
        }

        private String changed(String range) {
            return "changed:" + range;
        }

        private static String micros(LocalDate day) {
            return String.valueOf(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000);
        }

        /** Two dates with a space or a slash between, or one that is all its days. CQL context set 1.2, "within". */
        private ItemDate range() {
            var ends = raw.strip().split("\\s*/\\s*|\\s+", -1);
            if (ends.length > 2) throw wrongDate();
            var from = oneDate(ends[0]);
            var to = oneDate(ends[ends.length - 1]);
            if (to.last().isBefore(from.first())) throw wrongDate();
            return new ItemDate(from.first(), to.last());
        }

        private ItemDate oneDate(String text) {
            return ItemDate.of(text).orElseThrow(this::wrongDate);
        }

        private CqlException wrongDate() {
            return new CqlException(36, raw + ": want YYYY, YYYY-MM or YYYY-MM-DD");
        }
    }

    private void leaf() {
        if (++leaves > MOST_LEAVES) throw new CqlException(38, MOST_LEAVES + " words and masked words in all");
    }

    private String value(String text) {
        var name = "c" + values++;
        params.set(name, text);
        return name;
    }

    /** What is in quotes already is a term; quotes inside it say no more. */
    private static String unquoted(String text) {
        return text.replaceAll("[\"“”„‟«»]", " ");
    }

    private static String literally(String letters) {
        return letters.replaceAll("([*?\\\\])", "\\\\$1");
    }

    /** The spelling that the index has: {@code vi} for {@code vie}, {@code blt-Tavt} for {@code BLT-TAVT}. */
    private static String language(String term) {
        int hyphen = term.indexOf('-');
        var primary = (hyphen < 0 ? term : term.substring(0, hyphen)).toLowerCase(Locale.ROOT);
        var tag = TWO_LETTERS.getOrDefault(primary, primary) + (hyphen < 0 ? "" : term.substring(hyphen));
        try {
            return new LanguageTag(tag).value();
        } catch (IllegalArgumentException e) {
            return term; // no tag, so no item has it
        }
    }

    /** CQL sort context set 1.0; the id comes last in every order. */
    private static String sort(CqlQuery query) {
        var scope = Scope.OUTERMOST;
        for (var outer = query.cql(); outer instanceof Scoped scoped; outer = scoped.query())
            scope = scope.with(scoped.prefix(), scoped.uri());
        var keys = new ArrayList<String>();
        for (var key : query.sort()) {
            var field = sortField(key, scope);
            if (keys.stream().noneMatch(before -> before.startsWith(field + " ")))
                keys.add(field + direction(key, scope));
        }
        if (keys.isEmpty()) keys.add("score desc");
        if (keys.stream().noneMatch(key -> key.startsWith("id "))) keys.add("id asc");
        return String.join(",", keys);
    }

    private static String sortField(SortKey key, Scope scope) {
        var index = scope.index(key.index());
        if (!index.sorts()) throw new CqlException(80, key.index());
        return switch (index) {
            case TITLE -> "sort_title";
            case DATE -> "first_day";
            case RECORD -> "id";
            default -> "changed";
        };
    }

    private static String direction(SortKey key, Scope scope) {
        var direction = " asc";
        for (Modifier modifier : key.modifiers()) {
            var name = scope.common(modifier.name(), ContextSet.SORT)
                    .orElseThrow(() -> new CqlException(20, modifier.name()));
            switch (name) {
                case "ascending" -> direction = " asc";
                case "descending" -> direction = " desc";
                case "ignorecase", "ignoreaccents" -> {}
                case "respectcase", "respectaccents" -> throw new CqlException(91, modifier.name());
                case "missingomit", "missingfail", "missinglow", "missinghigh", "missingvalue" ->
                    throw new CqlException(92, modifier.name());
                case "locale", "unicodecollate" -> throw new CqlException(82, modifier.name());
                default -> throw new CqlException(20, modifier.name());
            }
        }
        return direction;
    }
}
