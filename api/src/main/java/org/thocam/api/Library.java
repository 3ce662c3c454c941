package org.thocam.api;

import java.time.Duration;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconStore;
import org.thocam.dictionary.Lexicons;
import org.thocam.index.search.EntryIndex;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Intake;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.linking.Linker;
import org.thocam.ontology.queue.JobQueue;

/**
 * The rooms that the doors open to. Ask for a room at each request and do not keep it: a rebuild puts others in their place.
 */
public interface Library {
    Archive archive();

    ChangeLog log();

    SearchIndex index();

    /** The entries of all dictionaries. */
    EntryIndex entries();

    /** The passages of recordings and pages. */
    SegmentIndex segments();

    /** What the entries of all dictionaries say now. */
    LexiconStore lexicons();

    /** Takes files of dictionaries in. */
    LexiconImport dictionaryImport();

    /** Editing them. */
    Lexicons editing();

    /** Waits until {@link #entries} finds all that is acknowledged now; false when the time is over first. */
    boolean awaitEntries(Duration atMost) throws InterruptedException;

    /** Peoples, languages, places, festivals and the like: what they are now, and changing them. */
    AuthorityFile entities();

    /** Finds which of them a text names, as they are now. */
    Linker linker();

    KnowledgeGraph graph();

    Intake intake();

    /** What is to be taken in later. */
    JobQueue jobs();

    /** What is made of files of sound, film and pictures. It knows nothing of access: ask {@link GivenFiles} first. */
    Derivatives derivatives();

    /** The answers that are given again. */
    IdempotencyKeys keys();
}
