package org.thocam.index.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** The Solr node: one JVM of its own, started, watched and stopped by the engine; it may hold several indexes. */
public final class SearchNode implements AutoCloseable {
    /**
     * @param home the node's folder, made when it is missing; the node writes nowhere else
     * @param lib the folder with the node's jars
     * @param heap the node's largest heap, as {@code java -Xmx} takes it
     * @param java the {@code java} to start it with
     */
    public record Settings(Path home, Path lib, String heap, Path java) {
        public static Settings of(Path home, Path lib) {
            return new Settings(home, lib, "512m", Path.of(System.getProperty("java.home"), "bin", "java"));
        }
    }

    private SearchNode() {}

    /** Starts the node and waits until it answers. */
    public static SearchNode start(Settings settings) {
        throw new UnsupportedOperationException();
    }

    /** Whether it answers at this moment. */
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /** Waits until it answers, or until the time is over. */
    public boolean awaitReady(Duration atMost) {
        throw new UnsupportedOperationException();
    }

    /** The process that runs now, -1 while there is none. */
    public long pid() {
        throw new UnsupportedOperationException();
    }

    /** Names of the indexes it holds. */
    public Set<String> cores() {
        throw new UnsupportedOperationException();
    }

    /** Removes every index, with its data, that is not named here. */
    public void dropAllBut(Set<String> cores) {
        throw new UnsupportedOperationException();
    }

    /** Stops the node. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
