package org.thocam.ingest.read;

import org.thocam.ontology.Submission;

/** One input: something to take in, or why it is not. */
public sealed interface Found {
    /** The path of the input, with {@code #} and the line for a record of a file of many. */
    String place();

    /** @param note what whoever takes it in should know; empty where there is nothing */
    record Taken(Submission submission, String note) implements Found {
        Taken(Submission submission) {
            this(submission, "");
        }

        @Override
        public String place() {
            return submission.place();
        }
    }

    record Refused(String place, String reason) implements Found {}
}
