package org.thocam.ingest.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs other programs on originals: each in its own process group, with a wall clock, and nothing of it left when it is over. */
final class Child implements AutoCloseable {
    private static final int SAID = 4096;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "thocam-media-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /** Takes what a program writes on its standard output. */
    interface Reader {
        void read(InputStream out) throws IOException;
    }

    /** @param said the end of what it said on its standard error */
    record Ended(int code, boolean overTime, String said) {}

    /** Keeps up to {@code most} bytes of an output, and lets the rest go by. */
    static final class Kept implements Reader {
        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Kept(int most) {
            this.most = most;
        }

        @Override
        public void read(InputStream out) throws IOException {
            var piece = new byte[16 << 10];
            for (int n = out.read(piece); n >= 0; n = out.read(piece))
                bytes.write(piece, 0, Math.min(n, most - bytes.size()));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /**
     * Runs a command to its end or to that of its time. The thread that calls has to live as long as it does.
     *
     * @param output bytes that any file it writes may have
     * @throws IOException if it cannot be started
     */
    Ended run(List<String> command, Path folder, Duration wall, long output, Reader reader) throws IOException {
        var words = new ArrayList<>(Leash.ofOne(wall.toSeconds() + 1, output));
        words.addAll(command);
        var process = start(words, folder);
        var overTime = new AtomicBoolean();
        var bell = clock.schedule(
                () -> {
                    overTime.set(true);
                    Leash.kill(process);
                },
                wall.toMillis(),
                TimeUnit.MILLISECONDS);
        var said = new Said(process.getErrorStream());
        try {
            process.getOutputStream().close();
            said.start();
            try (var out = process.getInputStream()) {
                reader.read(out);
            } catch (IOException e) {
                // a killed program's pipe may end in the middle
                if (!overTime.get() && !closed) throw e;
            }
            int code = process.waitFor();
            said.join();
            return new Ended(code, overTime.get(), said.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            bell.cancel(false);
            if (process.isAlive()) Leash.kill(process);
            running.remove(process);
        }
    }

    /** Starts one that stays; {@link #close} ends it, if nobody did before. */
    Process start(List<String> words, Path folder) throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        var environment = builder.environment();
        var path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        // nothing of ours, such as passwords, and no proxy to reach out by
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        var process = builder.start();
        running.add(process);
        if (closed) {
            Leash.kill(process);
            throw new IOException("closed");
        }
        return process;
    }

    void forget(Process process) {
        running.remove(process);
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Leash::kill);
        clock.shutdownNow();
    }

    /** Drains the standard error of a program and keeps the end of it. */
    private static final class Said extends Thread {
        private final InputStream in;
        private final byte[] ring = new byte[SAID];
        private long size;

        Said(InputStream in) {
            super("thocam-media-said");
            setDaemon(true);
            this.in = in;
        }

        @Override
        public void run() {
            var piece = new byte[4096];
            try (in) {
                for (int n = in.read(piece); n >= 0; n = in.read(piece))
                    for (int i = 0; i < n; i++) ring[(int) (size++ % SAID)] = piece[i];
            } catch (IOException | UncheckedIOException e) {
                // it was killed
            }
        }

        String text() {
            int kept = (int) Math.min(size, SAID);
            var bytes = new byte[kept];
            for (int i = 0; i < kept; i++) bytes[i] = ring[(int) ((size - kept + i) % SAID)];
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
