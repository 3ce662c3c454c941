package org.thocam.index.search.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thocam.index.search.cql.Cql.Clause;
import org.thocam.index.search.cql.Cql.Joined;
import org.thocam.index.search.cql.Cql.Modifier;
import org.thocam.index.search.cql.Cql.Operator;
import org.thocam.index.search.cql.Cql.Relation;
import org.thocam.index.search.cql.Cql.Scoped;
import org.thocam.index.search.cql.CqlQuery.SortKey;

class CqlParserTest {
    private static Cql cql(String query) {
        return CqlParser.parse(query).cql();
    }

    private static Clause alone(String term) {
        return new Clause("", Relation.NONE, term);
    }

    private static Clause clause(String index, String relation, String term, Modifier... modifiers) {
        return new Clause(index, new Relation(relation, List.of(modifiers)), term);
    }

    private static Joined joined(Operator operator, Cql left, Cql right) {
        return new Joined(operator, List.of(), left, right);
    }

    private static int refusal(String query) {
        return assertThrows(CqlException.class, () -> CqlParser.parse(query), query)
                .number();
    }

    @Test
    void aTermMayStandAlone() {
        assertEquals(alone("fish"), cql("fish"));
        assertEquals(alone("thổ cẩm"), cql("  \"thổ cẩm\" "));
        assertEquals(alone(""), cql("\"\""));
        assertEquals(alone("a.b:c-d"), cql("a.b:c-d"));
    }

    @Test
    void everyRelationIsRead() {
        for (var relation : List.of(
                "=",
                "==",
                "<>",
                "<",
                ">",
                "<=",
                ">=",
                "any",
                "all",
                "exact",
                "within",
                "encloses",
                "adj",
                "scr",
                "cql.any",
                "lo.wn"))
            for (var query : List.of("dc.title " + relation + " fish", "dc.title " + relation + " \"fish\""))
                assertEquals(clause("dc.title", relation, "fish"), cql(query), query);
        assertEquals(clause("a", ">=", "b"), cql("a>=b"));
        assertEquals(clause("a", "==", "b"), cql("a==b"));
        assertEquals(clause("a", "<>", "b"), cql("a<>\"b\""));
    }

    @Test
    void relationsHaveModifiers() {
        assertEquals(
                clause("a", "=", "b", new Modifier("stem", "", ""), new Modifier("x.y", ">=", "3 4")),
                cql("a =/stem/x.y>=\"3 4\" b"));
        assertEquals(clause("a", "any", "b", new Modifier("relevant", "", "")), cql("a any / relevant b"));
    }

    @Test
    void booleansJoinFromTheLeftWhateverTheyAre() {
        assertEquals(
                joined(
                        Operator.NOT,
                        joined(Operator.OR, joined(Operator.AND, alone("a"), alone("b")), alone("c")),
                        alone("d")),
                cql("a AND b Or c nOt d"));
        assertEquals(
                joined(Operator.OR, alone("a"), joined(Operator.AND, alone("b"), alone("c"))), cql("a or (b and c)"));
        assertEquals(
                new Joined(
                        Operator.PROX,
                        List.of(new Modifier("unit", "=", "word"), new Modifier("distance", "<", "3")),
                        alone("a"),
                        alone("b")),
                cql("a prox/unit=word/distance<3 b"));
    }

    @Test
    void keywordsAreTermsWhereOnlyATermCanStand() {
        assertEquals(joined(Operator.AND, alone("and"), alone("or")), cql("and and or"));
        assertEquals(clause("dc.title", "=", "not"), cql("dc.title = not"));
        assertEquals(joined(Operator.AND, alone("a"), alone("and")), cql("a and \"and\""));
        assertEquals(alone("sortBy"), cql("\"sortBy\""));
    }

    @Test
    void prefixesHoldInsideTheirParentheses() {
        assertEquals(new Scoped("dc", "info:x", clause("dc.title", "=", "a")), cql("> dc = \"info:x\" dc.title=a"));
        assertEquals(new Scoped("", "info:x", alone("a")), cql(">\"info:x\" a"));
        assertEquals(
                joined(Operator.AND, alone("a"), new Scoped("p", "u", new Scoped("q", "v", alone("b")))),
                cql("a and (> p = u > q = v b)"));
        assertEquals(10, refusal("a and > p = u b"));
    }

    @Test
    void sortKeysComeLast() {
        assertEquals(
                List.of(
                        new SortKey("dc.date", List.of(new Modifier("sort.descending", "", ""))),
                        new SortKey("dc.title", List.of())),
                CqlParser.parse("fish SORTBY dc.date/sort.descending dc.title").sort());
        assertEquals(10, refusal("fish sortBy"));
        assertEquals(10, refusal("(fish sortBy dc.title)"));
    }

    @Test
    void backslashesStayExceptBeforeQuotes() {
        assertEquals(alone("a\"b"), cql("\"a\\\"b\""));
        assertEquals(alone("a\\*b\\\\"), cql("\"a\\*b\\\\\""));
        assertEquals(alone("a\\*"), cql("a\\*"));
        assertEquals(10, refusal("a\\"));
    }

    @Test
    void whatIsNoCqlIsRefused() {
        for (var query : List.of(
                "",
                " ",
                "a and",
                "and",
                "(a",
                "a)",
                "()",
                "a b",
                "a = ",
                "= b",
                "a /x b",
                "\"a",
                "a = = b",
                "> dc = fish",
                "a any",
                "a b c d",
                "a =/ b",
                ">",
                "not a"))
            if (query.equals("and")) assertEquals(alone("and"), cql(query));
            else assertEquals(10, refusal(query), query);
    }

    @Test
    void whatIsTooMuchIsRefusedWithItsOwnNumber() {
        assertEquals(12, refusal("a".repeat(CqlParser.LONGEST + 1)));
        assertEquals(13, refusal("(".repeat(4000) + "a" + ")".repeat(4000)));
        assertEquals(13, refusal("(".repeat(8192)));
        assertEquals(38, refusal("a" + " or a".repeat(CqlParser.MOST_CLAUSES)));
        assertEquals(48, refusal("> a = b ".repeat(1000) + "c"));
        assertEquals(84, refusal("a sortBy" + " b".repeat(100)));
        assertEquals(21, refusal("a =" + "/b".repeat(1000) + " c"));
        var most = "(".repeat(CqlParser.MOST_NESTED) + "a" + ")".repeat(CqlParser.MOST_NESTED);
        assertEquals(alone("a"), cql(most));
        var longest = CqlParser.parse("a" + " or a".repeat(CqlParser.MOST_CLAUSES - 1));
        assertEquals(longest, CqlParser.parse(longest.toString()));
    }

    @Test
    void aScanBeginsAtOneClause() {
        assertEquals(new Scoped("d", "u", clause("d.t", "=", "a")), CqlParser.parseClause("> d = u d.t = a"));
        for (var clause : List.of("a and b", "a sortBy b"))
            assertEquals(
                    10,
                    assertThrows(CqlException.class, () -> CqlParser.parseClause(clause))
                            .number());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var query = new CqlQuery(scoped(random, 4), random.nextInt(4) == 0 ? sort(random) : List.of());
            assertEquals(query, CqlParser.parse(query.toString()), () -> "seed " + seed + ": " + query);
        }
    }

    @Test
    void garbageIsRefusedAndNothingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int read = 0;
        var pieces =
                "( ) / = < > \" \\ * ? ^ and or not prox sortBy a dc.title any \u0000 \uD800 ꪼꪕ == > p \"x y\" \u3000"
                        .split(" ");
        for (int i = 0; i < 50_000; i++) {
            var query = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--)
                query.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            try {
                var parsed = CqlParser.parse(query.toString());
                assertEquals(parsed, CqlParser.parse(parsed.toString()), () -> "seed " + seed + ": " + query);
                read++;
            } catch (CqlException e) {
                assertTrue(e.number() > 0);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + query, e);
            }
        }
        assertTrue(read > 100, "only " + read + " were CQL: the garbage is too bad to say anything; seed " + seed);
    }

    private static Cql scoped(Random random, int depth) {
        return random.nextInt(6) == 0
                ? new Scoped(random.nextBoolean() ? "" : name(random), term(random), any(random, depth))
                : any(random, depth);
    }

    private static Cql any(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0)
            return random.nextBoolean()
                    ? alone(term(random))
                    : new Clause(name(random), new Relation(relation(random), modifiers(random)), term(random));
        return new Joined(
                Operator.values()[random.nextInt(4)],
                modifiers(random),
                scoped(random, depth - 1),
                scoped(random, depth - 1));
    }

    private static String relation(Random random) {
        var all = List.of("=", "==", "<>", "<", ">", "<=", ">=", "any", "all", "exact", "within", "my own", "cql.adj");
        return all.get(random.nextInt(all.size()));
    }

    private static List<Modifier> modifiers(Random random) {
        var all = new ArrayList<Modifier>();
        while (random.nextInt(3) == 0)
            all.add(
                    random.nextBoolean()
                            ? new Modifier(name(random), "", "")
                            : new Modifier(name(random), "<=", term(random)));
        return all;
    }

    private static List<SortKey> sort(Random random) {
        var all = new ArrayList<SortKey>();
        for (int n = random.nextInt(3); n >= 0; n--) all.add(new SortKey(name(random), modifiers(random)));
        return all;
    }

    private static String name(Random random) {
        var all = List.of("dc.title", "a", "and", "x y", "sortby", "ꪼꪕ", "(", "/", "a=b", "\"");
        return all.get(random.nextInt(all.size()));
    }

    private static String term(Random random) {
        var term = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            var piece = List.of(
                    "a",
                    " ",
                    "\"",
                    "\\*",
                    "\\\\",
                    "*",
                    "?",
                    "^",
                    "ổ",
                    ")",
                    "(",
                    "/",
                    "<",
                    "ꪹ",
                    "𡨸",
                    "\\\u0301",
                    "not");
            term.append(piece.get(random.nextInt(piece.size())));
        }
        return term.toString();
    }
}
