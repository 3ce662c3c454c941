package org.thocam.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A partner that keeps what it harvests, as OAI-PMH 2.0 tells it to: the next harvest starts at the answer date of this one's first page. */
final class Partner {
    private static final String OAI = "http://www.openarchives.org/OAI/2.0/";

    /** What one record was when it was harvested last; {@code metadata} is empty for a deleted one. */
    record Kept(String datestamp, boolean deleted, String sets, String metadata) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    final TreeMap<String, Kept> records = new TreeMap<>();
    private String from = "";

    Partner(int port) {
        this.port = port;
    }

    /** @param between after each page */
    void harvest(String prefix, Runnable between) throws IOException, InterruptedException {
        var query = "verb=ListRecords&metadataPrefix=" + prefix + (from.isEmpty() ? "" : "&from=" + from);
        var next = "";
        while (true) {
            var page = ask(query);
            if (next.isEmpty()) next = text(page, "responseDate");
            var error = page.getElementsByTagNameNS(OAI, "error").item(0);
            if (error != null) {
                var code = ((Element) error).getAttribute("code");
                if (!code.equals("noRecordsMatch")) throw new AssertionError(query + ": " + error.getTextContent());
                break;
            }
            var found = page.getElementsByTagNameNS(OAI, "record");
            if (found.getLength() == 0) throw new AssertionError(query + ": an empty page");
            for (int i = 0; i < found.getLength(); i++) keep((Element) found.item(i));
            between.run();
            var token = text(page, "resumptionToken");
            if (token.isEmpty()) break;
            query = "verb=ListRecords&resumptionToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        }
        from = next;
    }

    private void keep(Element record) {
        var header = (Element) record.getElementsByTagNameNS(OAI, "header").item(0);
        var metadata = record.getElementsByTagNameNS(OAI, "metadata").item(0);
        var sets = new StringBuilder();
        var specs = header.getElementsByTagNameNS(OAI, "setSpec");
        for (int i = 0; i < specs.getLength(); i++)
            sets.append(specs.item(i).getTextContent()).append(' ');
        records.put(
                text(header, "identifier"),
                new Kept(
                        text(header, "datestamp"),
                        header.getAttribute("status").equals("deleted"),
                        sets.toString(),
                        metadata == null ? "" : metadata.getTextContent()));
    }

    private static String text(Document page, String name) {
        return text(page.getDocumentElement(), name);
    }

    private static String text(Element in, String name) {
        var found = in.getElementsByTagNameNS(OAI, name).item(0);
        return found == null ? "" : found.getTextContent();
    }

    /** A server that is away for a moment is asked again. */
    private Document ask(String query) throws IOException, InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/oai?" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200) return parsed(answer.body());
                if (answer.statusCode() != 503 || tries > 100)
                    throw new AssertionError(query + ": HTTP " + answer.statusCode());
            } catch (ConnectException e) {
                if (tries > 100) throw e;
            } catch (IOException e) {
                if (tries > 3) throw e;
            }
            Thread.sleep(50);
        }
    }

    private static Document parsed(byte[] xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }
}
