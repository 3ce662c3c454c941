package org.thocam.ingest.harvest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** A provider on a real port that pages by offset, as most do, with a clock of its own; tests give it its faults. */
final class Provider implements AutoCloseable {
    record Rec(String identifier, Instant at, String title, boolean deleted, String more) {}

    /** Answers in place of the provider; false where the provider is to answer. */
    interface Intercept {
        boolean handles(HttpExchange exchange, Map<String, String> arguments) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Rec> records = new TreeMap<>();
    final List<Map<String, String>> requests = new ArrayList<>();
    final List<String> agents = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    int page = 10;
    boolean days;
    boolean sizes = true;
    boolean gzip;
    boolean trailingToken;
    String deletions = "persistent";
    String metadata = "oai_dc";
    String prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    /** Changes when the provider restarts: older tokens are refused. */
    int session;

    Intercept intercept = (exchange, arguments) -> false;
    UnaryOperator<String> mangle = page -> page;
    UnaryOperator<byte[]> mangleBytes = bytes -> bytes;

    Provider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "provider");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/oai", this::answer);
        server.start();
    }

    String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/oai";
    }

    synchronized String put(String local, String title, String more) {
        var identifier = "oai:lib.thu-vien.vn:" + local;
        tick();
        records.put(identifier, new Rec(identifier, now, title, false, more));
        return identifier;
    }

    String put(String local, String title) {
        return put(local, title, "");
    }

    synchronized void putAs(String identifier, String title, String more) {
        tick();
        records.put(identifier, new Rec(identifier, now, title, false, more));
    }

    synchronized void delete(String local) {
        var identifier = "oai:lib.thu-vien.vn:" + local;
        tick();
        if (deletions.equals("no")) records.remove(identifier);
        else records.put(identifier, new Rec(identifier, now, "", true, ""));
    }

    synchronized void vanish(String local) {
        records.remove("oai:lib.thu-vien.vn:" + local);
    }

    synchronized void tick() {
        now = now.plusSeconds(1);
    }

    synchronized Map<String, Rec> records() {
        return new TreeMap<>(records);
    }

    long asked(String verb) {
        return requests.stream()
                .filter(request -> verb.equals(request.get("verb")))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var arguments = new LinkedHashMap<String, String>();
            var query = exchange.getRequestURI().getRawQuery();
            for (var pair : (query == null ? "" : query).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0)
                    arguments.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
            synchronized (this) {
                requests.add(arguments);
                agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            }
            if (intercept.handles(exchange, arguments)) return;
            String text;
            synchronized (this) {
                text = mangle.apply(envelope(body(arguments)));
            }
            send(exchange, 200, mangleBytes.apply(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=UTF-8");
        var out = bytes;
        if (gzip) {
            var packed = new ByteArrayOutputStream();
            try (var zip = new GZIPOutputStream(packed)) {
                zip.write(bytes);
            }
            out = packed.toByteArray();
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, out.length == 0 ? -1 : out.length);
        exchange.getResponseBody().write(out);
    }

    String envelope(String body) {
        return prolog
                + "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\r\n<responseDate>"
                + now + "</responseDate><request>" + base() + "</request>" + body + "</OAI-PMH>";
    }

    private static String error(String code) {
        return "<error code=\"" + code + "\">it is so</error>";
    }

    private String body(Map<String, String> arguments) {
        return switch (arguments.getOrDefault("verb", "")) {
            case "Identify" ->
                "<Identify><repositoryName>Thư viện</repositoryName><baseURL>" + base()
                        + "</baseURL><earliestDatestamp>" + stamp(Instant.parse("2026-01-01T00:00:00Z"))
                        + "</earliestDatestamp><deletedRecord>" + deletions + "</deletedRecord><granularity>"
                        + (days ? "YYYY-MM-DD" : "YYYY-MM-DDThh:mm:ssZ") + "</granularity></Identify>";
            case "ListMetadataFormats" ->
                "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>x</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat><metadataFormat><metadataPrefix>"
                        + metadata
                        + "</metadataPrefix><schema>x</schema><metadataNamespace>http://www.dspace.org/xmlns/dspace/dim</metadataNamespace></metadataFormat></ListMetadataFormats>";
            case "GetRecord" -> {
                var record = records.get(arguments.get("identifier"));
                yield record == null ? error("idDoesNotExist") : "<GetRecord>" + whole(record) + "</GetRecord>";
            }
            case "ListRecords", "ListIdentifiers" -> list(arguments);
            default -> error("badVerb");
        };
    }

    private String list(Map<String, String> arguments) {
        var verb = arguments.get("verb");
        var token = arguments.get("resumptionToken");
        String from = arguments.getOrDefault("from", "");
        String until = arguments.getOrDefault("until", "");
        String set = arguments.getOrDefault("set", "");
        int offset = 0;
        if (token != null) {
            if (arguments.size() != 2) return error("badArgument");
            var parts = token.split("/", -1);
            if (parts.length != 6 || !parts[5].equals("s" + session)) return error("badResumptionToken");
            from = parts[1];
            until = parts[2];
            set = parts[3];
            offset = Integer.parseInt(parts[4]);
        } else if (!days
                && (from.length() == 10 || until.length() == 10)
                && from.length() + until.length() != 20
                && !from.isEmpty()
                && !until.isEmpty()) return error("badArgument");
        if (days && (from.length() > 10 || until.length() > 10)) return error("badArgument");
        var all = new ArrayList<Rec>();
        for (var record : records.values()) {
            var stamp = stamp(record.at());
            if (!from.isEmpty() && stamp.compareTo(from) < 0 || !until.isEmpty() && stamp.compareTo(until) > 0)
                continue;
            if (set.isEmpty() || record.identifier().contains(set)) all.add(record);
        }
        all.sort(Comparator.comparing(Rec::at).thenComparing(Rec::identifier));
        if (all.isEmpty()) return error("noRecordsMatch");
        var answer = new StringBuilder("<" + verb + ">");
        int end = Math.min(all.size(), offset + page);
        for (var record : all.subList(Math.min(offset, all.size()), end))
            answer.append(verb.equals("ListRecords") ? whole(record) : header(record));
        var size = sizes ? " completeListSize=\"" + all.size() + "\" cursor=\"" + offset + "\"" : "";
        if (end < all.size() || trailingToken && end == all.size() && end % page == 0 && offset < end)
            answer.append("<resumptionToken" + size + ">" + arguments.getOrDefault("metadataPrefix", "oai_dc") + "/"
                    + from + "/" + until + "/" + set + "/" + end + "/s" + session + "</resumptionToken>");
        else if (offset > 0) answer.append("<resumptionToken" + size + "/>");
        return answer + "</" + verb + ">";
    }

    private String stamp(Instant at) {
        return days ? at.atZone(ZoneOffset.UTC).toLocalDate().toString() : at.toString();
    }

    private String header(Rec record) {
        return "<header" + (record.deleted() ? " status=\"deleted\"" : "") + "><identifier>" + record.identifier()
                + "</identifier>\r\n  <datestamp>" + stamp(record.at())
                + "</datestamp><setSpec>sach</setSpec></header>";
    }

    private String whole(Rec record) {
        if (record.deleted()) return "<record>" + header(record) + "</record>";
        boolean about = record.more().startsWith("<about");
        var dc = metadata.equals("dim")
                ? "<dim:dim xmlns:dim=\"http://www.dspace.org/xmlns/dspace/dim\"><dim:field mdschema=\"dc\" element=\"title\">"
                        + record.title() + "</dim:field></dim:dim>"
                : "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ http://nowhere.invalid/x.xsd\"><dc:title>"
                        + record.title() + "</dc:title>" + (about ? "" : record.more()) + "</oai_dc:dc>";
        return "<record>" + header(record) + "<metadata>" + dc + "</metadata>" + (about ? record.more() : "")
                + "</record>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
