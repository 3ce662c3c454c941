package org.thocam.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchIndex;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.graph.KnowledgeGraph;

/** All rooms in memory but the graph, which is the real one, and the index, whose node is down. */
final class MemoryLibrary implements Library, AutoCloseable {
    final MemoryArchive archive = new MemoryArchive();
    final MemoryLog log = new MemoryLog();
    final KnowledgeGraph graph;
    final MemoryIntake intake;

    MemoryLibrary(Path dir, Clock clock) throws IOException {
        graph = KnowledgeGraph.open(dir.resolve("graph"), URI.create("http://library.example/"));
        intake = new MemoryIntake(archive, log, graph, clock);
    }

    /** Deposits a record as a depositor would write it. */
    Receipt take(String record, Submission.Upload... files) {
        var entry = ItemJson.entry(ItemJson.parse(record));
        var submission = new Submission(entry.item(), entry.text(), java.util.List.of(files), "test");
        return intake.take(submission, Optional.empty(), "test").join();
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public ChangeLog log() {
        return log;
    }

    @Override
    public SearchIndex index() {
        throw new IndexUnavailableException("there is no node in this test", null);
    }

    @Override
    public KnowledgeGraph graph() {
        return graph;
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public void close() {
        graph.close();
    }
}
