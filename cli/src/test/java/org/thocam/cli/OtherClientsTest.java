package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gdcc.xoai.serviceprovider.ServiceProvider;
import io.gdcc.xoai.serviceprovider.client.JdkHttpOaiClient;
import io.gdcc.xoai.serviceprovider.client.OAIClient;
import io.gdcc.xoai.serviceprovider.model.Context;
import io.gdcc.xoai.serviceprovider.parameters.ListIdentifiersParameters;
import io.gdcc.xoai.serviceprovider.parameters.ListRecordsParameters;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.metafacture.biblio.OaiPmhOpener;
import org.metafacture.framework.helpers.DefaultObjectReceiver;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;

/** Programs that others wrote harvest us: all records, and each deletion. */
class OtherClientsTest {
    private static final int ITEMS = 257;
    private static final int WITHDRAWN = 12;

    @TempDir
    private static Path home;

    private static Shelf shelf;

    @BeforeAll
    static void fill() throws Exception {
        shelf = new Shelf(home, 0, 25);
        var titles = List.of("Thổ cẩm & hoa văn", "ꪼꪕꪒꪾ", "បុណ្យ", "ꨌꩌ <chữ>", "𠊛 người");
        for (int i = 0; i < ITEMS; i++) {
            var entry = ItemJson.entry(ItemJson.parse(
                    "{\"id\":\"it-%d\",\"title\":{\"vi\":\"%s %d\"},\"language\":\"vi\",\"type\":\"Text\",\"sets\":[\"a:%d\"]}"
                            .formatted(i, titles.get(i % titles.size()), i, i % 3)));
            shelf.intake()
                    .take(new Submission(entry.item(), Optional.of("chữ"), List.of(), "it"), Optional.empty(), "test")
                    .join();
        }
        for (int i = 0; i < WITHDRAWN; i++)
            shelf.intake()
                    .withdraw(new ItemId("it-" + i * 20), Optional.empty(), "test", "test")
                    .join();
    }

    @AfterAll
    static void close() {
        shelf.close();
    }

    private static String address() {
        return "http://127.0.0.1:" + shelf.port() + "/oai";
    }

    @Test
    void xoaisServiceProviderListsAllRecordsAndDeletions() throws Exception {
        OAIClient client = ((JdkHttpOaiClient.JdkHttpBuilder) OAIClient.newBuilder())
                .withBaseUrl(address())
                .build();
        var provider = new ServiceProvider(
                new Context().withBaseUrl(address()).withOAIClient(client).withSaveUnparsedMetadata());
        assertEquals(address(), provider.identify().getBaseURL());
        var found = new HashSet<String>();
        int deleted = 0;
        var records = provider.listRecords(ListRecordsParameters.request().withMetadataPrefix("oai_dc"));
        while (records.hasNext()) {
            var record = records.next();
            found.add(record.getHeader().getIdentifier());
            if (record.getHeader().isDeleted()) deleted++;
            else assertTrue(record.getMetadata().asUnparsedString().contains("dc:title"));
        }
        assertEquals(ITEMS, found.size());
        assertEquals(WITHDRAWN, deleted);
        int headers = 0;
        var identifiers = provider.listIdentifiers(
                ListIdentifiersParameters.request().withMetadataPrefix("oai_dc").withSetSpec("collection:a:1"));
        for (; identifiers.hasNext(); identifiers.next()) headers++;
        assertEquals(86, headers);
        int sets = 0;
        for (var all = provider.listSets(); all.hasNext(); all.next()) sets++;
        assertTrue(sets > 6, sets + " sets");
    }

    @Test
    void metafacturesOpenerGetsEveryPage() {
        var harvested = new StringWriter();
        var opener = new OaiPmhOpener();
        opener.setEncoding("utf-8");
        opener.setMetadataPrefix("oai_dc");
        opener.setReceiver(new DefaultObjectReceiver<Reader>() {
            @Override
            public void process(Reader reader) {
                try {
                    reader.transferTo(harvested);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        opener.process(address());
        assertEquals(ITEMS, identifiers(harvested.toString()).size());
        assertTrue(harvested.toString().contains("ꪼꪕꪒꪾ 1"));
    }

    @Test
    void httpOaiGetsEveryRecord() throws Exception {
        var script =
                """
                use HTTP::OAI; my $h = HTTP::OAI::Harvester->new(baseURL => $ARGV[0]); my ($all, $dead) = (0, 0);
                $h->ListRecords(metadataPrefix => 'oai_dc', onRecord => sub { $all++; $dead++ if $_[0]->header->is_deleted; });
                print "$all $dead";
                """;
        Assumptions.assumeTrue(
                run("perl", "-MHTTP::OAI", "-e", "print 1").equals("1"),
                "HTTP::OAI is not installed (Debian: libhttp-oai-perl): not tried");
        assertEquals(ITEMS + " " + WITHDRAWN, run("perl", "-e", script, address()));
    }

    private static String run(String... command) throws Exception {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
            return said;
        } catch (IOException e) {
            return "";
        }
    }

    private static Set<String> identifiers(String xml) {
        var found = new HashSet<String>();
        var matcher = Pattern.compile("<identifier>(oai:[^<]+)</identifier>").matcher(xml);
        while (matcher.find()) found.add(matcher.group(1));
        return found;
    }
}
