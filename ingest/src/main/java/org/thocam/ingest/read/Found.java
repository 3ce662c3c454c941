package org.thocam.ingest.read;

import org.thocam.ontology.Submission;

/** One input: something to take in, or why it is not. */
public sealed interface Found {
    /** The path of the input, with {@code #} and the line for a record of a file of many. */
    String place();

    record Taken(Submission submission) implements Found {
        @Override
        public String place() {
            return submission.place();
        }
    }

    record Refused(String place, String reason) implements Found {}
}
