package org.thocam.ingest.harvest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.Provenance;

/** A real archive harvests a real server: a good one, and one with each of the faults that providers have. */
class HarvesterTest {
    @TempDir
    private Path folder;

    private Provider provider;
    private HarvestedHome home;

    @BeforeEach
    void open() throws IOException {
        provider = new Provider();
        home = new HarvestedHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
        provider.close();
    }

    private void some(int count) {
        for (int n = 0; n < count; n++) provider.put("sach/" + n, "Sách " + n);
    }

    private void same() {
        assertEquals(HarvestedHome.titles(provider), home.titles());
    }

    private void harvested() throws InterruptedException {
        home.harvest(provider);
        same();
    }

    @Test
    void aWholeListIsTakenAndTheSameAgainIsNoChange() throws Exception {
        some(25);
        assertEquals(Map.of(Harvester.State.OK, 25L), home.harvest(provider));
        same();
        long last = home.log.last();
        var again = home.harvest(provider);
        assertTrue(again.keySet().equals(java.util.Set.of(Harvester.State.UNCHANGED)), again.toString());
        assertEquals(last, home.log.last());
        assertEquals("Thocam/1.2 (+https://thocam.example.vn)", provider.agents.get(0));
        assertTrue(provider.requests.stream()
                .filter(request -> request.containsKey("resumptionToken"))
                .allMatch(request -> request.keySet().equals(java.util.Set.of("verb", "resumptionToken"))));
    }

    @Test
    void theArchiveAloneTellsWhereAnItemCameFrom() throws Exception {
        var identifier =
                provider.put("a/1", "Khèn &amp; sáo", "<dc:identifier>17</dc:identifier><dc:rights>CC BY</dc:rights>");
        home.harvest(provider);
        var item = home.items().get(0);
        assertEquals("Khèn & sáo", item.title().shown());
        assertEquals(List.of("harvested:localhost"), item.sets());
        assertEquals("CC BY", item.rights());
        var from = Provenance.of(item).orElseThrow();
        assertEquals(provider.base(), from.base());
        assertEquals(identifier, from.identifier());
        assertEquals("oai_dc", from.prefix());
        assertEquals("2026-01-01T00:00:01Z", from.datestamp());
        assertTrue(
                item.id().value().startsWith("lib-thu-vien-vn-a-1."), item.id().value());
        var xml = home.file(item.id());
        var header = SafeXml.element(xml).getElementsByTagNameNS("http://www.openarchives.org/OAI/2.0/", "identifier");
        assertEquals(identifier, header.item(0).getTextContent());
        assertTrue(xml.contains("</identifier>\r\n  <datestamp>"), "character for character: " + xml);
        assertEquals(List.of(), home.archive.fixity(item.id()));
    }

    @Test
    void theNextHarvestAsksFromTheFirstAnswerOfTheLastOneWithAnOverlap() throws Exception {
        some(25);
        provider.intercept = (exchange, arguments) -> {
            provider.tick();
            return false;
        };
        home.harvest(provider);
        var began = home.harvester.sources().get(0).since();
        provider.intercept = (exchange, arguments) -> false;
        provider.requests.clear();
        home.harvest(provider);
        var from = provider.requests.stream()
                .filter(request -> request.containsKey("from"))
                .findFirst()
                .orElseThrow()
                .get("from");
        assertEquals(Granularity.read(began).orElseThrow().minusSeconds(600).toString(), from);
        // Identify, ListMetadataFormats, then the list's first page at its own second
        assertEquals("2026-01-01T00:00:28Z", began);
    }

    @Test
    void aDeletionFollowsAndWhatLivesAgainComesBack() throws Exception {
        some(3);
        harvested();
        provider.delete("sach/1");
        assertEquals(1L, home.harvest(provider).get(Harvester.State.DELETED));
        same();
        var id = PartnerSource.of(provider.base()).id("oai:lib.thu-vien.vn:sach/1");
        assertTrue(home.archive.head(id).orElseThrow().holding() instanceof Tombstone);
        provider.put("sach/1", "Sách 1");
        harvested();
        assertEquals(new Version(3), home.archive.head(id).orElseThrow().version());
    }

    @Test
    void whatAPersonWithdrewHereStaysWithdrawn() throws Exception {
        some(2);
        harvested();
        var id = PartnerSource.of(provider.base()).id("oai:lib.thu-vien.vn:sach/1");
        home.depositor
                .withdraw(id, Optional.empty(), "asked for by the village", "lan")
                .join();
        provider.put("sach/1", "Sách 1 mới");
        home.harvest(provider);
        assertTrue(home.archive.head(id).orElseThrow().holding() instanceof Tombstone);
        assertTrue(
                home.lines.stream().anyMatch(line -> line.reason().contains("withdrawn here by lan")),
                home.lines.toString());
    }

    @Test
    void whatWasClosedHereIsNotOpenedByTheNextHarvest() throws Exception {
        some(1);
        harvested();
        var item = home.items().get(0);
        var closed = Samples.item(item.id().value(), "Sách 0", new Access.Restricted(List.of("làng")), item.sets())
                .withTerms(item.terms())
                .from(item.source(), item.digest());
        home.depositor
                .keep(closed, Map.of(), Optional.of(new Version(1)), "lan")
                .join();
        provider.put("sach/0", "Sách 0 sửa");
        home.harvest(provider);
        assertEquals("Sách 0 sửa", home.items().get(0).title().shown());
        assertEquals(new Access.Restricted(List.of("làng")), home.items().get(0).access());
        assertTrue(home.lines.get(0).reason().contains("an edit made here by lan"), home.lines.toString());
    }

    @Test
    void aNewDatestampAloneIsNoNewVersion() throws Exception {
        some(3);
        harvested();
        long last = home.log.last();
        some(3);
        harvested();
        assertEquals(last, home.log.last());
    }

    @Test
    void killedAnywhereItGoesOnFromTheLastToken() throws Exception {
        some(95);
        home.dies = 47;
        assertThrows(HarvestedHome.Killed.class, () -> home.harvest(provider));
        provider.requests.clear();
        home.dies = -1;
        harvested();
        assertTrue(home.notes.get(0).contains("going on"), home.notes.toString());
        assertTrue(provider.requests.stream()
                .noneMatch(request -> request.getOrDefault("verb", "").equals("ListRecords")
                        && !request.containsKey("resumptionToken")));
        assertEquals(95, home.log.last(), "nothing was deposited twice");
    }

    @Test
    void aTokenThatNoLongerWorksBeginsItsWindowAnew() throws Exception {
        some(95);
        home.dies = 47;
        assertThrows(HarvestedHome.Killed.class, () -> home.harvest(provider));
        home.dies = -1;
        provider.session++;
        harvested();
        assertEquals(95, home.log.last());
    }

    @Test
    void aListWhoseTokensDieTooSoonIsReadInParts() throws Exception {
        some(80);
        provider.intercept = (exchange, arguments) -> {
            var token = arguments.getOrDefault("resumptionToken", "");
            if (token.contains("/20/")) provider.session++;
            return false;
        };
        harvested();
        assertTrue(home.notes.stream().anyMatch(note -> note.contains("in two parts")), home.notes.toString());
        assertFalse(home.harvester.sources().get(0).underWay());
    }

    @Test
    void aListThatGivesTheSameTokenTwiceEndsWithAnError() throws Exception {
        some(30);
        provider.sizes = false;
        provider.mangle = page -> page.replaceAll("(<resumptionToken>)[^<]*", "$1oai_dc////10/s0");
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertEquals(HarvestException.Kind.PROTOCOL, fault.kind());
        assertTrue(fault.getMessage().contains("came twice"), fault.getMessage());
        provider.mangle = page -> page;
        harvested();
    }

    @Test
    void aListWithoutAnEndEndsWithAnError() throws Exception {
        some(10);
        var turns = new int[1];
        provider.page = 5;
        provider.mangle =
                page -> page.replaceAll("(<resumptionToken completeListSize=\"10\")[^>]*>[^<]*<", "$1>oai_dc////5/s0<")
                        .replaceAll("5/s0<", "0000" + turns[0]++ + "5/s0<")
                        .replaceAll(
                                "<resumptionToken completeListSize=\"10\" cursor=\"5\"/>",
                                "<resumptionToken completeListSize=\"10\">oai_dc////0000" + turns[0]++
                                        + "/s0</resumptionToken>");
        provider.intercept = (exchange, arguments) -> {
            arguments.computeIfPresent("resumptionToken", (name, token) -> "oai_dc////0/s0");
            return false;
        };
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertTrue(fault.getMessage().contains("completeListSize says 10"), fault.getMessage());
    }

    @Test
    void emptyPagesWithoutEndEndWithAnError() {
        var turns = new int[1];
        provider.intercept = (exchange, arguments) -> {
            if (!"ListRecords".equals(arguments.get("verb"))) return false;
            provider.send(
                    exchange,
                    200,
                    provider.envelope(
                                    "<ListRecords><resumptionToken>t" + turns[0]++ + "</resumptionToken></ListRecords>")
                            .getBytes());
            return true;
        };
        assertTrue(assertThrows(HarvestException.class, () -> home.harvest(provider))
                .getMessage()
                .contains("without a record"));
    }

    @Test
    void aServerThatAsksForPatienceGetsIt() throws Exception {
        some(15);
        var turns = new int[1];
        provider.intercept = (exchange, arguments) -> {
            if (turns[0]++ % 2 == 1) return false;
            exchange.getResponseHeaders().set("Retry-After", "0");
            provider.send(exchange, turns[0] % 4 == 1 ? 503 : 429, "later".getBytes());
            return true;
        };
        harvested();
    }

    @Test
    void aServerThatIsDownIsToldOfAndTheNextRunGoesOn() throws Exception {
        some(35);
        provider.intercept = (exchange, arguments) -> {
            if (!arguments.getOrDefault("resumptionToken", "").contains("/20/")) return false;
            provider.send(exchange, 503, "down".getBytes());
            return true;
        };
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertEquals(HarvestException.Kind.UNREACHABLE, fault.kind());
        provider.intercept = (exchange, arguments) -> false;
        provider.requests.clear();
        harvested();
        assertEquals(2, provider.asked("ListRecords"));
    }

    @Test
    void aLongRetryAfterIsToldInPlaceOfWaitedFor() {
        provider.intercept = (exchange, arguments) -> {
            exchange.getResponseHeaders().set("Retry-After", "86400");
            provider.send(exchange, 503, "later".getBytes());
            return true;
        };
        assertTrue(assertThrows(HarvestException.class, () -> home.harvest(provider))
                .getMessage()
                .contains("86400 s"));
    }

    @Test
    void charactersThatXmlForbidsAreReplacedAndThePageIsKept() throws Exception {
        some(25);
        provider.mangle = page -> page.replace("Sách 13<", "Sách \u000313<")
                .replace("Sách 14<", "Sách &#x1F;14<")
                .replace("Sách 15<", "Sách \uFFFE15<");
        home.harvest(provider);
        var titles = home.titles();
        assertEquals(25, titles.size());
        assertEquals("Sách \uFFFD13", titles.get("oai:lib.thu-vien.vn:sach/13"));
        assertEquals("Sách \uFFFD14", titles.get("oai:lib.thu-vien.vn:sach/14"));
        assertEquals("Sách \uFFFD15", titles.get("oai:lib.thu-vien.vn:sach/15"));
        assertEquals(
                3,
                home.lines.stream()
                        .filter(line -> line.reason().contains("forbids"))
                        .count());
        var told = Files.readString(home.faults().get(1));
        assertTrue(told.contains("resumptionToken=") && told.matches("(?s).*byte \\d{3,}.*U\\+0003.*"), told);
        var page = Files.readAllBytes(home.faults().get(0));
        long offset = Long.parseLong(told.replaceAll("(?s).*\nbyte (\\d+).*", "$1"));
        assertEquals(3, page[(int) offset]);
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws Exception {
        some(5);
        provider.mangleBytes = bytes -> {
            var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            return text.replace("ch 3<", "ch \u00E83<").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        };
        home.harvest(provider);
        assertEquals("Sách \uFFFD3", home.titles().get("oai:lib.thu-vien.vn:sach/3"));
        assertEquals("Sách 4", home.titles().get("oai:lib.thu-vien.vn:sach/4"));
        assertEquals(2, home.faults().size());
    }

    @Test
    void aRecordThatBreaksItsPageStopsNoOther() throws Exception {
        some(35);
        provider.mangle = page -> page.replace("Sách 13<", "Sách <b> 13<");
        var states = home.harvest(provider);
        assertEquals(1L, states.get(Harvester.State.FAILED));
        assertEquals(34, home.titles().size());
        provider.mangle = page -> page;
        harvested();
    }

    @Test
    void aPageThatIsAnInnerErrorIsReadRecordByRecord() throws Exception {
        some(35);
        provider.intercept = (exchange, arguments) -> {
            boolean bad = arguments.getOrDefault("resumptionToken", "").contains("/10/")
                            && arguments.get("verb").equals("ListRecords")
                    || arguments.getOrDefault("identifier", "").endsWith("/13");
            if (bad) provider.send(exchange, 500, "java.lang.NullPointerException".getBytes());
            return bad;
        };
        assertEquals(1L, home.harvest(provider).get(Harvester.State.FAILED));
        assertEquals(34, home.titles().size());
        provider.intercept = (exchange, arguments) -> false;
        harvested();
    }

    @Test
    void aRecordWithoutATitleStopsNoOther() throws Exception {
        some(5);
        provider.put("none", "");
        assertEquals(1L, home.harvest(provider).get(Harvester.State.FAILED));
        assertEquals(5, home.titles().size());
    }

    @Test
    void aDeclarationInEachRecordAndNoticesBehindTheEndAreReadOver() throws Exception {
        some(12);
        provider.prolog = "\n\n" + provider.prolog;
        provider.mangle = page -> page.replace("<oai_dc:dc ", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oai_dc:dc ")
                + "\n<b>Notice</b>: Undefined index & more";
        harvested();
    }

    @Test
    void aPageWithoutADeclarationOrNamespaceIsRead() throws Exception {
        some(3);
        provider.prolog = "";
        provider.mangle = page -> page.replace(" xmlns=\"http://www.openarchives.org/OAI/2.0/\"", "");
        harvested();
    }

    @Test
    void theLastPageMayHaveATokenToNothing() throws Exception {
        provider.trailingToken = true;
        some(20);
        harvested();
        provider.sizes = false;
        provider.put("sach/20", "Sách 20");
        harvested();
    }

    @Test
    void aPartnerThatTellsDaysIsAskedInDays() throws Exception {
        provider.days = true;
        some(12);
        harvested();
        provider.put("sach/3", "Sách 3, sửa trong ngày");
        provider.requests.clear();
        harvested();
        assertEquals(
                "2025-12-31",
                provider.requests.stream()
                        .filter(r -> r.containsKey("from"))
                        .findFirst()
                        .orElseThrow()
                        .get("from"));
    }

    @Test
    void recordsThatMoveWhileTheyAreListedAreFoundByTheirIdentifiers() throws Exception {
        some(40);
        var once = new boolean[1];
        provider.intercept = (exchange, arguments) -> {
            if (arguments.getOrDefault("resumptionToken", "").contains("/20/") && !once[0]) {
                once[0] = true;
                // they move to the end of the list: 20 and 21 fall between two pages
                provider.put("sach/3", "Sách 3");
                provider.put("sach/4", "Sách 4");
            }
            return false;
        };
        harvested();
    }

    @Test
    void gzipIsReadAndABombIsNot() throws Exception {
        provider.gzip = true;
        some(12);
        harvested();
        provider.mangle = page -> page + " ".repeat(3 << 20);
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertTrue(fault.getMessage().contains("unpacked"), fault.getMessage());
    }

    @Test
    void hostileFeedsEnd() throws Exception {
        some(2);
        var dtd =
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
        for (var hostile : List.<java.util.function.UnaryOperator<String>>of(
                page -> page.replace("?>\n<OAI", "?>\n" + dtd + "<OAI").replace("Sách 0", "&b;&c;"),
                page -> page.replace("Sách 0<", "<x>".repeat(5000) + "<"),
                page -> page.replace("<dc:title>", "<dc:title a=\"" + "a".repeat(600_000) + "\">"),
                page -> page + "x".repeat(2 << 20))) {
            provider.mangle = hostile;
            var fault = assertThrows(HarvestException.class, () -> {
                home.harvest(provider);
                if (home.lines.stream().anyMatch(line -> line.state() == Harvester.State.FAILED))
                    throw new HarvestException(HarvestException.Kind.PROTOCOL, "failed: " + home.lines);
            });
            assertEquals(HarvestException.Kind.PROTOCOL, fault.kind());
            assertTrue(
                    home.titles().values().stream().noneMatch(title -> title.contains("aaaa")),
                    home.titles().toString());
        }
        provider.mangle = page -> page;
        harvested();
    }

    @Test
    void anAnswerThatDripsIsCutOff() {
        provider.intercept = (exchange, arguments) -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int n = 0; n < 600; n++) {
                    exchange.getResponseBody().write('<');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException e) {
                return true;
            }
            return true;
        };
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertTrue(fault.getMessage().contains("no whole answer within 2 s"), fault.getMessage());
    }

    @Test
    void redirectsAreFollowedWithinReason() throws Exception {
        some(3);
        try (var old = new Provider()) {
            old.intercept = (exchange, arguments) -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                provider.base() + "?" + exchange.getRequestURI().getRawQuery());
                exchange.sendResponseHeaders(301, -1);
                return true;
            };
            home.harvest(old);
            same();
            old.intercept = (exchange, arguments) -> {
                exchange.getResponseHeaders().set("Location", old.base() + "?again");
                exchange.sendResponseHeaders(302, -1);
                return true;
            };
            assertTrue(assertThrows(HarvestException.class, () -> home.harvest(old))
                    .getMessage()
                    .contains("more than 5"));
            old.intercept = (exchange, arguments) -> {
                exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
                exchange.sendResponseHeaders(302, -1);
                return true;
            };
            assertTrue(assertThrows(HarvestException.class, () -> home.harvest(old))
                    .getMessage()
                    .contains("not followed"));
        }
    }

    @Test
    void theSameIdentifierFromAnotherAddressIsADuplicate() throws Exception {
        some(3);
        harvested();
        try (var aggregator = new Provider()) {
            for (int n = 0; n < 4; n++) aggregator.put("sach/" + n, "Sách " + n + " (bản gộp)");
            var states = home.harvest(aggregator);
            assertEquals(Map.of(Harvester.State.DUPLICATE, 3L, Harvester.State.OK, 1L), states);
            aggregator.delete("sach/0");
            home.harvest(aggregator);
        }
        assertEquals(
                "Sách 0",
                home.titles().get("oai:lib.thu-vien.vn:sach/0"),
                "an aggregator deletes only what is its own");
    }

    @Test
    void whatAnAggregatorHadFromWhereWeHaveItIsADuplicate() throws Exception {
        some(1);
        harvested();
        home.depositor
                .keep(Samples.item("abc", "Của chính ta"), Map.of(), Optional.of(Version.NONE), "lan")
                .join();
        try (var aggregator = new Provider()) {
            aggregator.putAs(
                    "oai:gop.vn:99",
                    "Sách 0",
                    "<about><provenance xmlns=\"http://www.openarchives.org/OAI/2.0/provenance\"><originDescription harvestDate=\"2026-01-02T00:00:00Z\" altered=\"true\"><baseURL>http://a.vn/oai</baseURL><identifier>oai:lib.thu-vien.vn:sach/0</identifier><datestamp>2026-01-01</datestamp><metadataNamespace>x</metadataNamespace></originDescription></provenance></about>");
            aggregator.putAs("oai:thocam.example.vn:abc", "Của chính ta", "");
            var states = home.harvest(aggregator);
            assertEquals(Map.of(Harvester.State.DUPLICATE, 2L), states);
            assertTrue(home.lines.stream()
                    .anyMatch(line -> line.reason().contains("comes from this library")
                            && line.id().equals("abc")));
        }
        assertEquals(2, home.items().size());
    }

    @Test
    void aStrongIdentifierOfAnItemHereIsADuplicateAndAWeakOneIsNot() throws Exception {
        var mine = Samples.item("mine", "Sử thi Đam San");
        home.depositor
                .keep(
                        new Item(
                                mine.id(),
                                mine.title(),
                                "Text",
                                mine.languages(),
                                mine.description(),
                                List.of(),
                                "",
                                List.of(),
                                Optional.empty(),
                                "",
                                Access.OPEN,
                                List.of(),
                                List.of(),
                                List.of("978-604-70-0000-5", "https://doi.org/10.1234/ABC", "https://lib.vn/sach/7"),
                                "",
                                ""),
                        Map.of(),
                        Optional.of(Version.NONE),
                        "lan")
                .join();
        provider.put("doi", "Một", "<dc:identifier>doi:10.1234/abc</dc:identifier>");
        provider.put("isbn", "SỬ THI  Đam San", "<dc:identifier>ISBN 9786047000005</dc:identifier>");
        provider.put("tap2", "Sử thi Đam San, tập 2", "<dc:identifier>ISBN 9786047000005</dc:identifier>");
        provider.put("page", "Bốn", "<dc:identifier>http://lib.vn/sach/7/</dc:identifier>");
        provider.put("front", "Năm", "<dc:identifier>http://lib.vn/</dc:identifier>");
        provider.put("twice", "Sáu", "<dc:identifier>hdl:20.500/1</dc:identifier>");
        provider.put("twice2", "Bảy", "<dc:identifier>https://hdl.handle.net/20.500/1</dc:identifier>");
        var states = home.harvest(provider);
        assertEquals(Map.of(Harvester.State.DUPLICATE, 4L, Harvester.State.OK, 3L), states, home.lines.toString());
        assertEquals(
                3, home.lines.stream().filter(line -> line.id().equals("mine")).count());
        assertEquals(new Version(1), home.archive.head(mine.id()).orElseThrow().version());
    }

    @Test
    void reconcilingFetchesWhatIsMissingAndTellsOfWhatIsGone() throws Exception {
        provider.deletions = "no";
        some(25);
        harvested();
        // stamped in the past: no incremental harvest sees it
        provider.now = provider.now.minusSeconds(100_000);
        provider.put("xua", "Bản xưa");
        provider.now = provider.now.plusSeconds(100_000);
        provider.vanish("sach/7");
        home.harvest(HarvestedHome.reconcile(provider, false));
        assertTrue(home.titles().containsKey("oai:lib.thu-vien.vn:xua"));
        assertTrue(home.titles().containsKey("oai:lib.thu-vien.vn:sach/7"));
        assertEquals(
                1,
                home.lines.stream()
                        .filter(line -> line.reason().contains("no longer listed"))
                        .count());
        home.harvest(HarvestedHome.reconcile(provider, true));
        same();
    }

    @Test
    void aListThatComesShortWithdrawsNothing() throws Exception {
        provider.deletions = "no";
        some(25);
        harvested();
        provider.mangle = page -> page.contains("ListIdentifiers")
                ? page.replaceAll("<resumptionToken([^>]*)>[^<]*</resumptionToken>", "<resumptionToken$1/>")
                : page;
        home.harvest(HarvestedHome.reconcile(provider, true));
        assertEquals(25, home.titles().size());
        provider.intercept = (exchange, arguments) -> {
            if (!"ListIdentifiers".equals(arguments.get("verb"))) return false;
            provider.send(
                    exchange,
                    200,
                    provider.envelope("<error code=\"noRecordsMatch\"/>").getBytes());
            return true;
        };
        home.harvest(HarvestedHome.reconcile(provider, true));
        assertEquals(25, home.titles().size());
    }

    @Test
    void aLostLedgerIsMadeAgainAndAFullHarvestChangesNothing() throws Exception {
        some(25);
        harvested();
        long last = home.log.last();
        try (var files = Files.list(home.folder.resolve("harvest"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
        provider.vanish("sach/7");
        provider.deletions = "no";
        harvestedBut("sach/7");
        assertEquals(last, home.log.last());
        home.harvest(HarvestedHome.reconcile(provider, true));
        same();
    }

    private void harvestedBut(String gone) throws InterruptedException {
        home.harvest(provider);
        var titles = home.titles();
        titles.remove("oai:lib.thu-vien.vn:" + gone);
        assertEquals(HarvestedHome.titles(provider), titles);
    }

    @Test
    void aDryRunTellsAndDoesNothing() throws Exception {
        some(12);
        var plain = HarvestedHome.request(provider);
        var dry = new Harvester.Request(
                plain.base(), List.of(), "", "", "", Duration.ZERO, 0, true, false, false, Access.OPEN);
        assertEquals(Map.of(Harvester.State.OK, 12L), home.harvest(dry));
        assertEquals(0, home.log.last());
        assertEquals(List.of(), home.harvester.sources());
        harvested();
    }

    @Test
    void aLimitStopsAndTheNextRunGoesOn() throws Exception {
        some(25);
        var plain = HarvestedHome.request(provider);
        var few = new Harvester.Request(
                plain.base(), List.of(), "", "", "", Duration.ZERO, 12, false, false, false, Access.OPEN);
        home.harvest(few);
        assertEquals(12, home.items().size());
        home.harvest(few);
        assertEquals(24, home.items().size());
        harvested();
    }

    @Test
    void setsAndBoundsAreAskedForAndMoveNothingElse() throws Exception {
        some(5);
        provider.put("bao/1", "Báo 1");
        var set = new Harvester.Request(
                provider.base(),
                List.of("bao", "nothing"),
                "oai_dc",
                "2026-01-01",
                "2026-12-31",
                Duration.ZERO,
                0,
                false,
                false,
                false,
                new Access.Restricted(List.of()));
        home.harvest(set);
        assertEquals(1, home.items().size());
        assertEquals(new Access.Restricted(List.of()), home.items().get(0).access());
        assertTrue(provider.requests.stream()
                .anyMatch(r -> "2026-12-31T23:59:59Z".equals(r.get("until")) && "bao".equals(r.get("set"))));
        assertEquals("", home.harvester.sources().get(0).since());
    }

    @Test
    void aDspaceFeedIsReadInItsRichestFormat() throws Exception {
        provider.metadata = "dim";
        provider.deletions = "transient";
        some(25);
        harvested();
        assertTrue(provider.requests.stream().anyMatch(r -> "dim".equals(r.get("metadataPrefix"))));
        provider.delete("sach/3");
        harvested();
        provider.vanish("sach/3");
        provider.put("sach/4", "Sách 4 sửa");
        harvested();
    }

    @Test
    void whatIsNoProviderIsRefusedInWords() {
        provider.intercept = (exchange, arguments) -> {
            provider.send(exchange, 200, "<html><body>Chào</body></html>".getBytes());
            return true;
        };
        var fault = assertThrows(HarvestException.class, () -> home.harvest(provider));
        assertTrue(fault.getMessage().contains("a page for people (HTML)"), fault.getMessage());
        for (var bad : List.of("ftp://a.vn/oai", "nonsense", "http://user@a.vn/", "file:///etc/passwd"))
            assertEquals(
                    HarvestException.Kind.ASKED,
                    assertThrows(HarvestException.class, () -> PartnerSource.of(bad))
                            .kind());
    }

    @Test
    void manyRandomRoundsEqualAFreshHarvest() throws Exception {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("HarvesterTest seed " + seed);
        var random = new Random(seed);
        provider.days = random.nextBoolean();
        provider.trailingToken = random.nextBoolean();
        provider.page = 3 + random.nextInt(10);
        some(30 + random.nextInt(30));
        for (int round = 0; round < 25; round++) {
            for (int n = random.nextInt(8); n > 0; n--) edit(random);
            // an hour and more apart, so that the overlap is not what saves us
            provider.now = provider.now.plusSeconds(4000 + random.nextInt(90_000));
            int calm = random.nextInt(4);
            provider.intercept = (exchange, arguments) -> {
                if (random.nextInt(6) < calm) return false;
                if (random.nextInt(6) == 0) edit(random);
                if (random.nextInt(25) == 0) provider.session++;
                if (random.nextInt(25) == 0) {
                    provider.send(exchange, 503, "later".getBytes());
                    return true;
                }
                return false;
            };
            home.dies = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : -1;
            try {
                home.harvest(provider);
            } catch (HarvestedHome.Killed | HarvestException e) {
                // goes on below, as an operator does
            }
            home.dies = -1;
            provider.intercept = (exchange, arguments) -> false;
            provider.now = provider.now.plusSeconds(2);
            home.harvest(provider);
            provider.now = provider.now.plusSeconds(2);
            home.harvest(provider);
            assertEquals(HarvestedHome.titles(provider), home.titles(), "seed " + seed + ", round " + round);
        }
        try (var fresh = new HarvestedHome(folder.resolve("fresh"))) {
            fresh.harvest(provider);
            assertEquals(fresh.titles(), home.titles(), "seed " + seed);
        }
        for (var item : home.items()) {
            var versions = home.archive.versions(item.id());
            for (int v = 1; v < versions.size(); v++)
                if (versions.get(v - 1).holding() instanceof Item before
                        && versions.get(v).holding() instanceof Item after)
                    assertFalse(
                            before.title().equals(after.title()),
                            "seed " + seed + ": version without a change of " + item.id());
        }
    }

    private void edit(Random random) {
        int n = random.nextInt(60);
        int what = random.nextInt(10);
        if (what < 3) provider.delete("sach/" + n);
        else provider.put("sach/" + n, "Sách " + n + " lần " + random.nextInt(1_000_000));
    }

    @Test
    void messagesSayWhatToDoNext() throws Exception {
        var unknown =
                assertThrows(HarvestException.class, () -> home.harvest(at("http://khong-co.invalid/oai", List.of())));
        assertTrue(unknown.getMessage().contains("slip in the address"), unknown.getMessage());
        provider.intercept = (exchange, arguments) -> {
            provider.send(
                    exchange,
                    200,
                    "<!DOCTYPE html>\n<html><body>Xin chào</body></html>".getBytes(StandardCharsets.UTF_8));
            return true;
        };
        var html = assertThrows(HarvestException.class, () -> harvested());
        assertTrue(html.getMessage().contains("/oai/request"), html.getMessage());
        provider.intercept = (exchange, arguments) -> false;
        some(3);
        assertEquals(Map.of(), home.harvest(at(provider.base(), List.of("khong-co"))));
        assertTrue(home.notes.toString().contains("ListSets"), home.notes.toString());
        home.harvest(at(provider.base(), List.of("sach")));
        assertEquals(List.of(), home.notes);
    }

    private static Harvester.Request at(String base, List<String> sets) {
        return new Harvester.Request(
                base, sets, "", "", "", java.time.Duration.ZERO, 0, false, false, false, Access.OPEN);
    }
}
