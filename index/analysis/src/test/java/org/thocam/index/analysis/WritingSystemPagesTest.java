package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WritingSystemPagesTest {
    @Test
    void thePagesSayWhatTheDescriptionsSay() throws IOException {
        var folder = WritingSystemPages.folder();
        if (Boolean.getBoolean("thocam.write.pages")) WritingSystemPages.write(folder);
        var found = new TreeMap<String, String>();
        if (Files.isDirectory(folder))
            try (var files = Files.newDirectoryStream(folder, "*.md")) {
                for (var file : files) found.put(file.getFileName().toString(), Files.readString(file));
            }
        var wanted = WritingSystemPages.pages();
        var howTo = "; to write the pages anew: " + WritingSystemPages.COMMAND;
        assertEquals(wanted.keySet(), found.keySet(), folder + " has other pages" + howTo);
        wanted.forEach((name, page) -> assertEquals(page, found.get(name), name + " is not up to date" + howTo));
    }
}
