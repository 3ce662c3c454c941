package org.thocam.ingest.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.ArchiveException;

/** One engine that has a home for itself: what is to be agreed on stands in private files there. */
public final class HomeDeployment implements Deployment {
    private static final Pattern VIEWS = Pattern.compile("g[0-9]{1,6}");

    private final Path home;
    private final Path views;
    private final Set<String> held = new HashSet<>();

    /** @param home made where it is missing */
    public HomeDeployment(Path home) {
        this.home = home;
        this.views = home.resolve("views");
    }

    /** Where the pointer is lost or torn: the newest views that were ever complete, else new ones. */
    @Override
    public synchronized String current() {
        try {
            Files.createDirectories(views);
            var name = Files.exists(pointer()) ? Files.readString(pointer()).strip() : "";
            if (VIEWS.matcher(name).matches()) return name;
            try (var folders = Files.list(views)) {
                name = folders.filter(folder -> Files.exists(folder.resolve("log.sqlite"))
                                && Files.notExists(folder.resolve("walk.sqlite")))
                        .map(folder -> folder.getFileName().toString())
                        .filter(folder -> VIEWS.matcher(folder).matches())
                        .max(Comparator.comparingInt(folder -> Integer.parseInt(folder.substring(1))))
                        .orElse("g1");
            }
            point(name);
            return name;
        } catch (IOException e) {
            throw failed(pointer(), e);
        }
    }

    @Override
    public Standing standing(String views) {
        return Standing.GRANTED;
    }

    @Override
    public synchronized boolean turn(String from, String to) {
        if (!current().equals(from)) return false;
        try {
            point(to);
            return true;
        } catch (IOException e) {
            throw failed(pointer(), e);
        }
    }

    private Path pointer() {
        return views.resolve("current");
    }

    private void point(String name) throws IOException {
        PrivateFile.write(pointer(), name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Optional<Lease> lease(String name) {
        return held.add(name) ? Optional.of(new OfHome(name)) : Optional.empty();
    }

    private final class OfHome implements Lease {
        private final String name;
        private boolean closed;

        OfHome(String name) {
            this.name = name;
        }

        @Override
        public boolean held() {
            synchronized (HomeDeployment.this) {
                return !closed;
            }
        }

        @Override
        public void close() {
            synchronized (HomeDeployment.this) {
                if (!closed) held.remove(name);
                closed = true;
            }
        }
    }

    /** In a file of this name in the home, drawn anew where that is damaged. */
    @Override
    public synchronized byte[] secret(String name, int bytes) {
        var file = home.resolve(name);
        try {
            if (Files.exists(file)) {
                var known = Files.readAllBytes(file);
                if (known.length == bytes) return known;
            }
            var drawn = new byte[bytes];
            new SecureRandom().nextBytes(drawn);
            PrivateFile.write(file, drawn);
            return drawn;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public synchronized String note(String name) {
        var file = noted(name);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public synchronized void note(String name, String text) {
        var file = noted(name);
        try {
            if (text.isEmpty()) Files.deleteIfExists(file);
            else PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private Path noted(String name) {
        return home.resolve("notes").resolve(name);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private static ArchiveException failed(Path file, IOException e) {
        return new ArchiveException(
                file + " could not be read or written: " + e.getMessage()
                        + ". Make it readable and writable, then start again.",
                e);
    }
}
