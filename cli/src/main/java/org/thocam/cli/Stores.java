package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thocam.api.access.Tokens;
import org.thocam.cli.Configuration.Key;
import org.thocam.index.search.SearchNode;
import org.thocam.index.search.SearchService;
import org.thocam.index.search.SolrCloud;
import org.thocam.ingest.archive.FcrepoArchive;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deployment.Deployment;
import org.thocam.ingest.deployment.HomeDeployment;
import org.thocam.ingest.deployment.Lease;
import org.thocam.ingest.deployment.PostgresDeployment;
import org.thocam.ontology.Archive;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.graph.PartGraphs;
import org.thocam.ontology.graph.RemoteGraph;
import org.thocam.ontology.sql.PostgresDatabase;

/** The stores that the configuration names: files of this home and a Solr node of its own, or services that several engines share. */
final class Stores implements AutoCloseable {
    private static final int MOST_ENGINES = 64;
    private static final String SHARED = "thocam";

    private final Home home;
    private final Configuration configuration;
    private final Optional<PostgresDatabase> database;
    private final Deployment deployment;
    private final Tokens tokens;
    private Lease presence;
    private final Archive archive;
    private final Logs logs;
    private final NodeStart node;

    private Stores(Home home, Configuration configuration, Installation installation) throws IOException {
        this.home = home;
        this.configuration = configuration;
        var settings = database(configuration);
        this.database = settings.map(PostgresDatabase::open);
        Deployment opened = null;
        try {
            opened = database.<Deployment>map(PostgresDeployment::in).orElseGet(() -> new HomeDeployment(home.root()));
            this.deployment = opened;
            this.presence = Lease.GRANTED;
            present();
            this.tokens = database.map(Tokens::in).orElseGet(() -> Tokens.open(home.tokens()));
            this.archive = archive(home, configuration, deployment);
        } catch (IOException | RuntimeException e) {
            if (opened != null) opened.close();
            database.ifPresent(PostgresDatabase::close);
            throw e;
        }
        this.logs = new Logs(home, archive, deployment, settings);
        this.node = new NodeStart(() -> index(home, configuration, installation));
    }

    static Stores open(Home home, Configuration configuration, Installation installation) throws IOException {
        return new Stores(home, configuration, installation);
    }

    /** The tokens alone. */
    static Tokens tokens(Home home, Configuration configuration) {
        return database(configuration)
                .map(settings -> Tokens.open(PostgresDatabase.open(settings)))
                .orElseGet(() -> Tokens.open(home.tokens()));
    }

    static Optional<PostgresDatabase.Settings> database(Configuration configuration) {
        var url = configuration.text(Key.DATABASE_URL);
        if (url.isEmpty()) return Optional.empty();
        return Optional.of(new PostgresDatabase.Settings(
                url,
                configuration.text(Key.DATABASE_USER),
                configuration.text(Key.DATABASE_PASSWORD),
                SHARED,
                configuration.number(Key.DATABASE_CONNECTIONS, 2, 1000)));
    }

    private static Archive archive(Home home, Configuration configuration, Deployment deployment) throws IOException {
        var url = configuration.text(Key.ARCHIVE_URL);
        if (!url.isEmpty()) {
            var settings = new FcrepoArchive.Settings(
                            URI.create(url),
                            configuration.text(Key.ARCHIVE_USER),
                            configuration.text(Key.ARCHIVE_PASSWORD))
                    .noting(home.root().resolve("fedora.transactions"));
            var disk = configuration.text(Key.ARCHIVE_DISK);
            return FcrepoArchive.open(disk.isEmpty() ? settings : settings.onDisk(seen(Path.of(disk))));
        }
        if (deployment.shared() && deployment.lease("archive").isEmpty())
            throw new Stop(
                    Exit.CONFLICT,
                    "another engine of " + configuration.text(Key.DATABASE_URL)
                            + " has its archive in its own home. Several engines need one that they share: set archive.url to a Fedora");
        return OcflArchive.open(home.root());
    }

    private static Path seen(Path disk) {
        if (Files.isDirectory(disk)) return disk;
        throw new Stop(
                Exit.CONFIGURATION,
                Key.ARCHIVE_DISK.dotted() + ": " + disk
                        + " is no folder here. Name one on the disk of Fedora, or leave it empty where this machine does not see that disk");
    }

    /** Says to other engines that this one is there; again and again, for a database that went takes that with it. */
    synchronized void present() {
        if (!deployment.shared() || presence != Lease.GRANTED && presence.held()) return;
        for (int n = 1; n <= MOST_ENGINES; n++) {
            var lease = deployment.lease("engine." + n);
            if (lease.isEmpty()) continue;
            presence = lease.get();
            return;
        }
        throw new Stop(
                Exit.CONFLICT,
                "a rebuild is under way in another engine, or " + MOST_ENGINES
                        + " engines run; start again when it has ended");
    }

    /**
     * What keeps other engines away until it is closed.
     *
     * @throws Stop where there are others
     */
    Lease alone() {
        if (!deployment.shared()) return Lease.GRANTED;
        var others = new ArrayList<Lease>();
        for (int n = 1; n <= MOST_ENGINES; n++) deployment.lease("engine." + n).ifPresent(others::add);
        Lease all = new Lease() {
            @Override
            public boolean held() {
                return others.stream().allMatch(Lease::held);
            }

            @Override
            public void close() {
                others.forEach(Lease::close);
            }
        };
        if (others.size() == MOST_ENGINES - 1) return all;
        int running = MOST_ENGINES - others.size();
        all.close();
        throw new Stop(
                Exit.CONFLICT,
                "a rebuild swaps what all engines show, and " + running + " run; stop all but this one, then rebuild");
    }

    private static SearchService index(Home home, Configuration configuration, Installation installation) {
        var urls = configuration.text(Key.INDEX_URL).strip();
        if (urls.isEmpty())
            return SearchNode.start(new SearchNode.Settings(
                    home.solr(),
                    installation.solr(),
                    configuration.text(Key.INDEX_HEAP),
                    Path.of(installation.java())));
        return SolrCloud.open(SolrCloud.Settings.of(
                Stream.of(urls.split("\\s+")).map(URI::create).toList(),
                configuration.text(Key.INDEX_USER),
                configuration.text(Key.INDEX_PASSWORD),
                configuration.number(Key.INDEX_SHARDS, 1, 1000),
                configuration.number(Key.INDEX_REPLICAS, 1, 20)));
    }

    Deployment deployment() {
        return deployment;
    }

    Tokens tokens() {
        return tokens;
    }

    /** The one that engines share, where they do. */
    Optional<PostgresDatabase> database() {
        return database;
    }

    Archive archive() {
        return archive;
    }

    Logs logs() {
        return logs;
    }

    NodeStart node() {
        return node;
    }

    private boolean sharedIndex() {
        return deployment.shared() && !configuration.text(Key.INDEX_URL).isBlank();
    }

    private boolean sharedGraph() {
        return deployment.shared() && !configuration.text(Key.GRAPH_QUERY).isEmpty();
    }

    /** The graph of a generation. */
    KnowledgeGraph graph(String name, URI base, PartGraphs parts) {
        var query = configuration.text(Key.GRAPH_QUERY);
        if (query.isEmpty())
            return KnowledgeGraph.open(home.views().resolve(name).resolve("graph"), base, parts);
        return RemoteGraph.open(remoteGraph(), base, name, parts);
    }

    /** Takes what a generation has out of a store that others use too; one of the home goes with its folder. */
    void dropGraph(String name) {
        if (!configuration.text(Key.GRAPH_QUERY).isEmpty()) RemoteGraph.drop(remoteGraph(), name);
    }

    private RemoteGraph.Settings remoteGraph() {
        return new RemoteGraph.Settings(
                URI.create(configuration.text(Key.GRAPH_QUERY)),
                URI.create(configuration.text(Key.GRAPH_UPDATE)),
                URI.create(configuration.text(Key.GRAPH_DATA)),
                configuration.text(Key.GRAPH_USER),
                configuration.text(Key.GRAPH_PASSWORD));
    }

    /** Whose turn it is to bring up a generation's index. */
    Supplier<Optional<Lease>> indexTurn(String name, String view) {
        return turn(sharedIndex(), name, view);
    }

    /** Whose turn it is to bring up a generation's graph. */
    Supplier<Optional<Lease>> graphTurn(String name) {
        return turn(sharedGraph(), name, "graph");
    }

    private Supplier<Optional<Lease>> turn(boolean shared, String name, String view) {
        return shared ? () -> deployment.lease("view." + name + "." + view) : () -> Optional.of(Lease.GRANTED);
    }

    @Override
    public void close() {
        try {
            node.close();
        } finally {
            try {
                archive.close();
            } finally {
                tokens.close();
                presence.close();
                deployment.close();
                database.ifPresent(PostgresDatabase::close);
            }
        }
    }
}
