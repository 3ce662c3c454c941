package org.thocam.ingest.harvest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.thocam.ontology.Shown;

/**
 * One answer of a provider. OAI-PMH 2.0, section 3.2. Its elements are known by their local names: some providers forget the namespace.
 *
 * @param fields what Identify says, by element name
 * @param repair why the page could be read only after a repair
 */
record OaiAnswer(
        String responseDate,
        List<Error> errors,
        Map<String, String> fields,
        List<Format> formats,
        List<OaiRecord> records,
        Optional<Token> token,
        Optional<PageFault> repair) {
    private static final int LONGEST_FIELD = 1 << 16;

    record Error(String code, String message) {
        @Override
        public String toString() {
            return code + (message.isBlank() ? "" : ": " + Shown.of(message.strip()));
        }
    }

    record Format(String prefix, String namespace) {}

    /** @param size the completeListSize; -1 where it was not said */
    record Token(String value, long size) {}

    boolean says(String code) {
        return errors.stream().anyMatch(error -> error.code().equals(code));
    }

    /** @throws PageFault if it cannot be read even with what XML forbids replaced */
    static OaiAnswer of(String url, byte[] bytes) throws PageFault {
        var page = new PageText(url, bytes);
        PageFault fault;
        try {
            var text = page.strict();
            try {
                return new Reading(text).answer(Optional.empty());
            } catch (XMLStreamException e) {
                int at = e.getLocation() == null ? -1 : e.getLocation().getCharacterOffset();
                fault = page.fault(at < 0 ? -1 : page.offset(text, at), firstLine(e), e);
            }
        } catch (PageFault e) {
            fault = e;
        }
        try {
            return new Reading(page.repaired()).answer(Optional.of(fault));
        } catch (XMLStreamException e) {
            fault.addSuppressed(e);
            throw fault;
        }
    }

    private static String firstLine(XMLStreamException e) {
        // "ParseError at [row,col]:[1,2]\nMessage: ..." where the error is ours, the message first where it is the
        // parser's
        var said = String.valueOf(e.getMessage()).replaceFirst("(?s)^ParseError at .*?Message: ", "");
        return Shown.of(said.lines().findFirst().orElse("no XML"));
    }

    /** Reads the page once, from its start to the end of its root: what PHP says behind that is not XML. */
    private static final class Reading {
        private final String text;
        private final XMLStreamReader2 xml;
        private final Map<String, String> inherited = new LinkedHashMap<>();
        private final List<Error> errors = new ArrayList<>();
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final List<Format> formats = new ArrayList<>();
        private final List<OaiRecord> records = new ArrayList<>();
        private String responseDate = "";
        private Token token;

        Reading(String text) throws XMLStreamException {
            this.text = text;
            this.xml = SafeXml.reader(text);
        }

        OaiAnswer answer(Optional<PageFault> repair) throws XMLStreamException {
            int event = xml.next();
            while (event != XMLStreamConstants.START_ELEMENT) {
                if (event == XMLStreamConstants.DTD)
                    throw new XMLStreamException("a DTD is not taken", xml.getLocation());
                event = xml.next();
            }
            if (!xml.getLocalName().equals("OAI-PMH"))
                throw new XMLStreamException(
                        "the root is '" + Shown.of(xml.getLocalName()) + "': want OAI-PMH", xml.getLocation());
            inherit();
            while (toChild()) {
                switch (xml.getLocalName()) {
                    case "responseDate" -> responseDate = content();
                    case "error" -> {
                        var code = Optional.ofNullable(xml.getAttributeValue(null, "code"))
                                .orElse("")
                                .strip();
                        errors.add(new Error(code, content()));
                    }
                    case "Identify" -> {
                        while (toChild()) {
                            var name = xml.getLocalName();
                            if (name.equals("description")) skip();
                            else fields.putIfAbsent(name, content());
                        }
                    }
                    case "ListMetadataFormats" -> formats();
                    case "ListRecords", "GetRecord", "ListIdentifiers" -> list();
                    default -> skip();
                }
            }
            return new OaiAnswer(responseDate, errors, fields, formats, records, Optional.ofNullable(token), repair);
        }

        private void formats() throws XMLStreamException {
            while (toChild()) {
                var format = new LinkedHashMap<String, String>();
                while (toChild()) format.putIfAbsent(xml.getLocalName(), content());
                formats.add(new Format(
                        format.getOrDefault("metadataPrefix", ""), format.getOrDefault("metadataNamespace", "")));
            }
        }

        private void list() throws XMLStreamException {
            var above = new LinkedHashMap<>(inherited);
            inherit();
            while (toChild()) {
                switch (xml.getLocalName()) {
                    case "record" -> records.add(record());
                    case "header" -> records.add(new OaiRecord(header(), ""));
                    case "resumptionToken" -> {
                        var size = Optional.ofNullable(xml.getAttributeValue(null, "completeListSize"))
                                .orElse("")
                                .strip();
                        token = new Token(content().strip(), size.matches("\\d{1,15}") ? Long.parseLong(size) : -1);
                    }
                    default -> skip();
                }
            }
            inherited.clear();
            inherited.putAll(above);
        }

        private OaiRecord record() throws XMLStreamException {
            int start = (int) xml.getLocationInfo().getStartingCharOffset();
            var missing = new LinkedHashMap<>(inherited);
            for (int i = 0; i < xml.getNamespaceCount(); i++) missing.remove(prefix(i));
            var name = (xml.getPrefix() == null || xml.getPrefix().isEmpty() ? "" : xml.getPrefix() + ":")
                    + xml.getLocalName();
            var header = new OaiRecord.Header("", "", false);
            while (toChild()) {
                if (xml.getLocalName().equals("header")) header = header();
                else skip();
            }
            int end = (int) xml.getLocationInfo().getEndingCharOffset();
            var whole = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(name);
            missing.forEach((prefix, namespace) -> whole.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                    .append("=\"")
                    .append(namespace.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                    .append('"'));
            whole.append(text, start + 1 + name.length(), end).append('\n');
            return new OaiRecord(header, whole.toString());
        }

        private OaiRecord.Header header() throws XMLStreamException {
            boolean deleted = "deleted".equals(xml.getAttributeValue(null, "status"));
            var identifier = "";
            var datestamp = "";
            while (toChild()) {
                switch (xml.getLocalName()) {
                    case "identifier" -> identifier = content().strip();
                    case "datestamp" -> datestamp = content().strip();
                    default -> skip();
                }
            }
            return new OaiRecord.Header(identifier, datestamp, deleted);
        }

        private void inherit() {
            for (int i = 0; i < xml.getNamespaceCount(); i++)
                inherited.put(prefix(i), xml.getNamespaceURI(i) == null ? "" : xml.getNamespaceURI(i));
        }

        private String prefix(int i) {
            return xml.getNamespacePrefix(i) == null ? "" : xml.getNamespacePrefix(i);
        }

        /** To the next child of the element we are in, or to that element's end. */
        private boolean toChild() throws XMLStreamException {
            while (true) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) return true;
                if (event == XMLStreamConstants.END_ELEMENT) return false;
                if (event == XMLStreamConstants.END_DOCUMENT) throw new XMLStreamException("the page ends too early");
            }
        }

        /** The text of an element without its children's; short where it has no end. */
        private String content() throws XMLStreamException {
            var all = new StringBuilder();
            for (int depth = 1; depth > 0; ) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (depth == 1 && all.length() < LONGEST_FIELD) all.append(xml.getText());
                    }
                    default -> {
                        // comments say nothing
                    }
                }
            }
            return all.toString().strip();
        }

        private void skip() throws XMLStreamException {
            for (int depth = 1; depth > 0; ) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) depth++;
                if (event == XMLStreamConstants.END_ELEMENT) depth--;
                if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) xml.getText();
            }
        }
    }
}
