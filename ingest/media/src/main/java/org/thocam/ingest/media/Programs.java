package org.thocam.ingest.media;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The programs that derivatives are made with.
 *
 * @param ffmpeg empty where it is not installed; then there are no posters, waveforms and access copies
 * @param ffprobe empty where it is not installed; then sound and film are described by what the JDK reads
 * @param java the one that the children which read pictures are started with
 * @param pictureJars class path of those children: the jars of {@code lib/media}
 */
public record Programs(Optional<Path> ffmpeg, Optional<Path> ffprobe, Path java, String pictureJars) {
    /** What to do where ffmpeg or ffprobe is missing. */
    public static final String ADVICE = "install ffmpeg (Debian and Ubuntu: apt install ffmpeg) and start again";

    /** As the {@code PATH} of this process has them. */
    public static Programs installed(Path java, String pictureJars) {
        return new Programs(onPath("ffmpeg"), onPath("ffprobe"), java, pictureJars);
    }

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Path wanted(Optional<Path> program, String name) throws LackingException {
        return program.orElseThrow(() -> new LackingException(name));
    }
}
