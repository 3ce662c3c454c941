package org.thocam.ontology.graph;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.out.NodeFmtLib;

/** Nodes in the words of SPARQL 1.1 (section 4.1): nothing in them can end where it should not, whatever they say. */
final class SparqlText {
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    /** What no IRI may have (production 139, IRIREF), besides everything up to the space. */
    private static final String NOT_IN_IRIS = "<>\"{}|^`\\";

    private SparqlText() {}

    /** @throws IllegalArgumentException for what {@link #sayable(Triple)} would have changed */
    static String of(Node node) {
        if (!isSayable(node)) throw new IllegalArgumentException("node " + node + " cannot be said in SPARQL");
        var text = NodeFmtLib.strNT(node);
        if (text.indexOf('\\') < 0) return text;
        return withoutTraps(text);
    }

    /**
     * Some stores look for {@code \\u0022} and the like before they know what is in a string (section 19.2): an escaped backslash and a u
     * after it have to be told apart even then.
     */
    private static String withoutTraps(String escaped) {
        var text = new StringBuilder(escaped.length() + 8);
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            text.append(c);
            if (c != '\\') continue;
            c = escaped.charAt(++i);
            text.append(c);
            char next = i + 1 < escaped.length() ? escaped.charAt(i + 1) : ' ';
            if (c != '\\' || next != 'u' && next != 'U') continue;
            text.append(next == 'u' ? "\\u0075" : "\\u0055");
            i++;
        }
        return text.toString();
    }

    static StringBuilder append(StringBuilder to, Triple triple) {
        return to.append(of(triple.getSubject()))
                .append(' ')
                .append(of(triple.getPredicate()))
                .append(' ')
                .append(of(triple.getObject()));
    }

    /** The triples as a store can be told them: IRIs that are none are percent-encoded, blank nodes get names, wrong language tags go. */
    static Set<Triple> sayable(Collection<Triple> triples) {
        var said = new LinkedHashSet<Triple>(2 * triples.size());
        for (var triple : triples) said.add(sayable(triple));
        return said;
    }

    static Triple sayable(Triple triple) {
        if (isSayable(triple.getSubject()) && isSayable(triple.getPredicate()) && isSayable(triple.getObject()))
            return triple;
        return Triple.create(said(triple.getSubject()), said(triple.getPredicate()), said(triple.getObject()));
    }

    /** Whether a store can be told this node as it is. */
    static boolean isSayable(Node node) {
        if (node.isURI()) return legal(node.getURI());
        return node.isLiteral()
                && (node.getLiteralLanguage().isEmpty()
                        || TAG.matcher(node.getLiteralLanguage()).matches())
                && legal(node.getLiteralDatatypeURI())
                && ItemDescription.harmless(node.getLiteralLexicalForm()).equals(node.getLiteralLexicalForm());
    }

    private static Node said(Node node) {
        if (isSayable(node)) return node;
        if (node.isURI()) return NodeFactory.createURI(encoded(node.getURI()));
        if (node.isBlank()) return NodeFactory.createURI("urn:x-thocam:blank:" + encoded(node.getBlankNodeLabel()));
        if (!node.isLiteral()) throw new IllegalArgumentException("node " + node + " cannot be said in SPARQL");
        var text = ItemDescription.harmless(node.getLiteralLexicalForm());
        var language = node.getLiteralLanguage();
        if (TAG.matcher(language).matches()) return NodeFactory.createLiteralLang(text, language);
        return language.isEmpty() && legal(node.getLiteralDatatypeURI())
                ? NodeFactory.createLiteralDT(text, node.getLiteralDatatype())
                : NodeFactory.createLiteralString(text);
    }

    private static boolean legal(String iri) {
        if (iri.isEmpty()) return false;
        for (int i = 0; i < iri.length(); i++) if (illegal(iri.charAt(i))) return false;
        return true;
    }

    private static boolean illegal(char c) {
        return c <= 0x20 || NOT_IN_IRIS.indexOf(c) >= 0 || c == 0x7F || Character.isSurrogate(c) || c >= 0xFFFE;
    }

    /** An IRI with every character that it may not have percent-encoded; supplementary ones too, of which half may be missing. */
    static String encoded(String iri) {
        var encoded = new StringBuilder(iri.length() + 16);
        iri.codePoints().forEach(c -> {
            if (c <= 0xFFFF && !illegal((char) c)) encoded.appendCodePoint(c);
            else
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8))
                    encoded.append('%').append(HEX.toHexDigits(b));
        });
        return encoded.isEmpty() ? "urn:x-thocam:nothing" : encoded.toString();
    }
}
