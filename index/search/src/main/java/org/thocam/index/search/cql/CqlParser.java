package org.thocam.index.search.cql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.thocam.index.search.cql.Cql.Clause;
import org.thocam.index.search.cql.Cql.Joined;
import org.thocam.index.search.cql.Cql.Modifier;
import org.thocam.index.search.cql.Cql.Operator;
import org.thocam.index.search.cql.Cql.Relation;
import org.thocam.index.search.cql.Cql.Scoped;
import org.thocam.index.search.cql.CqlQuery.SortKey;

/**
 * Reads CQL 1.2 by its "BNF" section; CQL 1.1, which has no {@code ==} and no {@code sortBy}, is part of it. Parentheses are kept on a
 * stack of its own and everything is bounded, so that no query is too deep or too long for the thread that reads it.
 */
public final class CqlParser {
    /** In UTF-16 units. */
    public static final int LONGEST = 8192;

    public static final int MOST_NESTED = 100;
    public static final int MOST_CLAUSES = 256;
    private static final int MOST_MODIFIERS = 32;
    private static final int MOST_PREFIXES = 32;
    private static final int MOST_SORT_KEYS = 8;

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "prox", "sortby");
    private static final Set<String> COMPARISONS = Set.of("=", "==", "<>", "<", ">", "<=", ">=");

    private final String text;
    private int at;
    private Token token;
    private int clauses;
    private int prefixes;

    private enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        END
    }

    /** @param start where it begins in the query */
    private record Token(Kind kind, String text, int start) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isTerm() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        boolean isKeyword() {
            return kind == Kind.WORD && CqlParser.isKeyword(text);
        }

        boolean isSortBy() {
            return kind == Kind.WORD && text.equalsIgnoreCase("sortby");
        }

        boolean isComparison() {
            return kind == Kind.SYMBOL && COMPARISONS.contains(text);
        }
    }

    private record Prefix(String prefix, String uri) {}

    /** What is known of a parenthesis that is still open, or of the whole query. */
    private static final class Open {
        private final List<Prefix> prefixes = new ArrayList<>();
        private Cql left;
        private Operator operator;
        private List<Modifier> modifiers = List.of();

        void take(Cql operand) {
            left = left == null ? operand : new Joined(operator, modifiers, left, operand);
            operator = null;
        }

        Cql closed() {
            var whole = left;
            for (int i = prefixes.size() - 1; i >= 0; i--)
                whole = new Scoped(prefixes.get(i).prefix(), prefixes.get(i).uri(), whole);
            return whole;
        }
    }

    private CqlParser(String text) {
        this.text = text;
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** @throws CqlException if it is no CQL, or more of it than we take */
    public static CqlQuery parse(String query) {
        if (query.length() > LONGEST) throw new CqlException(12, String.valueOf(LONGEST));
        var parser = new CqlParser(query);
        parser.next();
        return parser.sortedQuery();
    }

    /** What a scan begins at: one clause, with prefixes where it wants them. SRU 1.2, "Scan". */
    public static Cql parseClause(String clause) {
        var query = parse(clause);
        var inner = query.cql();
        while (inner instanceof Scoped scoped) inner = scoped.query();
        if (!(inner instanceof Clause) || !query.sort().isEmpty())
            throw new CqlException(10, "a scan clause is one search clause, such as dc.title = a");
        return query.cql();
    }

    private CqlQuery sortedQuery() {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open());
        while (true) {
            operand(open);
            while (token.is(")") && open.size() > 1) {
                next();
                var closed = open.pop().closed();
                open.peek().take(closed);
            }
            if (token.kind() == Kind.WORD && isBoolean(token)) {
                booleanGroup(open.peek());
                continue;
            }
            if (open.size() > 1) throw wrong("')' or a boolean");
            var sort = token.isSortBy() ? sortSpec() : List.<SortKey>of();
            if (token.kind() != Kind.END) throw wrong("and, or, not, prox, sortBy or the end");
            return new CqlQuery(open.pop().closed(), sort);
        }
    }

    private static boolean isBoolean(Token token) {
        return token.isKeyword() && !token.isSortBy();
    }

    /** Up to the end of the next clause, with the parentheses before it. */
    private void operand(Deque<Open> open) {
        while (true) {
            if (open.peek().left == null)
                while (token.is(">")) open.peek().prefixes.add(prefixAssignment());
            if (!token.is("(")) break;
            if (open.size() > MOST_NESTED)
                throw new CqlException(13, "at most " + MOST_NESTED + " parentheses inside each other");
            next();
            open.push(new Open());
        }
        open.peek().take(searchClause());
    }

    private Prefix prefixAssignment() {
        if (++prefixes > MOST_PREFIXES)
            throw new CqlException(48, "more than " + MOST_PREFIXES + " prefix assignments");
        next();
        var first = term("a prefix or the URI of a context set");
        if (!token.is("=")) return new Prefix("", first);
        if (first.isEmpty()) throw wrong("a prefix that is not empty before '='");
        next();
        return new Prefix(first, term("the URI of a context set"));
    }

    private void booleanGroup(Open open) {
        open.operator = Operator.valueOf(token.text().toUpperCase(Locale.ROOT));
        next();
        open.modifiers = modifiers();
    }

    private Clause searchClause() {
        if (++clauses > MOST_CLAUSES) throw new CqlException(38, String.valueOf(MOST_CLAUSES - 1));
        var first = term("a search term, an index or '('");
        boolean named = token.isTerm() && !token.isKeyword();
        if (!named && !token.isComparison()) return new Clause("", Relation.NONE, first);
        if (first.isEmpty()) throw wrong("an index that is not empty before the relation");
        var name = token.text();
        if (name.isEmpty()) throw wrong("a relation");
        next();
        var relation = new Relation(name, modifiers());
        return new Clause(first, relation, term("a search term"));
    }

    private List<Modifier> modifiers() {
        var all = new ArrayList<Modifier>();
        while (token.is("/")) {
            if (all.size() == MOST_MODIFIERS) throw new CqlException(21, "more than " + MOST_MODIFIERS + " modifiers");
            next();
            var name = term("the name of a modifier");
            if (!token.isComparison()) {
                all.add(new Modifier(name, "", ""));
                continue;
            }
            var comparison = token.text();
            next();
            all.add(new Modifier(name, comparison, term("the value of modifier " + name)));
        }
        return all;
    }

    private List<SortKey> sortSpec() {
        next();
        var keys = new ArrayList<SortKey>();
        do {
            if (keys.size() == MOST_SORT_KEYS) throw new CqlException(84, String.valueOf(MOST_SORT_KEYS));
            var index = term("an index to sort by");
            keys.add(new SortKey(index, modifiers()));
        } while (token.kind() != Kind.END);
        return keys;
    }

    /** Keywords are terms where only a term can stand. */
    private String term(String wanted) {
        if (!token.isTerm()) throw wrong(wanted);
        var term = token.text();
        next();
        return term;
    }

    private CqlException wrong(String wanted) {
        var found = token.kind() == Kind.END ? "the end" : "'" + shown(token.text()) + "'";
        return new CqlException(10, "character " + (token.start() + 1) + ": want " + wanted + ", found " + found);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 20)) + "...";
    }

    private void next() {
        while (at < text.length() && isSpace(text.charAt(at))) at++;
        int start = at;
        if (at == text.length()) token = new Token(Kind.END, "", start);
        else if (text.charAt(at) == '"') token = new Token(Kind.QUOTED, quoted(), start);
        else if ("()/=<>".indexOf(text.charAt(at)) >= 0) token = new Token(Kind.SYMBOL, symbol(), start);
        else token = new Token(Kind.WORD, word(), start);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private String symbol() {
        int from = at++;
        if (at < text.length() && COMPARISONS.contains(text.substring(from, at + 1))) at++;
        return text.substring(from, at);
    }

    /** {@code charString1}. A backslash is part of it, and must have something to stand before. */
    private String word() {
        int from = at;
        while (at < text.length() && !isSpace(text.charAt(at)) && "()/=<>\"".indexOf(text.charAt(at)) < 0) at++;
        var word = text.substring(from, at);
        int backslashes = word.length();
        while (backslashes > 0 && word.charAt(backslashes - 1) == '\\') backslashes--;
        if ((word.length() - backslashes) % 2 == 1)
            throw new CqlException(10, "character " + at + ": '\\' with nothing after it; put the term in quotes");
        return word;
    }

    /** {@code charString2}: a backslash releases the character after it, and goes itself only before a double quote. */
    private String quoted() {
        int from = at++;
        var value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') return value.toString();
            if (c == '\\' && at < text.length()) {
                char released = text.charAt(at++);
                if (released != '"') value.append(c);
                value.append(released);
            } else value.append(c);
        }
        throw new CqlException(10, "character " + (from + 1) + ": a quote that is not closed");
    }
}
