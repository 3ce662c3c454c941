package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that stands in a file is one argument, whatever is in it. */
class SparqlFileTest {
    @TempDir
    Path dir;

    private String said(int exit, String query) {
        var told = new StringWriter();
        var to = new PrintWriter(told);
        assertEquals(
                exit,
                Main.commandLine(to, to)
                        .execute(
                                "sparql",
                                query,
                                "--home",
                                dir.resolve("no-home").toString()),
                told::toString);
        return told.toString();
    }

    @Test
    void aFileIsReadAsTheQueryAndNotAsArguments() throws Exception {
        var query = dir.resolve("q.rq");
        Files.writeString(query, "# a comment\nSELECT ?s\nWHERE { ?s a 'x y' }\n");
        assertTrue(!said(Exit.NOT_FOUND, "@" + query).contains("Unmatched"));
        assertTrue(said(Exit.NOT_FOUND, "@" + dir.resolve("none.rq")).contains("none.rq is not there"));
    }
}
