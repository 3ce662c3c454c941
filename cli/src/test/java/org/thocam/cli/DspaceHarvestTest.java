package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.ingest.harvest.Harvester;
import org.thocam.ingest.harvest.Limits;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.Provenance;
import org.thocam.ontology.exchange.formats.Crosswalks;

/** A provider that behaves as DSpace does: tokens in clear, ordered by id, transient deletions, the same record in each of its formats. */
class DspaceHarvestTest {
    private static final int PAGE = 10;

    private record Rec(int id, Instant at, String title, String author, boolean deleted) {
        String identifier() {
            return "oai:kho.thu-vien.vn:123456789/" + id;
        }
    }

    @TempDir
    Path folder;

    private final Map<Integer, Rec> records = new TreeMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private HttpServer server;
    private Shelf shelf;
    private Harvester harvester;
    private final List<Harvester.Line> lines = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/oai/request", exchange -> {
            var arguments = new LinkedHashMap<String, String>();
            for (var pair : exchange.getRequestURI().getRawQuery().split("&"))
                arguments.put(
                        pair.substring(0, pair.indexOf('=')),
                        URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
            var page =
                    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><?xml-stylesheet type=\"text/xsl\" href=\"static/style.xsl\"?>"
                                    + "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\"><responseDate>"
                                    + now + "</responseDate><request>" + base() + "</request>" + body(arguments)
                                    + "</OAI-PMH>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        shelf = new Shelf(folder, 0, 50);
        harvester = new Harvester(
                folder.resolve("harvest"),
                shelf.archive(),
                shelf::log,
                shelf.intake(),
                Crosswalks::reader,
                "nguoi-nhan.vn",
                Harvester.userAgent("1", "https://nguoi-nhan.vn"),
                Limits.USUAL);
    }

    @AfterEach
    void close() {
        server.stop(0);
        shelf.close();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/oai/request";
    }

    private void put(int id, String title) {
        now = now.plusSeconds(1);
        records.put(id, new Rec(id, now, title, "Nguyễn Văn " + id, false));
    }

    private String body(Map<String, String> arguments) {
        return switch (arguments.get("verb")) {
            case "Identify" ->
                "<Identify><repositoryName>DSpace</repositoryName><baseURL>" + base()
                        + "</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@kho.thu-vien.vn</adminEmail><earliestDatestamp>2026-01-01T00:00:00Z</earliestDatestamp><deletedRecord>transient</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>";
            case "ListMetadataFormats" ->
                "<ListMetadataFormats>" + format("uketd_dc", "http://naca.central.cranfield.ac.uk/ethos-oai/2.0/")
                        + format("marc", "http://www.loc.gov/MARC21/slim")
                        + format("mods", "http://www.loc.gov/mods/v3")
                        + format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/")
                        + format("qdc", "http://purl.org/dc/terms/")
                        + format("dim", "http://www.dspace.org/xmlns/dspace/dim") + "</ListMetadataFormats>";
            default -> list(arguments);
        };
    }

    private static String format(String prefix, String namespace) {
        return "<metadataFormat><metadataPrefix>" + prefix
                + "</metadataPrefix><schema>http://x.vn/x.xsd</schema><metadataNamespace>" + namespace
                + "</metadataNamespace></metadataFormat>";
    }

    /** {@code prefix/from/until/set/offset}, and lists in the order of the ids. */
    private String list(Map<String, String> arguments) {
        var token = arguments.getOrDefault("resumptionToken", "");
        var state = token.isEmpty()
                ? new String[] {
                    arguments.get("metadataPrefix"),
                    arguments.getOrDefault("from", ""),
                    arguments.getOrDefault("until", ""),
                    "",
                    "0"
                }
                : token.split("/", -1);
        int offset = Integer.parseInt(state[4]);
        var found = records.values().stream()
                .filter(record -> state[1].isEmpty() || !record.at().isBefore(Instant.parse(state[1])))
                .toList();
        if (found.isEmpty()) return "<error code=\"noRecordsMatch\">No matches for the query</error>";
        int end = Math.min(found.size(), offset + PAGE);
        var answer = new StringBuilder("<ListRecords>");
        for (var record : found.subList(offset, end)) {
            answer.append("<record><header")
                    .append(record.deleted() ? " status=\"deleted\"" : "")
                    .append("><identifier>")
                    .append(record.identifier())
                    .append("</identifier><datestamp>")
                    .append(record.at())
                    .append("</datestamp><setSpec>com_123456789_1</setSpec></header>");
            if (!record.deleted())
                answer.append("<metadata>").append(metadata(state[0], record)).append("</metadata>");
            answer.append("</record>");
        }
        answer.append("<resumptionToken completeListSize=\"" + found.size() + "\" cursor=\"" + offset / PAGE + "\">");
        if (end < found.size())
            answer.append(String.join("/", state[0], state[1], state[2], state[3], String.valueOf(end)));
        return answer + "</resumptionToken></ListRecords>";
    }

    private static String metadata(String prefix, Rec record) {
        var page = "http://kho.thu-vien.vn/handle/123456789/" + record.id();
        return switch (prefix) {
            case "oai_dc" ->
                "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:doc=\"http://www.lyncode.com/xoai\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd\"><dc:title>"
                        + record.title() + "</dc:title><dc:creator>" + record.author()
                        + "</dc:creator><dc:subject>dân ca</dc:subject><dc:date>2019-03-04T01:02:03Z</dc:date><dc:date>1998</dc:date><dc:type>Text</dc:type><dc:identifier>"
                        + page + "</dc:identifier><dc:language>vi</dc:language></oai_dc:dc>";
            case "qdc" ->
                "<qdc:qualifieddc xmlns:qdc=\"http://dspace.org/qualifieddc/\" xmlns:doc=\"http://www.lyncode.com/xoai\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
                        + record.title() + "</dc:title><dc:creator>" + record.author()
                        + "</dc:creator><dc:subject>dân ca</dc:subject><dcterms:dateAccepted>2019-03-04T01:02:03Z</dcterms:dateAccepted><dcterms:issued>1998</dcterms:issued><dc:type>Text</dc:type><dc:identifier>"
                        + page + "</dc:identifier><dc:language>vi</dc:language></qdc:qualifieddc>";
            case "dim" ->
                "<dim:dim xmlns:dim=\"http://www.dspace.org/xmlns/dspace/dim\" xmlns:doc=\"http://www.lyncode.com/xoai\" xsi:schemaLocation=\"http://www.dspace.org/xmlns/dspace/dim http://www.dspace.org/schema/dim.xsd\">"
                        + field("contributor", "author", "", record.author())
                        + field("date", "accessioned", "", "2019-03-04T01:02:03Z")
                        + field("date", "issued", "", "1998")
                        + field("identifier", "uri", "", page)
                        + field("language", "iso", "", "vi")
                        + field("subject", "", "vi_VN", "dân ca")
                        + field("title", "", "vi_VN", record.title())
                        + field("type", "", "", "Text") + "</dim:dim>";
            default -> throw new IllegalStateException(prefix + " is the poorer copy");
        };
    }

    private static String field(String element, String qualifier, String lang, String text) {
        return "<dim:field mdschema=\"dc\" element=\"" + element + "\""
                + (qualifier.isEmpty() ? "" : " qualifier=\"" + qualifier + "\"")
                + (lang.isEmpty() ? "" : " lang=\"" + lang + "\"") + ">" + text + "</dim:field>";
    }

    private Harvester.Outcome harvest(String prefix) throws InterruptedException {
        lines.clear();
        return harvester.run(
                new Harvester.Request(
                        base(), List.of(), prefix, "", "", Duration.ZERO, 0, false, false, false, Access.OPEN),
                new Harvester.Told() {
                    @Override
                    public void record(Harvester.Line line) {
                        lines.add(line);
                    }

                    @Override
                    public void size(long size) {}

                    @Override
                    public void note(String text) {
                        throw new AssertionError(text);
                    }
                });
    }

    private void equal(String prefix) {
        var here = new TreeMap<String, String>();
        for (var head : shelf.log().heads(null, 1000)) {
            if (head.kind() != Change.Kind.DEPOSITED) continue;
            var item = (Item) shelf.archive().head(head.id()).orElseThrow().holding();
            here.put(Provenance.of(item).orElseThrow().identifier(), said(item));
        }
        var there = new TreeMap<String, String>();
        for (var record : records.values())
            if (!record.deleted())
                there.put(
                        record.identifier(),
                        String.join(
                                "|",
                                record.title(),
                                List.of(record.author()).toString(),
                                "[vi]",
                                "Text",
                                "[dân ca]",
                                "[http://kho.thu-vien.vn/handle/123456789/" + record.id() + "]"));
        assertEquals(there, here, prefix);
    }

    private static String said(Item item) {
        return String.join(
                "|",
                item.title().shown(),
                item.creators().toString(),
                item.languages().stream().map(LanguageTag::value).toList().toString(),
                item.type(),
                item.terms().stream()
                        .filter(term -> term.name().equals("subject"))
                        .map(Term::value)
                        .toList()
                        .toString(),
                item.identifiers().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"oai_dc", "qdc", "dim"})
    void whatItShowsIsHereAndFollowsIt(String prefix) throws Exception {
        for (int id = 1; id <= 35; id++) put(id, "Sách " + id);
        // beyond the overlap of two harvests
        now = now.plusSeconds(3600);
        assertEquals(Map.of(Harvester.State.OK, 35L), harvest(prefix).states(), lines.toString());
        equal(prefix);
        assertEquals(Map.of(), harvest(prefix).states());
        put(7, "Sách 7, mới");
        put(36, "Sách 36");
        now = now.plusSeconds(1);
        records.put(9, new Rec(9, now, "", "", true));
        assertEquals(
                Map.of(Harvester.State.OK, 2L, Harvester.State.DELETED, 1L),
                harvest(prefix).states(),
                lines.toString());
        equal(prefix);
    }

    /** DSpace makes its MARC and MODS of the Dublin Core that it holds; DIM is what it holds. */
    @Test
    void whereDspaceGivesWhatItHoldsThatIsTaken() throws Exception {
        put(1, "Sách 1");
        var outcome = harvest("");
        assertEquals("dim", outcome.prefix());
        var item = (Item) shelf.archive()
                .head(shelf.log().heads(null, 1).get(0).id())
                .orElseThrow()
                .holding();
        assertTrue(
                item.title().texts().containsKey(new LanguageTag("vi-VN")),
                item.title().toString());
    }
}
