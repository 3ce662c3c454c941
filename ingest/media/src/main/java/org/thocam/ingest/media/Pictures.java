package org.thocam.ingest.media;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The children that read pictures. One stays for the next picture, for a JVM starts slowly; after many it makes way for a fresh one. */
final class Pictures implements AutoCloseable {
    private static final int PICTURES_EACH = 1000;
    private static final long IDLE_SECONDS = 60;

    private final Programs programs;
    private final Limits limits;
    private final Path work;
    private final Child children;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

    Pictures(Programs programs, Limits limits, Path work, Child children) {
        this.programs = programs;
        this.limits = limits;
        this.work = work;
        this.children = children;
        children.clock().scheduleWithFixedDelay(this::rest, IDLE_SECONDS, IDLE_SECONDS, TimeUnit.SECONDS);
    }

    /** @throws NotMadeException with the child's own words, or that it hung, or that it died */
    Map<String, String> ask(Duration wall, String... request) throws IOException, NotMadeException {
        var worker = idle.pollFirst();
        if (worker == null || !worker.process.isAlive()) {
            if (worker != null) worker.end();
            worker = new Worker();
        }
        boolean good = false;
        try {
            var answer = worker.ask(wall, request);
            good = worker.asked < PICTURES_EACH && !children.closed();
            if (answer.state.equals("ok")) return answer.words;
            Full.refuse(answer.reason);
            throw new NotMadeException(State.of(answer.state), answer.reason);
        } finally {
            worker.last = System.nanoTime();
            if (good) idle.addFirst(worker);
            else worker.end();
        }
    }

    private void rest() {
        var old = System.nanoTime() - TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
        idle.removeIf(worker -> {
            if (worker.last - old > 0) return false;
            worker.end();
            return true;
        });
    }

    @Override
    public void close() {
        for (var worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) worker.end();
    }

    private record Answer(String state, String reason, Map<String, String> words) {}

    private final class Worker {
        private final Process process;
        private final DataOutputStream requests;
        private final DataInputStream answers;
        private int asked;
        private long last;

        Worker() throws IOException {
            var words = new ArrayList<>(Leash.ofMany(limits.output()));
            words.addAll(List.of(
                    programs.java().toString(),
                    "-Xmx" + limits.pictureHeap(),
                    "-Xms16m",
                    "-XX:+UseSerialGC",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=30",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xshare:auto",
                    "-XX:ErrorFile=" + work.resolve("child-%p.log"),
                    "-Djava.io.tmpdir=" + work,
                    "-Djava.awt.headless=true",
                    "-Dfile.encoding=UTF-8",
                    "-cp",
                    programs.pictureJars(),
                    "org.thocam.ingest.media.picture.PictureChild"));
            process = children.start(words, work);
            requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            answers = new DataInputStream(process.getInputStream());
            var drain = new Thread(
                    () -> {
                        try (var said = process.getErrorStream()) {
                            said.transferTo(java.io.OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // it was killed
                        }
                    },
                    "thocam-media-drain");
            drain.setDaemon(true);
            drain.start();
        }

        Answer ask(Duration wall, String... request) throws IOException, NotMadeException {
            asked++;
            var overTime = new AtomicBoolean();
            var bell = children.clock()
                    .schedule(
                            () -> {
                                overTime.set(true);
                                Leash.kill(process);
                            },
                            wall.toMillis(),
                            TimeUnit.MILLISECONDS);
            try {
                requests.writeInt(request.length);
                for (var word : request) requests.writeUTF(word);
                requests.flush();
                var state = answers.readUTF();
                var reason = answers.readUTF();
                var words = new LinkedHashMap<String, String>();
                for (int left = answers.readInt(); left > 0; left--) words.put(answers.readUTF(), answers.readUTF());
                return new Answer(state, reason, words);
            } catch (IOException e) {
                asked = PICTURES_EACH;
                if (children.closed()) throw e;
                if (overTime.get())
                    throw new NotMadeException(
                            State.TOO_SLOW, "reading the picture was stopped after " + wall.toMillis() / 1000.0 + " s");
                died(e);
                throw e;
            } finally {
                bell.cancel(false);
            }
        }

        private void died(IOException e) throws IOException, NotMadeException {
            int code;
            try {
                code = process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
            // 3 is what a JVM ends with under ExitOnOutOfMemoryError
            if (code == 3)
                throw new NotMadeException(
                        State.TOO_LARGE,
                        "the picture needs more memory than the " + limits.pictureHeap() + " there is for one");
            if (code > 1)
                throw new NotMadeException(State.BROKEN, "the process that read the picture crashed with code " + code);
            throw new IOException(
                    "the process that reads pictures ended with code " + code + "; is its class path right? "
                            + programs.pictureJars(),
                    e);
        }

        void end() {
            if (process.isAlive()) Leash.kill(process);
            children.forget(process);
        }
    }
}
