package org.thocam.api.sru;

import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.XmlOut;

/**
 * What is wrong with a request or a record. SRU 1.2, "Diagnostics", and its list of {@code info:srw/diagnostic/1}.
 *
 * @param details in the form that the list asks for with this number
 */
record Diagnostic(int number, String details) {
    static final String NAMESPACE = "http://www.loc.gov/zing/srw/diagnostic/";
    static final String SCHEMA = "info:srw/schema/1/diagnostics-v1.1";
    private static final String SET = "info:srw/diagnostic/1/";
    private static final int LONGEST_DETAILS = 300;

    private static final Map<Integer, String> MESSAGES = Map.ofEntries(
            Map.entry(1, "General system error"),
            Map.entry(2, "System temporarily unavailable"),
            Map.entry(4, "Unsupported operation"),
            Map.entry(5, "Unsupported version"),
            Map.entry(6, "Unsupported parameter value"),
            Map.entry(7, "Mandatory parameter not supplied"),
            Map.entry(8, "Unsupported parameter"),
            Map.entry(10, "Query syntax error"),
            Map.entry(12, "Too many characters in query"),
            Map.entry(13, "Invalid or unsupported use of parentheses"),
            Map.entry(15, "Unsupported context set"),
            Map.entry(16, "Unsupported index"),
            Map.entry(19, "Unsupported relation"),
            Map.entry(20, "Unsupported relation modifier"),
            Map.entry(21, "Unsupported combination of relation modifiers"),
            Map.entry(22, "Unsupported combination of relation and index"),
            Map.entry(24, "Unsupported combination of relation and term"),
            Map.entry(26, "Non special character escaped in term"),
            Map.entry(27, "Empty term unsupported"),
            Map.entry(28, "Masking character not supported"),
            Map.entry(29, "Masked words too short"),
            Map.entry(30, "Too many masking characters in term"),
            Map.entry(31, "Anchoring character not supported"),
            Map.entry(32, "Anchoring character in unsupported position"),
            Map.entry(33, "Combination of proximity/adjacency and masking characters not supported"),
            Map.entry(34, "Combination of proximity/adjacency and anchoring characters not supported"),
            Map.entry(36, "Term in invalid format for index or relation"),
            Map.entry(38, "Too many boolean operators in query"),
            Map.entry(39, "Proximity not supported"),
            Map.entry(46, "Unsupported boolean modifier"),
            Map.entry(47, "Cannot process query; reason unknown"),
            Map.entry(48, "Query feature unsupported"),
            Map.entry(50, "Result sets not supported"),
            Map.entry(61, "First record position out of range"),
            Map.entry(64, "Record temporarily unavailable"),
            Map.entry(66, "Unknown schema for retrieval"),
            Map.entry(67, "Record not available in this schema"),
            Map.entry(71, "Unsupported record packing"),
            Map.entry(72, "XPath retrieval unsupported"),
            Map.entry(80, "Sort not supported"),
            Map.entry(82, "Unsupported sort sequence"),
            Map.entry(84, "Too many sort keys to sort"),
            Map.entry(87, "Unsupported schema for sort"),
            Map.entry(88, "Unsupported path for sort"),
            Map.entry(90, "Unsupported direction"),
            Map.entry(91, "Unsupported case"),
            Map.entry(92, "Unsupported missing value action"),
            Map.entry(94, "Sort spec included both in query and protocol: query prevails"),
            Map.entry(110, "Stylesheets not supported"),
            Map.entry(120, "Response position out of range"),
            Map.entry(121, "Too many terms requested"));

    Diagnostic {
        if (details.codePointCount(0, details.length()) > LONGEST_DETAILS)
            details = details.substring(0, details.offsetByCodePoints(0, LONGEST_DETAILS)) + "...";
    }

    static Diagnostic of(int number, String details) {
        return new Diagnostic(number, details);
    }

    Refused thrown() {
        return new Refused(this);
    }

    String message() {
        return MESSAGES.getOrDefault(number, "Cannot process query; reason unknown");
    }

    /** The elements in the order of the schema: clients refuse another. */
    void write(XmlOut xml) throws XMLStreamException {
        xml.start("diag", "diagnostic", NAMESPACE).namespace("diag", NAMESPACE);
        xml.element("diag", "uri", NAMESPACE, SET + number);
        if (!details.isEmpty()) xml.element("diag", "details", NAMESPACE, details);
        xml.element("diag", "message", NAMESPACE, message()).end();
    }

    /** A request that is answered by a diagnostic alone. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Diagnostic diagnostic;

        Refused(Diagnostic diagnostic) {
            super(diagnostic.message() + ": " + diagnostic.details());
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }
}
