package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.shacl.vocabulary.SHACL;

/** The vocabulary as a page and as a picture, both made from {@code vocabulary.ttl} and {@code shapes.ttl}: the same bytes each time. */
public final class VocabularyPage {
    private static final String ONTOLOGY = "https://thocam.org/ns";
    private static final Node CLASS = Words.of("owl:Class");
    private static final Node OBJECT_PROPERTY = Words.of("owl:ObjectProperty");
    private static final Node SUB_CLASS_OF = Words.of("rdfs:subClassOf");
    private static final Node SUB_PROPERTY_OF = Words.of("rdfs:subPropertyOf");
    private static final Node DOMAIN = Words.of("rdfs:domain");
    private static final Node RANGE = Words.of("rdfs:range");

    private static final int LINE = 18;
    private static final int PAD = 10;
    private static final int GAP = 24;
    private static final int INDENT = 28;
    private static final int COLUMNS = 4;
    /** Width of a letter of 13 px, rounded up, so that no text leaves its box. */
    private static final double LETTER = 7.6;

    private static final String STYLE =
            """
            body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            table{border-collapse:collapse;width:100%;margin:1rem 0 2.5rem}
            th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}
            thead th{background:#e8eef2}
            code{font-size:.95em;overflow-wrap:anywhere}
            th code{white-space:nowrap}
            tr:target{background:#fff6d6}
            .scroll{overflow-x:auto}
            .scroll svg{max-width:100%;height:auto}
            ul{margin:.2rem 0;padding-left:1.1rem}
            a{color:#0b4f79}
            """;

    private final Graph vocabulary = parse(Vocabulary.turtle());
    private final Graph shapes = parse(EntityShapes.turtle());

    private VocabularyPage() {}

    private static Graph parse(String turtle) {
        return RDFParser.fromString(turtle, Lang.TURTLE).toGraph();
    }

    /** A page that says of every term, at its fragment, what it means, what it is a kind of and what has to hold of it. */
    public static String html() {
        return new VocabularyPage().page();
    }

    /** The classes, each with the object properties that lead from it. */
    public static String svg() {
        return new VocabularyPage().picture();
    }

    // ---- the page

    private String page() {
        var page = new StringBuilder();
        var ontology = Words.iri(ONTOLOGY);
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(literal(ontology, "rdfs:label", "en")))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(literal(ontology, "rdfs:label", "en")))
                .append(" · <span lang=\"vi\">")
                .append(escaped(literal(ontology, "rdfs:label", "vi")))
                .append("</span></h1>\n<p>")
                .append(escaped(literal(ontology, "rdfs:comment", "en")))
                .append("</p>\n<p lang=\"vi\">")
                .append(escaped(literal(ontology, "rdfs:comment", "vi")))
                .append("</p>\n<p>Namespace <code>")
                .append(Vocabulary.THOCAM)
                .append("</code>, prefix <code>thocam</code>, version ")
                .append(escaped(literal(ontology, "owl:versionInfo", "")))
                .append(".</p>\n<h2>Picture</h2>\n<div class=\"scroll\">\n")
                .append(picture())
                .append("</div>\n");
        table(page, "Classes", of(CLASS));
        table(page, "Properties that lead to a thing", of(OBJECT_PROPERTY));
        table(page, "Properties that lead to a text, a number or a day", of(Words.of("owl:DatatypeProperty")));
        table(page, "Other properties", union("rdf:Property", "owl:AnnotationProperty"));
        table(page, "Calendars", of(Words.ours("Calendar")));
        table(page, "Lists of heritage", of(Words.ours("HeritageList")));
        table(page, "Domains of intangible cultural heritage", union("skos:ConceptScheme", "skos:Concept"));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private List<Node> union(String... types) {
        var terms = new ArrayList<Node>();
        for (var type : types) terms.addAll(of(Words.of(type)));
        return terms;
    }

    private void table(StringBuilder page, String heading, List<Node> terms) {
        page.append("<h2>")
                .append(heading)
                .append(
                        "</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Term</th>"
                                + "<th scope=\"col\">English</th><th scope=\"col\" lang=\"vi\">Tiếng Việt</th>"
                                + "<th scope=\"col\">Stands on</th><th scope=\"col\">What has to hold: <i>want</i> …</th></tr></thead>\n<tbody>\n");
        for (var term : terms) {
            page.append("<tr id=\"")
                    .append(escaped(name(term)))
                    .append("\"><th scope=\"row\"><code>")
                    .append(escaped(name(term)))
                    .append("</code></th>");
            said(page, term, "en");
            said(page, term, "vi");
            page.append("<td>").append(standsOn(term)).append("</td><td>");
            constraints(page, term);
            page.append("</td></tr>\n");
        }
        page.append("</tbody>\n</table></div>\n");
    }

    private void said(StringBuilder page, Node term, String language) {
        page.append("<td lang=\"")
                .append(language)
                .append("\"><b>")
                .append(escaped(literal(term, "rdfs:label", language)))
                .append("</b><br>")
                .append(escaped(literal(term, "rdfs:comment", language)))
                .append("</td>");
    }

    private String standsOn(Node term) {
        var parts = new ArrayList<String>();
        linked(parts, "kind of", objects(term, SUB_CLASS_OF));
        linked(parts, "narrower than", objects(term, SUB_PROPERTY_OF));
        linked(parts, "from", objects(term, DOMAIN));
        linked(parts, "to", objects(term, RANGE));
        linked(parts, "inverse of", objects(term, Words.of("owl:inverseOf")));
        return String.join("<br>", parts);
    }

    private static void linked(List<String> parts, String word, List<Node> terms) {
        if (!terms.isEmpty())
            parts.add(word + " " + terms.stream().map(VocabularyPage::link).collect(Collectors.joining(", ")));
    }

    private static String link(Node term) {
        boolean ours = term.getURI().startsWith(Vocabulary.THOCAM);
        var href = ours ? "#" + name(term) : term.getURI();
        return "<a href=\"" + escaped(href) + "\"><code>" + escaped(shortened(term)) + "</code></a>";
    }

    private void constraints(StringBuilder page, Node term) {
        var messages = new ArrayList<Node>();
        for (var shape : subjects(shapes, SHACL.targetClass, term))
            messages.addAll(shapes.find(shape, SHACL.property, Node.ANY)
                    .mapWith(Triple::getObject)
                    .toList());
        messages.addAll(subjects(shapes, SHACL.path, term));
        if (messages.isEmpty()) return;
        messages.sort(Comparator.comparing(Node::getURI));
        page.append("<ul>");
        for (var shape : messages)
            page.append("<li>")
                    .append(escaped(message(shape, "en")))
                    .append("<br><span lang=\"vi\">")
                    .append(escaped(message(shape, "vi")))
                    .append("</span></li>");
        page.append("</ul>");
    }

    private String message(Node shape, String language) {
        return literal(shapes, shape, SHACL.message, language);
    }

    // ---- the picture

    /** A class with what stands in its box, and those that are kinds of it below. */
    private record Box(Node term, List<String> lines, List<Box> narrower) {
        int own() {
            return PAD + LINE * (1 + lines.size()) + PAD;
        }

        int height() {
            return own() + narrower.stream().mapToInt(box -> PAD + box.height()).sum();
        }

        double width() {
            double widest = name(term).length() * (LETTER + 1);
            for (var line : lines) widest = Math.max(widest, line.length() * LETTER);
            for (var box : narrower) widest = Math.max(widest, INDENT + box.width());
            return widest + 2 * PAD;
        }
    }

    private String picture() {
        var boxes = new ArrayList<Box>();
        for (var term : of(CLASS)) if (broader(term).isEmpty()) boxes.add(box(term));
        int anything = PAD + LINE * (1 + ofAnything().size()) + PAD;
        double width = boxes.stream().mapToDouble(Box::width).max().orElse(0);
        for (var line : ofAnything()) width = Math.max(width, line.length() * LETTER + 2 * PAD);
        boxes.sort(Comparator.comparingInt(Box::height).reversed().thenComparing(box -> name(box.term)));
        var drawn = new StringBuilder();
        var bottom = new int[COLUMNS];
        java.util.Arrays.fill(bottom, GAP);
        for (var box : boxes) {
            int column = shortest(bottom);
            draw(drawn, box, GAP + column * (width + GAP), bottom[column], width);
            bottom[column] += box.height() + GAP;
        }
        int column = shortest(bottom);
        rectangle(drawn, GAP + column * (width + GAP), bottom[column], width, anything, true);
        label(drawn, GAP + column * (width + GAP), bottom[column], "", "any, or as named", ofAnything());
        bottom[column] += anything + GAP;
        int high = java.util.Arrays.stream(bottom).max().orElse(0);
        int wide = (int) Math.ceil(GAP + COLUMNS * (width + GAP));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + wide + " " + high + "\" width=\"" + wide
                + "\" height=\"" + high
                + "\" role=\"img\" aria-labelledby=\"picture-title picture-desc\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n"
                + "<title id=\"picture-title\">Classes and properties of the Thocam vocabulary</title>\n"
                + "<desc id=\"picture-desc\">Each box is a class. Its lines are the properties that lead from it, with the class that they lead to. A box below another, joined by a line, is a kind of it.</desc>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + drawn + "</svg>\n";
    }

    private static int shortest(int[] bottom) {
        int column = 0;
        for (int i = 1; i < bottom.length; i++) if (bottom[i] < bottom[column]) column = i;
        return column;
    }

    private Box box(Node term) {
        var narrower =
                subjects(vocabulary, SUB_CLASS_OF, term).stream().map(this::box).toList();
        var lines = of(OBJECT_PROPERTY).stream()
                .filter(property -> objects(property, DOMAIN).contains(term))
                .map(this::line)
                .toList();
        return new Box(term, lines, narrower);
    }

    private String line(Node property) {
        var ranges = objects(property, RANGE);
        return name(property)
                + ranges.stream().map(VocabularyPage::shortened).collect(Collectors.joining(", ", " → ", ""))
                + (ranges.isEmpty() ? "any" : "");
    }

    private List<String> ofAnything() {
        return of(OBJECT_PROPERTY).stream()
                .filter(property -> objects(property, DOMAIN).stream().noneMatch(this::isClass))
                .map(property -> objects(property, DOMAIN).stream()
                                .map(domain -> shortened(domain) + ": ")
                                .collect(Collectors.joining())
                        + line(property))
                .toList();
    }

    private boolean isClass(Node term) {
        return vocabulary.contains(term, Words.TYPE, CLASS);
    }

    private Optional<Node> broader(Node term) {
        return objects(term, SUB_CLASS_OF).stream().filter(this::isClass).findFirst();
    }

    private static void draw(StringBuilder drawn, Box box, double x, int y, double width) {
        rectangle(drawn, x, y, width, box.own(), false);
        label(drawn, x, y, name(box.term), name(box.term), box.lines);
        int below = y + box.own();
        double spine = x + INDENT / 2.0;
        for (var narrower : box.narrower) {
            int top = below + PAD;
            int middle = top + PAD + LINE / 2;
            drawn.append("<path d=\"M%s %d V%d H%s\" fill=\"none\" stroke=\"#5a5a5a\"/>\n"
                    .formatted(number(spine), y + box.own(), middle, number(x + INDENT)));
            draw(drawn, narrower, x + INDENT, top, width - INDENT);
            below = top + narrower.height();
        }
    }

    private static void rectangle(StringBuilder drawn, double x, int y, double width, int height, boolean dashed) {
        drawn.append(
                "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"4\" fill=\"#eef4f7\" stroke=\"#23566f\"%s/>\n"
                        .formatted(number(x), y, number(width), height, dashed ? " stroke-dasharray=\"4 3\"" : ""));
    }

    private static void label(StringBuilder drawn, double x, int y, String anchor, String head, List<String> lines) {
        int at = y + PAD + LINE - 5;
        var text =
                "<text x=\"%s\" y=\"%d\" font-weight=\"bold\">%s</text>".formatted(number(x + PAD), at, escaped(head));
        drawn.append(anchor.isEmpty() ? text : "<a href=\"#" + escaped(anchor) + "\">" + text + "</a>")
                .append('\n');
        for (var line : lines) {
            at += LINE;
            drawn.append("<text x=\"%s\" y=\"%d\">%s</text>\n".formatted(number(x + PAD), at, escaped(line)));
        }
    }

    private static String number(double value) {
        return Long.toString(Math.round(value));
    }

    // ---- what the ontology says

    private List<Node> of(Node type) {
        return subjects(vocabulary, Words.TYPE, type);
    }

    private static List<Node> subjects(Graph graph, Node property, Node object) {
        return graph.find(Node.ANY, property, object).mapWith(Triple::getSubject).toList().stream()
                .filter(Node::isURI)
                .distinct()
                .sorted(Comparator.comparing(Node::getURI))
                .toList();
    }

    private List<Node> objects(Node subject, Node property) {
        return vocabulary.find(subject, property, Node.ANY).mapWith(Triple::getObject).toList().stream()
                .filter(Node::isURI)
                .sorted(Comparator.comparing(Node::getURI))
                .toList();
    }

    private String literal(Node subject, String property, String language) {
        return literal(vocabulary, subject, Words.of(property), language);
    }

    private static String literal(Graph graph, Node subject, Node property, String language) {
        return graph.find(subject, property, Node.ANY).mapWith(Triple::getObject).toList().stream()
                .filter(node -> node.isLiteral() && node.getLiteralLanguage().equals(language))
                .map(Node::getLiteralLexicalForm)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static String name(Node term) {
        return term.getURI().substring(Vocabulary.THOCAM.length());
    }

    private static String shortened(Node term) {
        if (term.getURI().startsWith(Vocabulary.THOCAM)) return name(term);
        var shorter = Vocabulary.PREFIXES.shortForm(term.getURI());
        return shorter.equals(term.getURI())
                ? term.getURI()
                        .substring(Math.max(
                                        term.getURI().lastIndexOf('/'),
                                        term.getURI().lastIndexOf('#'))
                                + 1)
                : shorter;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
