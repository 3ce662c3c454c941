package org.thocam.ontology.exchange.packages;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Where a package is written: under a hidden name beside the one that is wanted, which it gets when it is whole. Closing one that was
 * not finished removes it.
 */
abstract sealed class Target implements AutoCloseable {
    private final Path wanted;
    private final Path spools;
    protected final Path partial;
    private boolean finished;

    private Target(Path wanted) throws IOException {
        this.wanted = wanted.toAbsolutePath().normalize();
        if (Files.exists(this.wanted, LinkOption.NOFOLLOW_LINKS))
            throw new FileAlreadyExistsException(
                    this.wanted.toString(), null, "is there already: name another place, or remove it");
        var parent = this.wanted.getParent();
        this.spools = Files.createTempDirectory(parent, "." + this.wanted.getFileName() + ".part-");
        this.partial = spools.resolve("whole");
    }

    static Target of(Path wanted, boolean zip) throws IOException {
        return zip ? new Zip(wanted) : new Folder(wanted);
    }

    /** Begins the next file; the one before is closed. */
    abstract OutputStream file(String path) throws IOException;

    /** A file beside the package for what goes into it last. */
    Path spool(String name) {
        return spools.resolve(name);
    }

    protected abstract void complete() throws IOException;

    /** Whole, then in its place. */
    void finish() throws IOException {
        complete();
        Files.move(partial, wanted, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (!finished) abandon();
        Workspace.remove(spools);
    }

    protected void abandon() throws IOException {}

    private static final class Folder extends Target {
        private Folder(Path wanted) throws IOException {
            super(wanted);
            Files.createDirectory(partial);
        }

        @Override
        OutputStream file(String path) throws IOException {
            var file = partial.resolve(path).normalize();
            if (!file.startsWith(partial) || file.equals(partial))
                throw new IOException("'" + path + "' leads out of the package");
            Files.createDirectories(file.getParent());
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        protected void complete() {}
    }

    private static final class Zip extends Target {
        private final String top;
        private final FileChannel channel;
        private final ZipOutputStream zip;

        private Zip(Path wanted) throws IOException {
            super(wanted);
            top = wanted.getFileName().toString().replaceFirst("(?i)\\.zip$", "") + "/";
            channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            zip = new ZipOutputStream(
                    new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(channel), 1 << 16));
        }

        @Override
        OutputStream file(String path) throws IOException {
            zip.setLevel(isPacked(path) ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
            zip.putNextEntry(new ZipEntry(top + path));
            return new FilterOutputStream(zip) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    zip.closeEntry();
                }
            };
        }

        /** Recordings and pictures do not get smaller. */
        private static boolean isPacked(String path) {
            return path.matches(
                    "(?i).*\\.(zip|jpe?g|png|webp|mp[34]|m4a|m4v|flac|ogg|opus|webm|mkv|docx|xlsx|pptx|epub|gz|7z)");
        }

        @Override
        protected void complete() throws IOException {
            zip.finish();
            zip.flush();
            channel.force(true);
            zip.close();
        }

        @Override
        protected void abandon() throws IOException {
            channel.close();
        }
    }
}
