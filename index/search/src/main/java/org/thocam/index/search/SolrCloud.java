package org.thocam.index.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrResponse;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.ContentStreamBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An administrator's SolrCloud, asked over HTTP at the addresses of its nodes: any of them passes on what it does not hold. A node that
 * does not answer rests for some seconds while the others are asked. Every change is one that may be sent twice, and is sent again
 * until it was taken or the patience for it is over.
 *
 * <p>A change counts once every copy that is there has it. While a copy is known to be away or to catch up, the others are enough: Solr
 * lets a copy that missed something answer, or lead, only after it has caught up.
 */
public final class SolrCloud extends SearchService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 12;
    private static final Logger LOG = LoggerFactory.getLogger(SolrCloud.class);
    private static final Duration RESTING = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration WATCHING = Duration.ofMillis(250);
    private static final Duration LOOKING = Duration.ofSeconds(1);
    private static final Duration READY_HOLDS = Duration.ofSeconds(2);
    /** Making a collection and purging a large one take longer than a change. */
    private static final int LONG = 10;
    /** What a node says that cannot reach the leader of a part, whatever code it says it with. */
    private static final Pattern NO_LEADER = Pattern.compile("(?i)leader|clusterstate|zookeeper");

    private static final Pattern NO_JARS = Pattern.compile("org\\.thocam\\.|Thocam's analysis");
    /** Until when a change may be made: what this engine has given up must not be made any more (TimelyUpdates). */
    private static final String UNTIL = "thocam.until";

    private static final int TOO_MANY_REQUESTS = 429;
    /** Replicas of one part in which the same question meets the same numbers, as long as they are there. */
    private static final String SAME_REPLICAS = "replica.location:local,replica.base:stable:hash:alike";

    private static final String LEADERS_FIRST = "replica.leader:true,";

    private final Settings settings;
    private final List<Node> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    /** Indexes of which a copy was away or catching up when something was committed. */
    private final Set<String> catching = ConcurrentHashMap.newKeySet();

    private final Map<String, RecentMarks> marks = new ConcurrentHashMap<>();
    /** When each node was started, as it said last. */
    private final Map<URI, String> started = new ConcurrentHashMap<>();

    private volatile long looked = System.nanoTime() - LOOKING.toNanos();
    private Thread watcher;
    private final Set<String> tidy = ConcurrentHashMap.newKeySet();
    private volatile long askedWhetherReady;
    private volatile boolean wasReady;
    private volatile boolean closed;

    /**
     * @param nodes addresses of Solr, such as {@code http://solr1:8983/solr}; one is enough, all of them are better
     * @param user of Solr's Basic authentication, empty where nobody is asked
     * @param shards in how many parts an index is made; one that is there keeps its own
     * @param replicas how many copies of each part
     * @param asking how long one node may take for an answer; a question is given up after three times that
     * @param writing how long one node may take for a change; a change is given up after three times that
     */
    public record Settings(
            List<URI> nodes,
            String user,
            String password,
            int shards,
            int replicas,
            Duration asking,
            Duration writing) {
        public Settings {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty()) throw new IllegalArgumentException("index: want the address of a Solr node");
            for (var node : nodes)
                if (!List.of("http", "https").contains(node.getScheme()) || node.getHost() == null)
                    throw new IllegalArgumentException(
                            "index: '" + node + "': want an address such as http://solr1:8983/solr");
            if (shards < 1 || shards > 1024 || replicas < 1 || replicas > 16)
                throw new IllegalArgumentException(
                        "index: want 1 to 1024 shards and 1 to 16 replicas, found " + shards + " and " + replicas);
        }

        /** With the usual times: 10 s for an answer, 60 s for a change. */
        public static Settings of(List<URI> nodes, String user, String password, int shards, int replicas) {
            return new Settings(
                    nodes, user, password, shards, replicas, Duration.ofSeconds(10), Duration.ofSeconds(60));
        }

        private Duration timeout(Patience patience) {
            return switch (patience) {
                case ASKING -> asking;
                case WRITING -> writing;
                case LONG -> writing.multipliedBy(LONG);
            };
        }

        @Override
        public String toString() {
            return nodes + ", " + shards + " shards, " + replicas + " replicas";
        }
    }

    /** One address, with a client for each patience. */
    private static final class Node {
        final URI address;
        final HttpJdkSolrClient asking;
        final HttpJdkSolrClient writing;
        final HttpJdkSolrClient patient;
        private volatile long restsUntil = System.nanoTime();

        Node(URI address, Settings settings) {
            this.address = address;
            this.asking = client(address, settings, Patience.ASKING);
            this.writing = client(address, settings, Patience.WRITING);
            this.patient = client(address, settings, Patience.LONG);
        }

        private static HttpJdkSolrClient client(URI address, Settings settings, Patience patience) {
            var builder = HttpClients.of(address.toString().replaceFirst("/+$", ""), settings.timeout(patience));
            if (!settings.user().isEmpty()) builder.withBasicAuthCredentials(settings.user(), settings.password());
            return builder.build();
        }

        boolean rests() {
            return restsUntil - System.nanoTime() > 0;
        }

        void rest() {
            restsUntil = System.nanoTime() + RESTING.toNanos();
        }

        HttpJdkSolrClient client(Patience patience) {
            return switch (patience) {
                case ASKING -> asking;
                case WRITING -> writing;
                case LONG -> patient;
            };
        }
    }

    private enum Patience {
        ASKING,
        WRITING,
        LONG
    }

    private SolrCloud(Settings settings) {
        this.settings = settings;
        this.nodes = settings.nodes().stream()
                .map(address -> new Node(address, settings))
                .toList();
    }

    /**
     * Opens a cluster that runs already.
     *
     * @throws IndexUnavailableException if no node answers, or none is part of a SolrCloud
     */
    public static SolrCloud open(Settings settings) {
        var cloud = new SolrCloud(settings);
        try {
            cloud.collections();
            return cloud;
        } catch (SolrException e) {
            cloud.close();
            throw new IndexUnavailableException(
                    "index: " + settings.nodes() + " is no SolrCloud: Solr says " + e.code() + ": " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    @Override
    public boolean ready() {
        if (closed) return false;
        long now = System.nanoTime();
        if (wasReady && now - askedWhetherReady < READY_HOLDS.toNanos()) return true;
        try {
            wasReady = !liveNodes().isEmpty();
        } catch (IndexUnavailableException | SolrException e) {
            wasReady = false;
        }
        askedWhetherReady = System.nanoTime();
        return wasReady;
    }

    private List<String> liveNodes() {
        var status = new CollectionAdminRequest.ClusterStatus();
        return nodesOf(read(ask(status, null)).path("cluster"));
    }

    @Override
    public Set<String> cores() {
        var all = collections();
        var ours = new TreeSet<String>();
        for (var name : names(all)) if (ConfigSet.isOurs(configSetOf(all.path(name)))) ours.add(name);
        return ours;
    }

    /** All collections with their state. */
    private JsonNode collections() {
        return read(ask(CollectionAdminRequest.getClusterStatus(), null))
                .path("cluster")
                .path("collections");
    }

    private static String configSetOf(JsonNode collection) {
        return collection.path("configName").asText("");
    }

    private static List<String> nodesOf(JsonNode cluster) {
        var live = new ArrayList<String>();
        cluster.path("live_nodes").forEach(node -> live.add(node.asText()));
        return live;
    }

    @Override
    public void alias(String alias, String core) {
        try {
            call(CollectionAdminRequest.createAlias(legal(alias), legal(core)), null, Patience.WRITING);
        } catch (SolrException e) {
            throw refused(core, "did not get the name " + alias, e);
        }
    }

    @Override
    void open(String name, ConfigSet.Kind kind, boolean mine) {
        var set = ConfigSet.onCloud(kind);
        var there = collections().path(name);
        if (configSetOf(there).equals(set.name())) return;
        if (!there.isEmpty()) {
            if (!ConfigSet.isOurs(configSetOf(there)))
                throw new IndexUnavailableException(
                        "index " + name + ": the SolrCloud has a collection of this name that is not Thocam's, with "
                                + "the config set '" + configSetOf(there) + "'. Rename or delete that one.",
                        null);
        }
        if (!mine)
            throw new IndexUnavailableException(
                    "index " + name + (there.isEmpty() ? " is not there yet" : " is of another version of Thocam")
                            + ": the engine that brings it up makes it. Wait; if it stays so, see that all engines are of one version.",
                    null);
        if (!there.isEmpty()) {
            LOG.warn("index {}: made with another schema or other analyzers; it is made again", name);
            drop(name);
        }
        upload(set);
        create(name, set);
    }

    private void upload(ConfigSet set) {
        var upload = new ConfigSetAdminRequest.Upload();
        upload.setConfigSetName(set.name());
        upload.setOverwrite(true);
        upload.setUploadStream(new ContentStreamBase.ByteArrayStream(set.zip(), set.name(), "application/zip"));
        call(upload, null, Patience.WRITING);
    }

    private void create(String name, ConfigSet set) {
        var create = CollectionAdminRequest.createCollection(name, set.name(), settings.shards(), settings.replicas());
        try {
            call(create, null, Patience.LONG);
        } catch (SolrException e) {
            // another engine was quicker, or the first try was taken and its answer lost
            if (!isThere(name, set)) createAgain(name, set, create);
        }
        awaitCopies(name);
    }

    private boolean isThere(String name, ConfigSet set) {
        return configSetOf(collections().path(name)).equals(set.name());
    }

    /** Once more, as a task: what went wrong on the nodes is told of tasks alone. */
    private void createAgain(String name, ConfigSet set, CollectionAdminRequest.Create create) {
        var task = UUID.randomUUID().toString();
        create.setAsyncId(task);
        call(create, null, Patience.WRITING);
        long end = System.nanoTime() + settings.timeout(Patience.LONG).toNanos();
        var status = read(call(CollectionAdminRequest.requestStatus(task), null, Patience.ASKING));
        for (var pause = FIRST_PAUSE; unfinished(status) && System.nanoTime() < end; pause = rest(pause))
            status = read(call(CollectionAdminRequest.requestStatus(task), null, Patience.ASKING));
        call(CollectionAdminRequest.deleteAsyncId(task), null, Patience.WRITING);
        if (isThere(name, set)) return;
        var why = status.toString();
        if (NO_JARS.matcher(why).find()) throw withoutJars(name, why);
        throw new IndexUnavailableException("index " + name + " cannot be made: Solr says " + why, null);
    }

    private static boolean unfinished(JsonNode task) {
        return Set.of("submitted", "running")
                .contains(task.path("status").path("state").asText());
    }

    private void awaitCopies(String name) {
        long end = System.nanoTime() + settings.writing().toNanos();
        for (var pause = FIRST_PAUSE; copies(name).fewest() < settings.replicas(); pause = rest(pause))
            if (System.nanoTime() > end) {
                LOG.warn("index {}: not all of its copies are there yet", name);
                return;
            }
    }

    private static IndexUnavailableException withoutJars(String name, String why) {
        return new IndexUnavailableException(
                "index " + name + ": the SolrCloud lacks Thocam's jars, or has those of another version. Copy "
                        + "thocam-index-node, thocam-index-analysis and icu4j of this version into the folder lib of "
                        + "SOLR_HOME on every node, in place of older ones, and start the nodes again "
                        + "(docs/operations/solrcloud.md). Solr says: " + why,
                null);
    }

    /** With it go the names that would mean nothing any more. */
    @Override
    void drop(String core) {
        try {
            var aliases =
                    read(ask(new CollectionAdminRequest.ListAliases(), null)).path("aliases");
            for (var alias : names(aliases))
                if (aliases.path(alias).asText().equals(core))
                    call(CollectionAdminRequest.deleteAlias(alias), null, Patience.WRITING);
            call(CollectionAdminRequest.deleteCollection(core), null, Patience.LONG);
        } catch (SolrException e) {
            if (!collections().path(core).isEmpty()) throw refused(core, "was not removed", e);
        }
        tidy.remove(core);
        marks.remove(core);
        catching.remove(core);
    }

    @Override
    <R extends SolrResponse> R ask(SolrRequest<R> request, String core) {
        if (request instanceof QueryRequest query && query.getParams() instanceof ModifiableSolrParams params)
            params.set(ShardParams.SHARDS_PREFERENCE, (catching.contains(core) ? LEADERS_FIRST : "") + SAME_REPLICAS)
                    .set("alike", alike(core, params));
        var answer = call(request, core, Patience.ASKING);
        if (answer instanceof QueryResponse found
                && Boolean.TRUE.equals(found.getHeader().get("partialResults"))
                && request.getParams().get(CommonParams.TIME_ALLOWED) == null)
            throw unavailable("some parts of the index did not answer", null);
        return answer;
    }

    /** The same for all pages of one question. */
    private static int alike(String core, ModifiableSolrParams params) {
        int hash = String.valueOf(core).hashCode();
        for (var name : List.of("q", "typed", "tiers", "cql", "fq", "sort"))
            for (var value : params.getParams(name) == null ? new String[0] : params.getParams(name))
                hash = 31 * hash + value.hashCode();
        return hash & Integer.MAX_VALUE;
    }

    @Override
    <R extends SolrResponse> R write(SolrRequest<R> request, String core) {
        boolean purging = request.getParams() != null && request.getParams().getBool("expungeDeletes", false);
        if (!(request instanceof UpdateRequest update) || !changes(update))
            return call(request, core, purging ? Patience.LONG : Patience.WRITING);
        long end = System.nanoTime() + settings.writing().multipliedBy(3).toNanos();
        var pause = FIRST_PAUSE;
        while (true) {
            var answer = call(request, core, Patience.WRITING);
            if (everywhere(answer, core)) return answer;
            if (System.nanoTime() > end) throw unavailable("not all copies that are there took a change", null);
            pause = rest(pause);
        }
    }

    private static boolean changes(UpdateRequest request) {
        return request.getDocuments() != null && !request.getDocuments().isEmpty()
                || request.getDeleteById() != null && !request.getDeleteById().isEmpty()
                || request.getDeleteQuery() != null && !request.getDeleteQuery().isEmpty();
    }

    /** Whether all copies that Solr counts as there took a change; Solr tells the fewest that any part had. */
    private boolean everywhere(SolrResponse answer, String core) {
        long taken = read(answer).path("responseHeader").path("rf").asLong(Long.MAX_VALUE);
        if (taken >= settings.replicas()) return true;
        return taken >= copies(core).fewest();
    }

    /**
     * @param fewest how many copies that are there the part has that has the fewest
     * @param whole whether no copy is away or catching up
     */
    private record Copies(long fewest, boolean whole) {}

    private Copies copies(String core) {
        var cluster = read(ask(CollectionAdminRequest.getClusterStatus().setCollectionName(core), null))
                .path("cluster");
        var live = nodesOf(cluster);
        long fewest = Long.MAX_VALUE;
        boolean whole = true;
        for (var shard : cluster.path("collections").path(core).path("shards")) {
            long there = 0;
            for (var replica : shard.path("replicas")) {
                boolean active = replica.path("state").asText().equals("active")
                        && live.contains(replica.path("node_name").asText());
                if (active) there++;
                whole &= active;
            }
            fewest = Math.min(fewest, there);
        }
        return new Copies(fewest, whole);
    }

    /** Two commits: the parts of an index commit one by one, so that the mark waits until all of them have. */
    @Override
    void commit(String core, UpdateRequest documents, UpdateRequest mark) {
        boolean whole = copies(core).whole();
        if (!whole) catching.add(core);
        write(committing(documents), core);
        write(committing(mark), core);
        if (!whole) watch();
    }

    /**
     * A copy that catches up makes no commit of ours, and could stay behind by it once it answers again: as soon as all copies are there,
     * one more commit is made. Until then leaders answer first.
     */
    private synchronized void watch() {
        if (watcher != null && watcher.isAlive() || closed) return;
        watcher = new Thread(this::commitOnceMore, "solr-copies-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void commitOnceMore() {
        while (!closed && !catching.isEmpty()) {
            try {
                rest(WATCHING);
            } catch (IndexUnavailableException e) {
                return; // interrupted
            }
            for (var core : catching)
                try {
                    if (!copies(core).whole()) continue;
                    write(committing(new UpdateRequest()), core);
                    catching.remove(core);
                } catch (IndexUnavailableException | SolrException e) {
                    LOG.debug("index {}: its copies are not known", core, e);
                }
        }
    }

    @Override
    void clear(String core, String mark) {
        write(committing(new UpdateRequest().deleteById(mark)), core);
        write(committing(new UpdateRequest().deleteByQuery("*:*")), core);
    }

    @Override
    Optional<RecentMarks> marks(String core) {
        return Optional.of(marks.computeIfAbsent(core, any -> new RecentMarks(System::nanoTime)));
    }

    @Override
    void look() {
        long now = System.nanoTime();
        if (now - looked < LOOKING.toNanos()) return;
        looked = now;
        boolean well = true;
        for (var node : nodes) {
            var start = startOf(node);
            var before = start.isEmpty() ? null : started.put(node.address, start);
            well &= !start.isEmpty() && (before == null || before.equals(start));
        }
        for (var entry : marks.entrySet())
            try {
                if (well && copies(entry.getKey()).whole()) entry.getValue().well();
                else entry.getValue().fell();
            } catch (IndexUnavailableException | SolrException e) {
                entry.getValue().fell();
            }
    }

    /** Empty where it does not say. */
    private String startOf(Node node) {
        var request = new GenericSolrRequest(SolrRequest.METHOD.GET, "/admin/info/system");
        try {
            var answer = HttpClients.ask(node.client(Patience.ASKING), LOOKING, request, null);
            return read(answer).path("jvm").path("jmx").path("startTime").asText("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (SolrServerException | IOException | SolrException e) {
            LOG.debug("index: {} does not say when it was started", node.address, e);
            return "";
        }
    }

    /** Nobody knows what was replaced before this engine began: it tidies once. */
    @Override
    boolean untidy(String core) {
        return !tidy.contains(core);
    }

    @Override
    void replacing(String core) {
        tidy.remove(core);
    }

    @Override
    void tidied(String core) {
        tidy.add(core);
    }

    /** Asks one node after the other, those that rest last, and again from the first until the patience is over. */
    private <R extends SolrResponse> R call(SolrRequest<R> request, String core, Patience patience) {
        var each = patience == Patience.ASKING ? settings.asking() : settings.writing();
        long end = System.nanoTime() + each.multipliedBy(3).toNanos();
        int first = turn.getAndIncrement();
        Exception last = null;
        for (var pause = FIRST_PAUSE; !closed; pause = rest(pause)) {
            for (var node : inTurn(first))
                try {
                    if (request instanceof UpdateRequest update)
                        update.setParam(
                                UNTIL,
                                String.valueOf(System.currentTimeMillis()
                                        + settings.timeout(patience).toMillis()));
                    return HttpClients.ask(node.client(patience), settings.timeout(patience), request, core);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw unavailable("interrupted", e);
                } catch (SolrServerException | IOException e) {
                    node.rest();
                    marks.values().forEach(RecentMarks::fell);
                    LOG.debug("index: {} does not answer", node.address, e);
                    last = e;
                } catch (SolrException e) {
                    if (refusesUs(e)) throw locked(node, e);
                    if (!passes(e)) throw e;
                    LOG.debug("index: {} cannot answer now", node.address, e);
                    last = e;
                }
            if (System.nanoTime() > end) {
                if (last instanceof SolrException refusal) throw refusal;
                throw unavailable(String.valueOf(last == null ? "" : last.getMessage()), last);
            }
        }
        throw unavailable("it was closed", last);
    }

    private List<Node> inTurn(int first) {
        var awake = new ArrayList<Node>();
        var resting = new ArrayList<Node>();
        for (int n = 0; n < nodes.size(); n++) {
            var node = nodes.get(Math.floorMod(first + n, nodes.size()));
            (node.rests() ? resting : awake).add(node);
        }
        awake.addAll(resting);
        return awake;
    }

    private static boolean refusesUs(SolrException e) {
        return e.code() == SolrException.ErrorCode.UNAUTHORIZED.code
                || e.code() == SolrException.ErrorCode.FORBIDDEN.code;
    }

    /** Whether it may be otherwise in a moment, or at another node. */
    private static boolean passes(SolrException e) {
        return e.code() >= 500
                || e.code() == TOO_MANY_REQUESTS
                || NO_LEADER.matcher(String.valueOf(e.getMessage())).find();
    }

    private IndexUnavailableException locked(Node node, SolrException cause) {
        var who = settings.user().isEmpty() ? "anybody without a name" : "the user '" + settings.user() + "'";
        return new IndexUnavailableException(
                "index: " + node.address + " refuses " + who + " (" + cause.code()
                        + "). Check index.user and index.password, and the user's role (docs/operations/solrcloud.md).",
                cause);
    }

    private IndexUnavailableException unavailable(String why, Exception cause) {
        return new IndexUnavailableException(
                "index: the SolrCloud at " + settings.nodes() + " does not answer (" + why
                        + "). Nothing is lost; repeat the request when it does.",
                cause);
    }

    /** Rests, and tells for how long the next time. */
    private Duration rest(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
        var next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    /** Lets go of the cluster, which goes on. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        for (var node : nodes)
            for (var client : List.of(node.asking, node.writing, node.patient))
                try {
                    client.close();
                } catch (IOException | RuntimeException e) {
                    LOG.debug("index: a client of {} was not closed in order", node.address, e);
                }
    }

    /** What Solr's own API answers; what is not there is a missing node. */
    private static JsonNode read(SolrResponse response) {
        return JSON.valueToTree(response.getResponse().asMap(DEEPEST));
    }

    private static List<String> names(JsonNode part) {
        var names = new ArrayList<String>();
        part.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
