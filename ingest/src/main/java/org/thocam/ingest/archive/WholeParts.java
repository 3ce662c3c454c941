package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Large files in Fedora, read by ranges: first all of them against their digest, then what is asked for. As {@link WholeFiles} does it on a
 * disk, a file counts as whole for an hour.
 */
final class WholeParts {
    static final long IN_MEMORY = 1 << 20;
    private static final int RANGE = 8 << 20;
    private static final int REMEMBERED = 2000;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Map<String, Long> seen = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param memento of the file: it never changes
     * @throws IOException if the file is not there or not whole
     */
    InputStream open(FedoraApi api, String memento, VersionRecord.Kept kept) throws IOException {
        var at = seen.get(memento);
        if (at == null || System.nanoTime() - at > HOUR) check(api, memento, kept);
        return new Ranges(api, memento, kept.size());
    }

    void check(FedoraApi api, String memento, VersionRecord.Kept kept) throws IOException {
        var digest = Digests.sha512();
        try (var stream = new Ranges(api, memento, kept.size())) {
            var buffer = new byte[1 << 16];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) digest.update(buffer, 0, n);
        }
        var found = Digests.hex(digest.digest());
        if (!found.equals(kept.sha512())) {
            seen.remove(memento);
            throw new IOException("sha512 " + found.substring(0, 16) + "…, but the record says "
                    + kept.sha512().substring(0, 16) + "…");
        }
        seen.put(memento, System.nanoTime());
    }

    /** Asks for the next range when the one before is used up; what is skipped is never asked for. */
    private static final class Ranges extends InputStream {
        private final FedoraApi api;
        private final String path;
        private final long size;
        private long position;
        private byte[] range = new byte[0];
        private long start;

        Ranges(FedoraApi api, String path, long size) {
            this.api = api;
            this.path = path;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) return 0;
            if (position >= size) return -1;
            if (position < start || position >= start + range.length) fetch();
            int n = (int) Math.min(length, start + range.length - position);
            System.arraycopy(range, (int) (position - start), bytes, offset, n);
            position += n;
            return n;
        }

        private void fetch() throws IOException {
            long last = Math.min(size, position + RANGE) - 1;
            var answer = api.range(path, position, last);
            var wanted = "bytes " + position + "-" + last + "/" + size;
            var found = answer.header("Content-Range").orElse("");
            if (answer.status() != 206 || !found.equals(wanted) || answer.body().length != last - position + 1)
                throw new IOException(
                        "Fedora answered " + answer.status() + " '" + found + "': want 206 '" + wanted + "'");
            start = position;
            range = answer.body();
        }

        @Override
        public long skip(long n) {
            long before = position;
            position = Math.max(position, Math.min(size, position + n));
            return position - before;
        }

        @Override
        public int available() {
            return (int) Math.max(0, start + range.length - position);
        }
    }
}
