package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.thocam.ingest.deployment.PrivateFile;
import org.thocam.ontology.ItemJson;

/** Only one process works on a home; it says who it is, so that others can ask it or name it. The system lets go when it dies. */
final class HomeLock implements AutoCloseable {
    /**
     * @param host where it serves
     * @param port 0 while it does not serve
     * @param secret what the command line of the same user presents to it
     */
    record Holder(long pid, String verb, Instant since, String host, int port, String secret) {}

    private final Home home;
    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(Home home, FileChannel channel, FileLock lock) {
        this.home = home;
        this.channel = channel;
        this.lock = lock;
    }

    /** @return empty where another process holds the home */
    static Optional<HomeLock> acquire(Home home, String verb) throws IOException {
        home.make();
        var channel =
                FileChannel.open(home.root().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                var mine = new HomeLock(home, channel, lock);
                mine.tell(new Holder(ProcessHandle.current().pid(), verb, Instant.now(), "", 0, ""));
                return Optional.of(mine);
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it: the same answer
        }
        channel.close();
        return Optional.empty();
    }

    void tell(Holder holder) throws IOException {
        var json = ItemJson.MAPPER
                .createObjectNode()
                .put("pid", holder.pid())
                .put("verb", holder.verb())
                .put("since", holder.since().toString())
                .put("host", holder.host())
                .put("port", holder.port())
                .put("secret", holder.secret());
        PrivateFile.write(home.run().resolve("holder.json"), ItemJson.MAPPER.writeValueAsBytes(json));
    }

    static Optional<Holder> holder(Home home) throws IOException {
        var file = home.run().resolve("holder.json");
        if (!Files.exists(file)) return Optional.empty();
        JsonNode json = ItemJson.MAPPER.readTree(Files.readAllBytes(file));
        return Optional.of(new Holder(
                json.path("pid").asLong(),
                json.path("verb").asText(),
                Instant.parse(json.path("since").asText()),
                json.path("host").asText(),
                json.path("port").asInt(),
                json.path("secret").asText()));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.run().resolve("holder.json"));
        lock.release();
        channel.close();
    }
}
