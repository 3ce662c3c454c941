package org.thocam.ingest.harvest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.archive.Digests;

/** Pages that could not be read, as they came, so that a partner can be shown what it sends; the oldest make room. */
final class FaultyPages {
    private static final Logger LOG = LoggerFactory.getLogger(FaultyPages.class);
    private static final int MOST_PAGES = 200;
    private static final long MOST_BYTES = 256L << 20;

    private final Path folder;

    FaultyPages(Path folder) {
        this.folder = folder;
    }

    /** Never stops a harvest: where it cannot write, the log says so. */
    void keep(PageFault fault, Instant now) {
        try {
            Files.createDirectories(folder);
            var digest = Digests.hex(Digests.sha512().digest(fault.bytes())).substring(0, 12);
            var name = now.toString().replaceAll("[^0-9TZ]", "") + "-" + digest;
            Files.write(folder.resolve(name + ".page"), fault.bytes());
            Files.writeString(
                    folder.resolve(name + ".txt"),
                    "url " + fault.url() + "\nbyte " + fault.offset() + "\nfault " + fault.getMessage() + "\nat " + now
                            + "\n",
                    StandardCharsets.UTF_8);
            makeRoom();
        } catch (IOException e) {
            LOG.warn("a faulty page could not be kept in {}: {}", folder, e.getMessage());
        }
    }

    private void makeRoom() throws IOException {
        try (var files = Files.list(folder)) {
            var pages = files.filter(file -> file.toString().endsWith(".page"))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            long bytes = 0;
            for (int i = 0; i < pages.size(); i++) {
                bytes += Files.size(pages.get(i));
                if (i < MOST_PAGES && (bytes <= MOST_BYTES || i == 0)) continue;
                Files.deleteIfExists(pages.get(i));
                Files.deleteIfExists(Path.of(pages.get(i).toString().replaceFirst("page$", "txt")));
            }
        }
    }
}
