package org.thocam.index.search;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.thocam.services.SolrService;
import org.thocam.services.ZooKeeperService;

/** A SolrCloud of two nodes with Basic authentication, started once for all tests and ended with them. */
record Cluster(Path folder, ZooKeeperService zooKeeper, List<SolrService> nodes) {
    static final String USER = "thocam";
    static final String PASSWORD = "ngữ liệu:53";
    private static Cluster shared;

    static synchronized Cluster shared() throws IOException, InterruptedException {
        if (shared == null) {
            shared = start(Files.createTempDirectory("cluster"), 2);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::kill));
        }
        return shared;
    }

    static Cluster start(Path folder, int count) throws IOException, InterruptedException {
        var lib = Samples.lib();
        var zooKeeper = new ZooKeeperService(lib, folder.resolve("zookeeper"), 0);
        zooKeeper.start();
        SolrService.secure(lib, zooKeeper, USER, PASSWORD);
        var nodes = new java.util.ArrayList<SolrService>();
        for (int n = 1; n <= count; n++)
            nodes.add(new SolrService(
                    "solr" + n, lib, folder.resolve("solr" + n), 0, zooKeeper.host(), "384m", USER, PASSWORD));
        for (var node : nodes) node.launch();
        for (var node : nodes) node.await();
        return new Cluster(folder, zooKeeper, List.copyOf(nodes));
    }

    List<URI> addresses() {
        return nodes.stream().map(SolrService::address).toList();
    }

    /** Two parts of two copies each. */
    SolrCloud open() {
        return open(2, 2);
    }

    SolrCloud open(int shards, int replicas) {
        return SolrCloud.open(new SolrCloud.Settings(
                addresses(), USER, PASSWORD, shards, replicas, Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    private void kill() {
        try {
            for (var node : nodes) node.kill();
            zooKeeper.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
