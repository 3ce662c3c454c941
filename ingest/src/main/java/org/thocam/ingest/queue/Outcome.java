package org.thocam.ingest.queue;

import org.thocam.ontology.Receipt;
import org.thocam.ontology.queue.JobFault;

/** What became of one attempt. */
sealed interface Outcome {
    /** For good: it is in the archive. */
    record Done(Receipt receipt) implements Outcome {}

    /** For good: it is not. */
    record Failed(JobFault fault, String reason) implements Outcome {}

    /** A service was down, or this engine ends: it is nobody's fault, and is tried again. */
    record Later(String reason, boolean pause) implements Outcome {}

    /** It took longer than it may; an attempt like one that a worker died of. */
    record Lost(String reason) implements Outcome {}
}
