package org.thocam.ingest.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words before a command that give it a process group of its own and limits that the kernel holds, also when this process is killed:
 * util-linux' {@code setsid}, {@code setpriv} and {@code prlimit}, which every Debian has. Where one is missing its part is left to us.
 */
final class Leash {
    private static final boolean GROUPS = Programs.onPath("setsid").isPresent();
    private static final boolean DEATH = Programs.onPath("setpriv").isPresent()
            && System.getProperty("os.name").equals("Linux");
    private static final boolean BOUNDS = Programs.onPath("prlimit").isPresent();
    private static final long MEMORY = 4L << 30;

    private Leash() {}

    /** @param seconds of processor time */
    static List<String> ofOne(long seconds, long output) {
        var words = group();
        // the kernel ends it when the thread that started it does, which waits for it
        if (DEATH) words.addAll(List.of("setpriv", "--no-new-privs", "--pdeathsig", "KILL"));
        if (BOUNDS)
            words.addAll(List.of("prlimit", "--cpu=" + seconds, "--fsize=" + output, "--as=" + MEMORY, "--core=0"));
        return words;
    }

    /** For one that stays, and ends by itself when nobody is left. */
    static List<String> ofMany(long output) {
        var words = group();
        if (BOUNDS) words.addAll(List.of("prlimit", "--fsize=" + output, "--core=0"));
        return words;
    }

    private static List<String> group() {
        var words = new ArrayList<String>();
        if (GROUPS) words.add("setsid");
        return words;
    }

    /** The whole group, whatever the process started. Only while it runs, or something that it started holds its streams. */
    static void kill(Process process) {
        var below = process.descendants().toList();
        if (GROUPS) {
            try {
                // a child that setsid has not put into its group yet has no group of this number: then the next line
                // gets it
                new ProcessBuilder("sh", "-c", "kill -KILL -" + process.pid())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (IOException e) {
                // without a shell there are the next lines
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        // not the process itself: that would close its streams, and wait for whoever reads them
        process.toHandle().destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
