package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thocam.cli.Configuration.Key;
import org.thocam.ingest.archive.FcrepoArchive;
import org.thocam.ingest.archive.FedoraRoot;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Shown;

/** Where an archive is, as a command names it. */
sealed interface ArchivePlace {
    /** What its commands say of it. */
    static final String FORMS = "ocfl:DIR, fedora:URL, fedora-ocfl:DIR or home";

    /** An archive that is open, with the lock on its home where it has one. */
    record Opened(Archive archive, AutoCloseable lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                archive.close();
            } finally {
                try {
                    lock.close();
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    Opened open(Messages messages) throws IOException;

    /** Whether nothing can be written to it. */
    default boolean readOnly() {
        return false;
    }

    /**
     * @param home of the command, for {@code home}
     * @throws Stop if it is none of the forms
     */
    static ArchivePlace of(String text, Home home, Configuration configuration) {
        if (text.equals("home")) {
            var url = configuration.text(Key.ARCHIVE_URL);
            return url.isEmpty() ? new Ocfl(home) : fedora(url, home, configuration);
        }
        int colon = text.indexOf(':');
        var rest = colon < 0 ? "" : text.substring(colon + 1);
        if (!rest.isBlank())
            switch (text.substring(0, colon)) {
                case "ocfl" -> {
                    return new Ocfl(
                            new Home(holding(Path.of(rest).toAbsolutePath().normalize())));
                }
                case "fedora" -> {
                    return fedora(rest, home, configuration);
                }
                case "fedora-ocfl" -> {
                    return new Root(Path.of(rest).toAbsolutePath().normalize());
                }
                default -> {}
            }
        throw new Stop(Exit.USAGE, "'" + Shown.of(text) + "' is no archive: want " + FORMS);
    }

    /** The folder that holds {@code archive/}: a storage root may be named itself. */
    private static Path holding(Path folder) {
        boolean root = Files.exists(folder.resolve("0=ocfl_1.1"));
        if (root && !folder.endsWith("archive"))
            throw new Stop(
                    Exit.USAGE,
                    folder
                            + " is a storage root, but is not called 'archive'. Name a folder that holds it as archive/.");
        return root ? folder.getParent() : folder;
    }

    private static ArchivePlace fedora(String text, Home home, Configuration configuration) {
        try {
            var named = new URI(text);
            if (named.getHost() == null || !named.getScheme().matches("https?"))
                throw new URISyntaxException(text, "want http://HOST/rest");
            var user = configuration.text(Key.ARCHIVE_USER);
            var password = configuration.text(Key.ARCHIVE_PASSWORD);
            var login = named.getUserInfo();
            if (login != null) {
                int colon = login.indexOf(':');
                user = colon < 0 ? login : login.substring(0, colon);
                password = colon < 0 ? "" : login.substring(colon + 1);
            }
            var address =
                    new URI(named.getScheme(), null, named.getHost(), named.getPort(), named.getPath(), null, null);
            return new Fedora(
                    new FcrepoArchive.Settings(address, user, password)
                            .noting(home.run().resolve("copy-transactions")),
                    home);
        } catch (URISyntaxException | NullPointerException e) {
            throw new Stop(
                    Exit.USAGE, "'" + Shown.of(text) + "' is no address of a Fedora: want http://HOST:PORT/rest", e);
        }
    }

    /** @param home the folder that holds it as {@code archive/} */
    record Ocfl(Home home) implements ArchivePlace {
        @Override
        public Opened open(Messages messages) throws IOException {
            var lock = HomeLock.acquire(home, "archive copy");
            if (lock.isEmpty()) {
                var holder = HomeLock.holder(home);
                throw new Stop(
                        Exit.CONFLICT,
                        messages.say(
                                "copy.held",
                                home.root(),
                                holder.map(HomeLock.Holder::verb).orElse("?"),
                                holder.map(h -> String.valueOf(h.pid())).orElse("?")));
            }
            try {
                return new Opened(OcflArchive.open(home.root()), lock.get());
            } catch (RuntimeException e) {
                lock.get().close();
                throw e;
            }
        }

        @Override
        public String toString() {
            return "ocfl:" + home.root();
        }
    }

    record Fedora(FcrepoArchive.Settings settings, Home home) implements ArchivePlace {
        @Override
        public Opened open(Messages messages) throws IOException {
            home.make();
            return new Opened(FcrepoArchive.open(settings), () -> {});
        }

        @Override
        public String toString() {
            return "fedora:" + settings.address();
        }
    }

    record Root(Path folder) implements ArchivePlace {
        @Override
        public Opened open(Messages messages) {
            return new Opened(FedoraRoot.open(folder), () -> {});
        }

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public String toString() {
            return "fedora-ocfl:" + folder;
        }
    }
}
