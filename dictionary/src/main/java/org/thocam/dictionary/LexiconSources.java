package org.thocam.dictionary;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.riot.Lang;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.cldf.Cldf;
import org.thocam.dictionary.exchange.dmlex.DmLex;
import org.thocam.dictionary.exchange.ontolex.OntoLex;
import org.thocam.dictionary.exchange.table.ColumnMapping;
import org.thocam.dictionary.exchange.table.Kind;
import org.thocam.dictionary.exchange.table.Tables;
import org.thocam.dictionary.exchange.tei.TeiLex0;
import org.thocam.dictionary.lift.BundleException;
import org.thocam.dictionary.lift.LiftBundle;
import org.thocam.dictionary.lift.LiftEncoding;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;
import org.thocam.dictionary.lift.LiftMigration;
import org.thocam.dictionary.lift.LiftProblem;
import org.thocam.dictionary.lift.LiftRanges;
import org.thocam.dictionary.lift.LiftValidator;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;

/**
 * A lexicon's file, folder or package of any format, read into one LIFT 0.13 file that can be taken in. A LIFT file of that version in
 * UTF-8 is taken as it is, to the byte.
 */
public final class LexiconSources {
    /** Where the file of another format, version or encoding is kept as it came. */
    static final String ORIGINAL = "source/";

    static final String CLDF = "cldf/";
    private static final int SNIFFED = 4096;
    /** Faults that nothing is left out for. */
    private static final Set<String> KEPT =
            Set.of("wrong-glottocode", "missing-glottocode", "wrong-iso639", "legacy-encoding");

    private LexiconSources() {}

    /** @param columns for tables: {@code HEADER=FIELD}, such as {@code Nghĩa=gloss@vi} */
    public record Options(List<String> columns) {
        public static final Options NONE = new Options(List.of());

        public Options {
            columns = List.copyOf(columns);
        }
    }

    /** Told what is wrong or unusual in a file. */
    public interface Told {
        /**
         * @param file within a folder or package, empty for one file
         * @param line from 1, 0 where it is not known
         * @param left whether something was left out for it; else all was taken in all the same
         */
        void fault(String file, long line, String code, boolean left, String message);

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
     * @param digest of that file as it came, sha512
     * @param beside other files that belong to it
     */
    record Source(Path lift, String liftName, String digest, List<Beside> beside, LanguageTag language, long entries) {}

    static Source read(Path path, Options options, Optional<LanguageTag> language, Path work, Told told)
            throws NotALexiconException, IOException {
        try {
            return isLift(path)
                    ? lift(path, work, told)
                    : other(path, options, language.orElse(LanguageTag.UNDETERMINED), work, told);
        } catch (LiftException | BundleException | FormatException e) {
            throw new NotALexiconException(e.getMessage(), e);
        }
    }

    /** Says what is wrong or unusual in a file, and takes nothing in. */
    public static void check(Path path, Options options, Path work, Told told)
            throws NotALexiconException, IOException {
        read(path, options, Optional.empty(), work, told);
    }

    private static boolean isLift(Path path) throws IOException {
        var name = lower(path);
        if (name.endsWith(".lift") || name.endsWith(".lift.xml")) return true;
        if (Files.isDirectory(path)) {
            try (var files = Files.list(path)) {
                return files.noneMatch(LexiconSources::isCldfMetadata);
            }
        }
        if (!name.endsWith(".zip")) return false;
        try (var zip = new ZipFile(path.toFile())) {
            return zip.stream().noneMatch(entry -> lower(entry.getName()).endsWith("-metadata.json"));
        }
    }

    private static boolean isCldfMetadata(Path path) {
        return lower(path).endsWith("-metadata.json");
    }

    private static Source lift(Path path, Path work, Told told) throws IOException, LiftException, BundleException {
        var lift = work.resolve("source.lift");
        try (var bundle = LiftBundle.of(called(path, work))) {
            var from = bundle.lift().path();
            var name = named(bundle.lift().name());
            var beside = new ArrayList<Beside>();
            var encoding = LiftEncoding.of(from);
            if (encoding.isUtf8()) Files.copy(from, lift);
            else {
                try (var in = encoding.utf8(Files.newInputStream(from))) {
                    Files.copy(in, lift);
                }
                told.fault(
                        "", 1, "encoding", false, "the file is in " + encoding.charset() + "; it is given back in it");
            }
            var migrated = work.resolve("migrated.lift");
            var steps = LiftMigration.migrated(lift, migrated);
            if (steps.isPresent()) {
                Files.move(migrated, lift, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                for (var step : steps.get()) told.fault("", 0, "migrated", false, step);
            }
            if (steps.isPresent() || !encoding.isUtf8())
                beside.add(beside(ORIGINAL + name, "application/xml", from, work));
            for (var part : bundle.parts())
                if (!part.equals(bundle.lift()))
                    beside.add(beside(part.name(), "application/octet-stream", part.path(), work));
            return checked(lift, name, beside, told, bundle);
        }
    }

    /** As {@code NAME.lift}, which is how other programs know it; a {@code NAME.lift.xml} stands by itself. */
    private static Path called(Path path, Path work) throws IOException {
        var name = path.getFileName().toString();
        if (!lower(name).endsWith(".lift.xml") || Files.isDirectory(path)) return path;
        var folder = Files.createDirectory(work.resolve("called"));
        return Files.copy(path, folder.resolve(name.substring(0, name.length() - ".xml".length())));
    }

    private static Source checked(Path lift, String name, List<Beside> beside, Told told, LiftBundle bundle)
            throws IOException, LiftException {
        var ranges = LiftRanges.NONE;
        for (var part : bundle.ranges())
            try (var in = Files.newInputStream(part.path())) {
                ranges = ranges.and(LiftRanges.read(in, problem -> tell(told, part.name(), problem)));
            }
        var validator = new LiftValidator(problem -> tell(told, "", problem))
                .with(ranges)
                .with(bundle::has);
        var language = new Language();
        LiftFile.Frame frame;
        try (InputStream in = Files.newInputStream(lift)) {
            frame = LiftFile.read(in, new LiftFile.Reading() {
                @Override
                public void beginning(LiftFile.Frame begun) {
                    validator.beginning(begun);
                }

                @Override
                public void entry(LiftFile.Placed placed) {
                    validator.entry(placed);
                    language.of(placed.entry().entry());
                }
            });
        }
        validator.end(frame);
        return new Source(lift, name, sha512(lift), beside, language.found, frame.entries());
    }

    /** LIFT is taken in as it is, whatever is wrong with it: it is told. */
    private static void tell(Told told, String file, LiftProblem problem) {
        told.fault(
                file,
                problem.line(),
                (problem.isError() ? "error " : "warning ") + problem.code().word(),
                false,
                (problem.entry().isEmpty() ? "" : "entry '" + problem.entry() + "': ") + problem.message());
    }

    private static Beside beside(String name, String mediaType, Path from, Path work) throws IOException {
        // the archive moves what it gets
        var copy = Files.createTempFile(work, "beside-", ".part");
        Files.copy(from, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return new Beside(name, mediaType, copy, sha512(copy));
    }

    /** The language of the first lexeme form that says one. */
    private static final class Language {
        private LanguageTag found = LanguageTag.UNDETERMINED;

        void of(Entry entry) {
            if (found.undetermined())
                for (var tag : entry.lexicalUnit().forms().keySet())
                    if (found.undetermined() && !Headword.audio(tag)) found = Headword.tag(tag);
        }
    }

    private static Source other(Path path, Options options, LanguageTag tag, Path work, Told told)
            throws IOException, FormatException, NotALexiconException {
        var lift = work.resolve("source.lift");
        var beside = new ArrayList<Beside>();
        var language = new Language();
        var count = new long[1];
        try (var out = new LiftOut(lift)) {
            var reading = new Reading() {
                @Override
                public void entry(String id, Entry entry) {
                    language.of(entry);
                    count[0]++;
                    out.add(id, entry);
                }

                @Override
                public void fault(Fault fault) {
                    told.fault(fault.file(), fault.line(), fault.code(), !KEPT.contains(fault.code()), fault.message());
                }

                @Override
                public void unknown(String name) {
                    told.unknown(name);
                }
            };
            read(path, options, tag, reading, beside, work);
        }
        var name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return new Source(
                lift,
                named((dot > 0 ? name.substring(0, dot) : name) + ".lift"),
                sha512(lift),
                beside,
                tag.undetermined() ? language.found : tag,
                count[0]);
    }

    private static void read(
            Path path, Options options, LanguageTag tag, Reading reading, List<Beside> beside, Path work)
            throws IOException, FormatException, NotALexiconException {
        var name = lower(path);
        var kind = Kind.ofName(name);
        boolean folder = Files.isDirectory(path);
        if (folder || name.endsWith(".zip") || isCldfMetadata(path)) {
            var dataset = Cldf.read(
                    isCldfMetadata(path) && !folder ? path.toAbsolutePath().getParent() : path, reading);
            for (var file : dataset.files().entrySet()) {
                var copy = Files.createTempFile(work, "beside-", ".part");
                Files.write(copy, file.getValue());
                beside.add(new Beside(CLDF + file.getKey(), "application/octet-stream", copy, sha512(copy)));
            }
            return;
        }
        if (kind.isPresent()) {
            var mapping = ColumnMapping.of(options.columns());
            Tables.read(path, kind.get(), mapping, tag.value(), reading);
        } else
            try (InputStream in = Files.newInputStream(path)) {
                if (name.endsWith(".ttl")) OntoLex.read(in, Lang.TURTLE, reading);
                else if (name.endsWith(".nt")) OntoLex.read(in, Lang.NTRIPLES, reading);
                else if (name.endsWith(".rdf")) OntoLex.read(in, Lang.RDFXML, reading);
                else if (name.endsWith(".jsonld")) OntoLex.read(in, Lang.JSONLD, reading);
                else if (name.endsWith(".json")) DmLex.readJson(in, reading);
                else if (name.endsWith(".xml") || name.endsWith(".tei")) {
                    if (begins(path).contains("<lexicographicResource")) DmLex.readXml(in, reading);
                    else TeiLex0.read(in, reading);
                } else
                    throw new NotALexiconException(
                            "want a file that ends in .lift, .csv, .tsv, .xlsx, .xml, .tei, .json, .ttl, .nt, .rdf or .jsonld, or a folder or .zip of LIFT or CLDF, found "
                                    + Shown.of(path.getFileName().toString()),
                            null);
            }
        beside.add(beside(ORIGINAL + named(path.getFileName().toString()), "application/octet-stream", path, work));
    }

    private static String begins(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(SNIFFED), StandardCharsets.UTF_8);
        }
    }

    /** A LIFT file of entries that come from another format. */
    static final class LiftOut implements AutoCloseable {
        private final OutputStream out;

        LiftOut(Path path) throws IOException {
            this(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
        }

        LiftOut(OutputStream out) throws IOException {
            this.out = out;
            write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lift version=\"0.13\" producer=\"Thocam\">");
        }

        void add(String id, Entry entry) {
            try {
                write("\n" + LexiconFormat.made(id, entry).xml());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void add(String xml) throws IOException {
            write("\n" + xml);
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            write("\n</lift>\n");
            out.close();
        }
    }

    private static String named(String name) {
        return name.substring(name.lastIndexOf('/') + 1).replaceAll("[\\\\\\p{Cntrl}]", "_");
    }

    static String sha512(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DigestUtils.sha512Hex(in);
        }
    }

    private static String lower(Path path) {
        return lower(path.getFileName().toString());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
