package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.index.search.Samples.ask;
import static org.thocam.index.search.Samples.ids;
import static org.thocam.index.search.Samples.item;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Watermark;
import org.thocam.services.SolrService;
import org.thocam.services.ZooKeeperService;

/** A cluster whose nodes fall, stand still and come back while it is written and asked. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SolrCloudTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private Cluster cluster;
    private SolrCloud cloud;

    @BeforeEach
    void open() throws Exception {
        cluster = Cluster.shared();
        cloud = cluster.open();
    }

    @AfterEach
    void close() {
        cloud.dropAllBut(Set.of());
        cloud.close();
    }

    private static void apply(SearchIndex index, int batch, int size) {
        var items = IntStream.range(0, size)
                .mapToObj(n -> item("b" + batch + "-" + n).title("lễ hội " + n).snapshot())
                .toList();
        try {
            index.apply(items, new Watermark("log", batch));
        } catch (IndexUnavailableException e) {
            // what was shown around a fall is to be shown again: so does a catch-up
            index.apply(items, new Watermark("log", batch));
        }
    }

    /** Around the fall of a node it does not count as shown, until it is shown again. */
    private static void reached(Watermark mark, SearchIndex index) {
        assertTrue(Set.of(mark, Watermark.NONE).contains(index.watermark()), "" + index.watermark());
    }

    @Test
    void aKilledNodeFailsNoQuestionAndLosesNoDocument() throws Exception {
        int size = 20;
        var index = SearchIndex.open(cloud, "kill");
        var applied = new AtomicInteger();
        var asked = new AtomicInteger();
        var done = new AtomicBoolean();
        var failed = new AtomicReference<Throwable>();
        var readers = new ArrayList<Thread>();
        for (int n = 0; n < 2; n++) {
            var reader = new Thread(() -> {
                while (!done.get() && failed.get() == null)
                    try {
                        int before = applied.get();
                        long found = ask("le hoi").size(5).of(index).total();
                        if (found < before) throw new AssertionError(found + " found, " + before + " applied before");
                        asked.incrementAndGet();
                    } catch (Throwable t) {
                        failed.compareAndSet(null, t);
                    }
            });
            reader.start();
            readers.add(reader);
        }
        int batch = 0;
        var killed = cluster.nodes().get(0);
        try {
            for (; batch < 3; batch++, applied.addAndGet(size)) apply(index, batch, size);
            killed.kill();
            for (; batch < 6; batch++, applied.addAndGet(size)) apply(index, batch, size);
            killed.start();
            for (; batch < 12; batch++, applied.addAndGet(size)) apply(index, batch, size);
            awaitCopies("kill");
        } finally {
            killed.start();
            done.set(true);
            for (var reader : readers) reader.join();
        }
        if (failed.get() != null) throw new AssertionError("a question failed after " + asked, failed.get());
        assertTrue(asked.get() > 0);
        reached(new Watermark("log", batch - 1), index);
        assertEquals((long) batch * size, index.size());
        everyCopyHas("kill", batch * size + 1);
        index.close();
    }

    /** The only copy that has all falls while the other one is still behind: that one must not lead, however long it waits. */
    @Test
    void aCopyThatIsBehindNeverLeads() throws Exception {
        int size = 20;
        var first = cluster.nodes().get(0);
        var second = cluster.nodes().get(1);
        try (var index = SearchIndex.open(cloud, "behind")) {
            apply(index, 0, size);
            first.kill();
            apply(index, 1, size);
            second.kill();
            first.start();
            // longer than a session, and than the time that Solr was once given to wait for a better leader
            TimeUnit.SECONDS.sleep(25);
            second.start();
            awaitCopies("behind");
            everyCopyHas("behind", 2 * size + 1);
            assertEquals(2 * size, index.size());
        } finally {
            first.start();
            second.start();
        }
    }

    @Test
    void aNodeThatStandsStillMakesNothingUndoneWhenItGoesOn() throws Exception {
        var patient = new SolrCloud.Settings(
                cluster.addresses(),
                Cluster.USER,
                Cluster.PASSWORD,
                2,
                2,
                Duration.ofSeconds(4),
                Duration.ofSeconds(8));
        var still = cluster.nodes().get(0);
        try (var cloud = SolrCloud.open(patient);
                var index = SearchIndex.open(cloud, "still")) {
            index.apply(List.of(item("a").title("một").snapshot()), new Watermark("log", 1));
            still.pause();
            long from = System.nanoTime();
            assertEquals(List.of("a"), ids(ask("mot").of(index)));
            assertTrue(System.nanoTime() - from < Duration.ofSeconds(30).toNanos(), "bounded");
            // some of these wait at the node that stands still, and are sent elsewhere
            for (int n = 2; n <= 5; n++) {
                var next = List.of(item("a").title("hai " + n).version(n).snapshot());
                for (boolean taken = false; !taken; )
                    try {
                        index.apply(next, new Watermark("log", n));
                        taken = true;
                    } catch (IndexUnavailableException e) {
                        assertTrue(System.nanoTime() - from < SOON.toNanos(), e.getMessage());
                    }
            }
            still.resume();
            awaitCopies("still");
            index.tidy();
            assertEquals("hai 5", ask("").of(index).items().get(0).title().shown());
            reached(new Watermark("log", 5), index);
            everyCopyHas("still", 2);
        } finally {
            still.resume();
        }
    }

    @Test
    void whatIsLateIsNotDone() {
        var index = SearchIndex.open(cloud, "late");
        index.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
        var late = new UpdateRequest().deleteByQuery("*:*");
        late.setParam("thocam.until", String.valueOf(System.currentTimeMillis() - 1));
        try (var client = client(cluster.nodes().get(1).address())) {
            var e = assertThrows(Exception.class, () -> late.process(client, "late"));
            assertTrue(e.getMessage().contains("gave it up"), e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        index.tidy();
        assertEquals(1, index.size());
        index.close();
    }

    /** As a crash between the documents and their mark leaves it. */
    @Test
    void whatCameWithoutItsMarkComesOnceMore() {
        try (var index = SearchIndex.open(cloud, "crash")) {
            index.apply(List.of(item("a").snapshot(), item("b").snapshot()), new Watermark("log", 1));
            var batch = List.of(
                    item("b").title("hai").version(2).snapshot(), item("c").snapshot(), Samples.withdrawn("a", 2));
            var half = new SolrInputDocument();
            half.setField("id", "c");
            half.setField("version", 1);
            cloud.write(SearchService.committing(new UpdateRequest().add(half).deleteById("a")), "crash");
            assertEquals(new Watermark("log", 1), index.watermark());
            index.apply(batch, new Watermark("log", 4));
            index.apply(batch, new Watermark("log", 4));
            assertEquals(new Watermark("log", 4), index.watermark());
            assertEquals(Set.of("b", "c"), Set.copyOf(ids(ask("").of(index))));
            assertEquals(List.of("b"), ids(ask("hai").of(index)));
            index.clear();
            assertEquals(Watermark.NONE, index.watermark());
            assertEquals(0, index.size());
        }
    }

    @Test
    void generationsComeAndGoBehindAName() {
        var first = SearchIndex.open(cloud, "thocam-g1");
        first.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
        cloud.alias("thocam-current", "thocam-g1");
        var second = SearchIndex.open(cloud, "thocam-g2");
        second.apply(List.of(item("a").snapshot(), item("b").snapshot()), new Watermark("log", 2));
        var everything = new ModifiableSolrParams();
        everything.set("q", "version:*");
        assertEquals(
                1,
                new Core(cloud, "thocam-current", ConfigSet.Kind.ITEMS)
                        .ask(everything)
                        .getResults()
                        .getNumFound());
        cloud.alias("thocam-current", "thocam-g2");
        assertEquals(
                2,
                new Core(cloud, "thocam-current", ConfigSet.Kind.ITEMS)
                        .ask(everything)
                        .getResults()
                        .getNumFound());
        assertEquals(Set.of("thocam-g1", "thocam-g2"), cloud.cores());
        first.drop();
        assertEquals(Set.of("thocam-g2"), cloud.cores());
        try (var again = cluster.open()) {
            assertEquals(2, SearchIndex.open(again, "thocam-g2").size());
        }
        second.drop();
        assertEquals(Set.of(), cloud.cores(), "the name that meant it goes with it");
    }

    @Test
    void onlyWhoBringsAnIndexUpMakesIt() {
        var e = assertThrows(IndexUnavailableException.class, () -> SearchIndex.open(cloud, "mine", false));
        assertTrue(e.getMessage().contains("not there yet"), e.getMessage());
        assertFalse(cloud.cores().contains("mine"));
        try (var index = SearchIndex.open(cloud, "mine", true);
                var follower = SearchIndex.open(cloud, "mine", false)) {
            index.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
            assertEquals(1, follower.size());
            // of another version of Thocam: that engine must not throw away what this one shows
            cloud.drop("mine");
            cloud.open("mine", ConfigSet.Kind.ENTRIES, true);
            var other = assertThrows(IndexUnavailableException.class, () -> SearchIndex.open(cloud, "mine", false));
            assertTrue(other.getMessage().contains("another version"), other.getMessage());
            index.ensure();
            assertEquals(Watermark.NONE, index.resume());
            index.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
            assertEquals(1, follower.size());
        }
    }

    @Test
    void whoeverBringsAnIndexUpNoticesThatSomebodyEmptiedIt() throws Exception {
        try (var index = SearchIndex.open(cloud, "emptied")) {
            index.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
            index.rest();
            cloud.write(SearchService.committing(new UpdateRequest().deleteByQuery("*:*")), "emptied");
            var e = assertThrows(IndexUnavailableException.class, index::rest);
            assertTrue(e.getMessage().contains("filled again"), e.getMessage());
            assertEquals(Watermark.NONE, index.resume());
            index.rest();
        }
    }

    @Test
    void whoIsNotLetInIsToldSo() {
        var settings = SolrCloud.Settings.of(cluster.addresses(), Cluster.USER, "wrong", 2, 2);
        var e = assertThrows(IndexUnavailableException.class, () -> SolrCloud.open(settings));
        assertTrue(e.getMessage().contains("index.password"), e.getMessage());
        assertFalse(e.getMessage().contains("wrong"), e.getMessage());
        var nowhere = new SolrCloud.Settings(
                List.of(URI.create("http://127.0.0.1:1/solr")),
                "",
                "",
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        assertThrows(IndexUnavailableException.class, () -> SolrCloud.open(nowhere));
        assertThrows(
                IllegalArgumentException.class,
                () -> SolrCloud.Settings.of(List.of(URI.create("zk1:2181")), "", "", 1, 1));
    }

    @Test
    void withoutOurJarsAnAdministratorIsToldWhatToCopy(@TempDir Path folder) throws Exception {
        try (var zooKeeper = new ZooKeeperService(Samples.lib(), folder.resolve("zookeeper"), 0)) {
            zooKeeper.start();
            try (var bare = new SolrService(
                    "bare", Samples.lib(), folder.resolve("solr"), 0, zooKeeper.host(), "256m", "", "")) {
                bare.uninstall();
                bare.start();
                try (var open = SolrCloud.open(SolrCloud.Settings.of(List.of(bare.address()), "", "", 1, 1))) {
                    var e = assertThrows(IndexUnavailableException.class, () -> SearchIndex.open(open, "g1"));
                    assertTrue(e.getMessage().contains("Copy thocam-index-node"), e.getMessage());
                    assertEquals(Set.of(), open.cores());
                }
            }
        }
    }

    private static HttpJdkSolrClient client(URI address) {
        return new HttpJdkSolrClient.Builder(address.toString())
                .useHttp1_1(true)
                .withBasicAuthCredentials(Cluster.USER, Cluster.PASSWORD)
                .build();
    }

    private record Copy(String shard, String core, URI node, String state) {}

    private List<Copy> copies(String collection) throws Exception {
        var copies = new ArrayList<Copy>();
        try (var client = client(cluster.nodes().get(1).address())) {
            var state = new ObjectMapper()
                    .valueToTree(CollectionAdminRequest.getClusterStatus()
                            .setCollectionName(collection)
                            .process(client)
                            .getResponse()
                            .asMap(12));
            state.path("cluster")
                    .path("collections")
                    .path(collection)
                    .path("shards")
                    .properties()
                    .forEach(shard -> shard.getValue()
                            .path("replicas")
                            .forEach(copy -> copies.add(new Copy(
                                    shard.getKey(),
                                    copy.path("core").asText(),
                                    URI.create(copy.path("base_url").asText()),
                                    copy.path("state").asText()))));
        }
        return copies;
    }

    private void awaitCopies(String collection) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!copies(collection).stream().allMatch(copy -> copy.state().equals("active"))) {
            assertTrue(System.nanoTime() < end, "still not there: " + copies(collection));
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Asks each copy by itself. */
    /** In a moment: a copy that was away shows what it caught up with after one more commit, which the engine makes by itself. */
    private void everyCopyHas(String collection, long documents) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        var counts = counts(collection);
        while (counts.values().stream().anyMatch(each -> each.size() > 1) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
            counts = counts(collection);
        }
        assertEquals(2, counts.size());
        var last = counts;
        assertTrue(last.values().stream().allMatch(each -> each.size() == 1), () -> "copies of a part differ: " + last);
        assertEquals(
                documents,
                counts.values().stream()
                        .mapToLong(each -> each.iterator().next())
                        .sum(),
                "" + counts);
    }

    private TreeMap<String, Set<Long>> counts(String collection) throws Exception {
        var params = new ModifiableSolrParams();
        // how far it was kept for certain is noted in time, or not yet
        params.set("q", "*:* -id:\"~kept\"");
        params.set("distrib", false);
        var counts = new TreeMap<String, Set<Long>>();
        for (var copy : copies(collection))
            try (var client = client(copy.node())) {
                long count = new QueryRequest(params)
                        .process(client, copy.core())
                        .getResults()
                        .getNumFound();
                counts.computeIfAbsent(copy.shard(), shard -> new TreeSet<>()).add(count);
            }
        return counts;
    }
}
