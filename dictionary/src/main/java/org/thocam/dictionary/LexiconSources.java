package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;
import org.thocam.ontology.LanguageTag;

/** A lexicon's file, folder or package of any format, read into one LIFT file that can be taken in. */
public final class LexiconSources {
    private LexiconSources() {}

    /** @param columns for tables: {@code HEADER=FIELD}, such as {@code Nghĩa=gloss@vi} */
    public record Options(List<String> columns) {
        public static final Options NONE = new Options(List.of());
    }

    /** Told what is wrong or unusual in a file. */
    public interface Told {
        /**
         * @param file within a folder or package, empty for one file
         * @param line from 1, 0 where it is not known
         * @param error whether something was left out for it; else it is a warning
         */
        void fault(String file, long line, String code, boolean error, String message);

        /** A column or element that no field knows. */
        default void unknown(String name) {}
    }

    /** A file is not what it should be; nothing of it counts. */
    public static final class NotALexiconException extends Exception {
        private static final long serialVersionUID = 1;

        NotALexiconException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    record Beside(String name, String mediaType, Path path, String sha512) {}

    /**
     * @param lift the entries, in a folder of ours
     * @param received the file as it came, where {@code lift} was made from it; empty where it is that file
     * @param beside other files that belong to it
     */
    record Source(
            Path lift,
            String liftName,
            Optional<Path> received,
            String receivedName,
            String receivedDigest,
            List<Beside> beside,
            LanguageTag language,
            long entries) {}

    static Source read(Path path, Options options, Optional<LanguageTag> language, Path work, Told told)
            throws NotALexiconException, IOException {
        var name = path.getFileName().toString().replaceAll("[\\\\\\p{Cntrl}]", "_");
        var copy = work.resolve("source.lift");
        Files.copy(path, copy);
        var found = new LanguageTag[] {LanguageTag.UNDETERMINED};
        try (InputStream in = Files.newInputStream(copy)) {
            var frame = LiftFile.read(in, placed -> {
                if (!found[0].undetermined()) return;
                placed.entry().entry().lexicalUnit().forms().keySet().stream()
                        .map(Headword::tag)
                        .filter(tag -> !tag.undetermined())
                        .findFirst()
                        .ifPresent(tag -> found[0] = tag);
            });
            return new Source(copy, name, Optional.empty(), name, sha512(copy), List.of(), found[0], frame.entries());
        } catch (LiftException e) {
            throw new NotALexiconException(e.getMessage(), e);
        }
    }

    static String sha512(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            var digest = MessageDigest.getInstance("SHA-512");
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
