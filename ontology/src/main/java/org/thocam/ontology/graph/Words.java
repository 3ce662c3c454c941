package org.thocam.ontology.graph;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** Nodes as the graph writes them. */
final class Words {
    static final Node TYPE = Vocabulary.node(Vocabulary.RDF, "type");

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    private Words() {}

    static Node ours(String name) {
        return Vocabulary.node(Vocabulary.THOCAM, name);
    }

    /** The node of a name with one of {@link Vocabulary#PREFIXES}, such as {@code skos:note}. */
    static Node of(String prefixed) {
        var iri = Vocabulary.PREFIXES.expandPrefix(prefixed);
        if (iri.equals(prefixed)) throw new IllegalArgumentException("no prefix for " + prefixed);
        return NodeFactory.createURI(iri);
    }

    static Node iri(String iri) {
        return NodeFactory.createURI(iri);
    }

    static Node text(String text) {
        return NodeFactory.createLiteralString(ItemDescription.harmless(text));
    }

    /** @param language BCP 47; {@code und}, and what is no tag, which Jena would not take, give a plain literal */
    static Node text(String text, String language) {
        return !TAG.matcher(language).matches() || language.equals("und")
                ? text(text)
                : NodeFactory.createLiteralLang(ItemDescription.harmless(text), language);
    }

    // createLiteralByValue(int) would make xsd:int, which no shape that asks for xsd:integer accepts.
    static Node integer(long number) {
        return typed(Long.toString(number), XSDDatatype.XSDinteger);
    }

    /** TDB2 keeps the value alone, so that it is written as it will be read: with a digit behind the point. */
    static Node decimal(BigDecimal number) {
        var plain = number.stripTrailingZeros();
        return typed(
                plain.scale() < 1 ? plain.setScale(1).toPlainString() : plain.toPlainString(), XSDDatatype.XSDdecimal);
    }

    static Node date(String day) {
        return typed(day, XSDDatatype.XSDdate);
    }

    static Node year(String year) {
        return typed(year, XSDDatatype.XSDgYear);
    }

    static Node wkt(double lat, double lon) {
        var text = "POINT(" + degrees(lon) + " " + degrees(lat) + ")";
        return NodeFactory.createLiteralDT(
                text, TypeMapper.getInstance().getSafeTypeByName(Vocabulary.GEO + "wktLiteral"));
    }

    static String degrees(double degrees) {
        return new BigDecimal(Double.toString(degrees + 0.0))
                .stripTrailingZeros()
                .toPlainString();
    }

    static Node typed(String text, XSDDatatype type) {
        return NodeFactory.createLiteralDT(ItemDescription.harmless(text), type);
    }
}
