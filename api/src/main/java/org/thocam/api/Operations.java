package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * What the command line asks of a server that holds the home: {@code ingest}, {@code verify}, {@code rebuild} ... with the same
 * arguments and the same lines as when it does the work itself.
 */
public interface Operations {
    /**
     * Runs one verb to its end.
     *
     * @param lines takes each JSON line of the answer; the last one is {@code {"exit": N}}
     * @throws IllegalArgumentException if there is no such verb or its arguments are wrong
     */
    void run(String verb, JsonNode arguments, Consumer<JsonNode> lines);
}
