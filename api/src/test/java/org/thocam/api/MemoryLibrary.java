package org.thocam.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconStore;
import org.thocam.dictionary.Lexicons;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Programs;
import org.thocam.ingest.queue.Limits;
import org.thocam.ingest.queue.SqlJobQueue;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Tables;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.EntityShapes;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.linking.CurrentLinker;
import org.thocam.ontology.linking.Linker;
import org.thocam.ontology.queue.JobQueue;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Presence;
import org.thocam.ontology.sqlite.SqliteFile;

/** All rooms in memory but the graph, which is the real one, and the index, which is the real one or down. */
final class MemoryLibrary implements Library, AutoCloseable {
    private static final EntityShapes SHAPES = new EntityShapes();

    final MemoryArchive archive = new MemoryArchive();
    final MemoryLog log = new MemoryLog();
    final KnowledgeGraph graph;
    final MemoryIntake intake;
    final LexiconStore lexicons;
    private final AuthorityFile entities;
    private final CurrentLinker linking;
    private final Lexicons editing;
    private final Path work;
    final Database database;
    private final Presence presence;
    final SqlJobQueue jobs;
    private final IdempotencyKeys keys;
    private Derivatives derivatives;
    /** Others than those of this machine. */
    Optional<Programs> programs = Optional.empty();

    private final Optional<SearchIndex> index;

    private final Optional<EntryIndex> entries;
    private final Optional<SegmentIndex> segments;

    MemoryLibrary(Path dir, Clock clock) throws IOException {
        this(dir, clock, Optional.empty(), Optional.empty(), Optional.empty());
    }

    MemoryLibrary(
            Path dir,
            Clock clock,
            Optional<SearchIndex> index,
            Optional<Function<LexiconStore, EntryIndex>> entries,
            Optional<Function<Archive, SegmentIndex>> segments)
            throws IOException {
        this.index = index;
        this.work = dir.resolve("work");
        this.database = SqliteFile.durable(dir.resolve("jobs.sqlite"));
        this.presence = Presence.in(database);
        this.jobs = SqlJobQueue.open(database, presence, new Limits(1 << 20, 5, 1 << 21, 3, Duration.ofDays(1), 1000));
        this.keys = IdempotencyKeys.open(database, presence);
        lexicons = LexiconStore.open(dir.resolve("lexicons.sqlite"), archive, log);
        this.entries = entries.map(opened -> opened.apply(lexicons));
        this.segments = segments.map(opened -> opened.apply(archive));
        var base = URI.create("http://library.example/");
        graph = KnowledgeGraph.open(
                dir.resolve("graph"),
                base,
                new EntityGraphs(() -> entities().standing(), log::headOf, base.toString()));
        intake = new MemoryIntake(archive, log, views(), clock);
        entities = AuthorityFile.open(archive, () -> intake, () -> log, SHAPES::check);
        linking = new CurrentLinker(entities);
        intake.first = entities::reach;
        intake.linker = (item, text) ->
                Lexicon.of(item).isPresent() ? List.of() : linking.get().mentions(item, text);
        editing = new Lexicons(archive, intake, () -> lexicons, clock);
    }

    /** The tables of {@code fixtures/reference}, as the command line would load them. */
    void loadEntities() {
        entities.load(
                Tables.read(Path.of(System.getProperty("thocam.root", ".."), "fixtures", "reference")),
                false,
                false,
                "test");
    }

    private List<Projection> views() {
        return Stream.of(Optional.of(graph), Optional.of(lexicons), index, entries, segments)
                .flatMap(Optional::stream)
                .map(Projection.class::cast)
                .toList();
    }

    /** Deposits a record as a depositor would write it. */
    Receipt take(String record, Submission.Upload... files) {
        var entry = ItemJson.entry(ItemJson.parse(record));
        var submission = new Submission(entry.item(), entry.text(), List.of(files), "test");
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
        return index.orElseThrow(() -> new IndexUnavailableException("there is no node in this test", null));
    }

    @Override
    public EntryIndex entries() {
        return entries.orElseThrow(() -> new IndexUnavailableException("there is no node in this test", null));
    }

    @Override
    public SegmentIndex segments() {
        return segments.orElseThrow(() -> new IndexUnavailableException("there is no node in this test", null));
    }

    @Override
    public LexiconStore lexicons() {
        return lexicons;
    }

    @Override
    public LexiconImport dictionaryImport() {
        return new LexiconImport(archive, intake, log, editing, work);
    }

    @Override
    public Lexicons editing() {
        return editing;
    }

    @Override
    public AuthorityFile entities() {
        return entities;
    }

    @Override
    public Linker linker() {
        return linking.get();
    }

    /** The intake answers after every view has what it took. */
    @Override
    public boolean awaitEntries(Duration atMost) {
        return true;
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
    public JobQueue jobs() {
        return jobs;
    }

    @Override
    public synchronized Derivatives derivatives() {
        if (derivatives == null)
            try {
                var jars = Path.of(System.getProperty("thocam.root", ".."), "ingest/media/target/lib-media/*");
                var java = Path.of(System.getProperty("java.home"), "bin", "java");
                derivatives = Derivatives.open(new Derivatives.Settings(
                        work.resolveSibling("derivatives"),
                        work.resolveSibling("media"),
                        2,
                        16,
                        1L << 30,
                        programs.orElseGet(() -> Programs.installed(java, jars.toString())),
                        org.thocam.ingest.media.Limits.USUAL));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        return derivatives;
    }

    @Override
    public IdempotencyKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        if (derivatives != null) derivatives.close();
        graph.close();
        lexicons.close();
        presence.close();
        database.close();
    }
}
