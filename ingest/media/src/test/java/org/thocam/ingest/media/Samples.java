package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Files of other people, read where they lie, and files that programs on this machine make. */
final class Samples {
    static final Path ROOT =
            Path.of(System.getProperty("thocam.root", "../..")).toAbsolutePath().normalize();
    static final Path MEDIA = ROOT.resolve("../shared/data/media").normalize();

    private Samples() {}

    static Path given(String name) {
        assumeTrue(Files.isDirectory(MEDIA), "no test data in " + MEDIA);
        return MEDIA.resolve(name);
    }

    static Programs programs() {
        var module = ROOT.resolve("ingest/media/target");
        return Programs.installed(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                module.resolve("classes") + ":" + module.resolve("lib-media/*"));
    }

    static Programs without(Programs programs) {
        return new Programs(Optional.empty(), Optional.empty(), programs.java(), programs.pictureJars());
    }

    static Derivatives.Settings settings(Path folder) {
        return new Derivatives.Settings(
                folder.resolve("derivatives"), folder.resolve("run"), 2, 64, 1L << 30, programs(), Limits.USUAL);
    }

    static void wants(String program) {
        assumeTrue(Programs.onPath(program).isPresent(), program + " is not installed");
    }

    /** Runs a program in a folder; it has to end well. */
    static void run(Path folder, String... words) throws IOException, InterruptedException {
        wants(words[0]);
        var process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), List.of(words) + ": " + said);
    }

    /** ffmpeg, quiet, into the last word. */
    static Path ffmpeg(Path folder, String name, String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(words));
        command.add(name);
        run(folder, command.toArray(String[]::new));
        return folder.resolve(name);
    }

    static String sha512(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Supplier<InputStream> opened(Path file) {
        return () -> {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static Derived of(Derivatives derivatives, Recipe recipe, Path file) throws IOException, InterruptedException {
        return derivatives.of(sha512(file), recipe, opened(file));
    }

    static Path made(Derivatives derivatives, Recipe recipe, Path file) throws IOException, InterruptedException {
        var derived = of(derivatives, recipe, file);
        if (derived instanceof Derived.Made made) return made.path();
        throw new AssertionError(recipe + " of " + file + ": " + derived);
    }

    static Derived.Failed failed(Derivatives derivatives, Recipe recipe, Path file)
            throws IOException, InterruptedException {
        var derived = of(derivatives, recipe, file);
        if (derived instanceof Derived.Failed failed) return failed;
        throw new AssertionError(recipe + " of " + file + ": " + derived);
    }

    static Technical technical(Derivatives derivatives, Path file) throws IOException, InterruptedException {
        var derived = of(derivatives, Recipe.TECHNICAL, file);
        if (derived instanceof Derived.Made made) return Derivatives.technical(made);
        throw new AssertionError(file + ": " + derived);
    }
}
