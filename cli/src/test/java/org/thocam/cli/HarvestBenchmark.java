package org.thocam.cli;

import com.sun.net.httpserver.HttpServer;
import io.gdcc.xoai.dataprovider.DataProvider;
import io.gdcc.xoai.dataprovider.filter.ScopedFilter;
import io.gdcc.xoai.dataprovider.model.Context;
import io.gdcc.xoai.dataprovider.model.Item;
import io.gdcc.xoai.dataprovider.model.ItemIdentifier;
import io.gdcc.xoai.dataprovider.model.MetadataFormat;
import io.gdcc.xoai.dataprovider.model.Set;
import io.gdcc.xoai.dataprovider.repository.ItemRepository;
import io.gdcc.xoai.dataprovider.repository.Repository;
import io.gdcc.xoai.dataprovider.repository.RepositoryConfiguration;
import io.gdcc.xoai.dataprovider.repository.ResultsPage;
import io.gdcc.xoai.dataprovider.repository.SetRepository;
import io.gdcc.xoai.model.oaipmh.DeletedRecord;
import io.gdcc.xoai.model.oaipmh.Granularity;
import io.gdcc.xoai.model.oaipmh.ResumptionToken;
import io.gdcc.xoai.model.oaipmh.results.record.Metadata;
import io.gdcc.xoai.services.impl.SimpleResumptionTokenFormat;
import io.gdcc.xoai.xml.XmlWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Harvests a running Thocam and io.gdcc's xoai data provider in turn, the same records in the same format, one client, and prints rates and
 * their ratio. xoai gets the records from ours, ready written, in memory: what is compared is a feed from the archive with a feed from a
 * list. Arguments: base address of Thocam's server, rounds, metadataPrefixes.
 */
final class HarvestBenchmark {
    private static final Pattern RECORD = Pattern.compile(
            "<record><header[^>]*><identifier>([^<]+)</identifier><datestamp>([^<]+)</datestamp>(.*?)</header>(?:<metadata>(.*?)</metadata>)?</record>",
            Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("<resumptionToken[^>]*>([^<]+)</resumptionToken>");
    private static final int PAGE = 100;

    private HarvestBenchmark() {}

    public static void main(String[] args) throws Exception {
        var base = args[0];
        int rounds = Integer.parseInt(args[1]);
        for (int i = 2; i < args.length; i++) {
            var prefix = args[i];
            var records = new ArrayList<Kept>();
            harvest(base + "/oai/all", prefix, body -> {
                Matcher record = RECORD.matcher(body);
                while (record.find())
                    records.add(new Kept(
                            record.group(1),
                            Instant.parse(record.group(2)),
                            record.group(4) == null ? null : record.group(4).getBytes(StandardCharsets.UTF_8)));
            });
            var other = serve(prefix, records);
            try {
                var theirs = "http://127.0.0.1:" + other.getAddress().getPort() + "/oai";
                var ratios = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    var ours = harvest(base + "/oai/all", prefix, body -> {});
                    var xoai = harvest(theirs, prefix, body -> {});
                    ratios[round] = ours.rate() / xoai.rate();
                    System.out.println(prefix + " round " + (round + 1) + " thocam " + ours);
                    System.out.println(prefix + " round " + (round + 1) + " xoai   " + xoai);
                }
                Arrays.sort(ratios);
                System.out.printf(
                        Locale.ROOT,
                        "%s: thocam's rate is %.2f of xoai's (median of %d; %.2f to %.2f)%n",
                        prefix,
                        ratios[rounds / 2],
                        rounds,
                        ratios[0],
                        ratios[rounds - 1]);
            } finally {
                other.stop(0);
            }
        }
    }

    /** @param metadata null for a deleted record */
    private record Kept(String identifier, Instant datestamp, byte[] metadata) implements Item {
        @Override
        public String getIdentifier() {
            return identifier;
        }

        @Override
        public Instant getDatestamp() {
            return datestamp;
        }

        @Override
        public List<Set> getSets() {
            return List.of();
        }

        @Override
        public boolean isDeleted() {
            return metadata == null;
        }

        @Override
        public Metadata getMetadata() {
            return metadata == null ? null : Metadata.copyFromStream(new ByteArrayInputStream(metadata));
        }
    }

    private record Walk(int records, double seconds, long bytes, double lastToFirst, double median, double p99) {
        double rate() {
            return records / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d records, %.0f/s, %.0f MB; last tenth at %.2f of the first tenth's rate; page %.0f ms median, %.0f ms p99",
                    records,
                    rate(),
                    bytes / 1e6,
                    lastToFirst,
                    median,
                    p99);
        }
    }

    private static Walk harvest(String address, String prefix, Consumer<String> pages) throws Exception {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var query = "verb=ListRecords&metadataPrefix=" + prefix;
        var millis = new ArrayList<Double>();
        int records = 0;
        long bytes = 0;
        long started = System.nanoTime();
        long reading = 0;
        while (true) {
            long asked = System.nanoTime();
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "?" + query)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            millis.add((System.nanoTime() - asked) / 1e6);
            long read = System.nanoTime();
            var body = new String(answer.body(), StandardCharsets.UTF_8);
            bytes += answer.body().length;
            for (int at = body.indexOf("<header"); at >= 0; at = body.indexOf("<header", at + 1)) records++;
            pages.accept(body);
            var token = TOKEN.matcher(body.substring(Math.max(0, body.length() - 2000)));
            boolean more = token.find();
            reading += System.nanoTime() - read;
            if (!more) break;
            query = "verb=ListRecords&resumptionToken=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        }
        double seconds = (System.nanoTime() - started - reading) / 1e9;
        int tenth = Math.max(1, millis.size() / 10);
        double first = millis.subList(0, tenth).stream().mapToDouble(m -> m).sum();
        double last = millis.subList(Math.max(0, millis.size() - tenth - 1), Math.max(1, millis.size() - 1)).stream()
                .mapToDouble(m -> m)
                .sum();
        var sorted = millis.stream().sorted().toList();
        return new Walk(records, seconds, bytes, first / last, sorted.get(sorted.size() / 2), sorted.get((int)
                (sorted.size() * 0.99)));
    }

    private static HttpServer serve(String prefix, List<Kept> records) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var configuration = new RepositoryConfiguration.RepositoryConfigurationBuilder()
                .withRepositoryName("the same records")
                .setAdminEmails("admin@example.org")
                .withBaseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/oai")
                .withEarliestDate(Instant.EPOCH)
                .withMaxListRecords(PAGE)
                .withMaxListIdentifiers(PAGE)
                .withMaxListSets(PAGE)
                .withDeleteMethod(DeletedRecord.PERSISTENT)
                .withGranularity(Granularity.Second)
                .withResumptionTokenFormat(new SimpleResumptionTokenFormat().withGranularity(Granularity.Second))
                .build();
        var repository = new Repository(configuration)
                .withItemRepository(new InMemory(records))
                .withSetRepository(new NoSets());
        var context = new Context()
                .withMetadataFormat(MetadataFormat.metadataFormat(prefix)
                        .withNamespace("http://example.org/ns")
                        .withSchemaLocation("http://example.org/ns.xsd")
                        .withTransformer(MetadataFormat.identity()));
        var provider = DataProvider.dataProvider(context, repository);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/oai", exchange -> {
            var parameters = new LinkedHashMap<String, String[]>();
            for (var pair : exchange.getRequestURI().getRawQuery().split("&"))
                parameters.put(pair.substring(0, pair.indexOf('=')), new String[] {
                    URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8)
                });
            var out = new ByteArrayOutputStream(1 << 17);
            try (var writer = new XmlWriter(out, configuration)) {
                writer.write(provider.handle(parameters));
            } catch (Exception e) {
                throw new IOException(e);
            }
            exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
            exchange.sendResponseHeaders(200, out.size());
            try (var body = exchange.getResponseBody()) {
                out.writeTo(body);
            }
        });
        server.start();
        return server;
    }

    private record NoSets() implements SetRepository {
        @Override
        public boolean supportSets() {
            return false;
        }

        @Override
        public List<Set> getSets() {
            return List.of();
        }

        @Override
        public boolean exists(String setSpec) {
            return false;
        }
    }

    private record InMemory(List<Kept> records, Map<String, Kept> byId) implements ItemRepository {
        InMemory(List<Kept> records) {
            this(records, new LinkedHashMap<>());
            records.forEach(record -> byId.put(record.identifier(), record));
        }

        @Override
        public ItemIdentifier getItemIdentifier(String identifier) {
            return byId.get(identifier);
        }

        @Override
        public Item getItem(String identifier, MetadataFormat format) {
            return byId.get(identifier);
        }

        @Override
        public ResultsPage<ItemIdentifier> getItemIdentifiers(
                List<ScopedFilter> filters, MetadataFormat format, int most, ResumptionToken.Value token) {
            return page(new ArrayList<ItemIdentifier>(part(most, token)), most, token);
        }

        @Override
        public ResultsPage<Item> getItems(
                List<ScopedFilter> filters, MetadataFormat format, int most, ResumptionToken.Value token) {
            return page(new ArrayList<Item>(part(most, token)), most, token);
        }

        private List<Kept> part(int most, ResumptionToken.Value token) {
            int from = (int) token.getOffset();
            return records.subList(from, Math.min(records.size(), from + most));
        }

        private <T> ResultsPage<T> page(List<T> list, int most, ResumptionToken.Value token) {
            return new ResultsPage<>(token, token.getOffset() + most < records.size(), list, records.size());
        }
    }
}
