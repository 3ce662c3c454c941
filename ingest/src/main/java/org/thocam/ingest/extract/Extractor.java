package org.thocam.ingest.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.pipes.FetchEmitTuple;
import org.apache.tika.pipes.HandlerConfig;
import org.apache.tika.pipes.PipesConfig;
import org.apache.tika.pipes.PipesException;
import org.apache.tika.pipes.PipesParser;
import org.apache.tika.pipes.PipesResult;
import org.apache.tika.pipes.emitter.EmitKey;
import org.apache.tika.pipes.fetcher.FetchKey;
import org.apache.tika.sax.BasicContentHandlerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Recognition;
import org.thocam.ontology.Shown;
import org.thocam.ontology.TextState;

/**
 * Text out of files. Tika's parsers run in child JVMs with limits on time, memory and output: a document can kill its child and
 * nothing else. Plain text that is strict UTF-8 or UTF-16 with a mark never goes there.
 */
public final class Extractor implements AutoCloseable {
    /**
     * @param parsers folder of the jars of the children ({@code lib/tika})
     * @param work folder for the children's configuration and temporary files; emptied at the start
     * @param java the {@code java} that starts the children
     * @param seconds wall clock a document may take
     * @param heap of a child, such as {@code 256m}
     * @param longest characters of text kept of one document
     * @param ocr languages for tesseract, such as {@code vie+khm}; empty for those that are installed
     * @param review confidence of OCR, 0 to 1, below which its text needs review
     */
    public record Limits(
            Path parsers,
            Path work,
            String java,
            int children,
            int seconds,
            String heap,
            int longest,
            String ocr,
            InnerLimits inner,
            double review) {
        public static final double USUAL_REVIEW = 0.7;

        /** With the usual limits for what is inside files. */
        public Limits(
                Path parsers, Path work, String java, int children, int seconds, String heap, int longest, String ocr) {
            this(parsers, work, java, children, seconds, heap, longest, ocr, InnerLimits.USUAL, USUAL_REVIEW);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Extractor.class);
    private static final String TEXT_PLAIN = "text/plain";
    private static final String TOO_LARGE = "needs more memory than ";
    private static final String TOO_SLOW = "took longer than ";
    private static final String CRASHED = "ended the process that read it";
    private static final String NOT_READ = "was not read because ";
    private static final Pattern ENCRYPTED = Pattern.compile("EncryptedDocumentException|PasswordRequiredException");
    private static final long LONGEST_READ_HERE = 16 << 20;

    private final Limits limits;
    private final PipesParser plain;
    private final MimeTypes names = MimeTypes.getDefaultMimeTypes();
    private final AtomicInteger wishes = new AtomicInteger();
    private final AtomicLong folders = new AtomicLong();
    private PipesParser seeing;

    private Extractor(Limits limits, PipesParser plain) {
        this.limits = limits;
        this.plain = plain;
    }

    /** Starts no child yet: each starts with the first document it gets. */
    public static Extractor open(Limits limits) {
        try {
            Files.createDirectories(limits.work());
            try (var left = Files.newDirectoryStream(limits.work())) {
                for (var path : left) delete(path);
            }
            return new Extractor(limits, children(limits, Optional.empty()));
        } catch (IOException | TikaException e) {
            throw new ArchiveException(
                    "the extraction of text could not be set up in " + limits.work() + ": " + e.getMessage(), e);
        }
    }

    private static PipesParser children(Limits limits, Optional<String> languages) throws IOException, TikaException {
        var configuration = limits.work().resolve(languages.isEmpty() ? "tika-config.xml" : "tika-config-ocr.xml");
        Files.writeString(configuration, TikaConfiguration.of(limits, languages, configuration));
        return new PipesParser(PipesConfig.load(configuration));
    }

    /** Whether pictures are read by OCR now. */
    public boolean ocr() {
        return wishes.get() > 0;
    }

    /**
     * From now on pictures are read too, until {@link #noOcr} was called as often.
     *
     * @throws ArchiveException if tesseract is not there
     */
    public synchronized void wantOcr() {
        try {
            if (seeing == null) seeing = children(limits, Optional.of(Tesseract.languages(limits.ocr())));
        } catch (IOException | TikaException e) {
            throw new ArchiveException("OCR could not be set up: " + e.getMessage(), e);
        }
        wishes.incrementAndGet();
    }

    public void noOcr() {
        wishes.decrementAndGet();
    }

    /** Characters of text kept of one document. */
    public int longest() {
        return limits.longest();
    }

    /** Whether a file that failed for {@code reason} may fare better with other limits, or once processes can be started. */
    public static boolean mayFareBetter(String reason) {
        return Stream.of(TOO_LARGE, TOO_SLOW, CRASHED, NOT_READ).anyMatch(reason::contains);
    }

    private synchronized PipesParser children(boolean pictures) {
        return ocr() && pictures ? seeing : plain;
    }

    public InnerLimits innerLimits() {
        return limits.inner();
    }

    /** A new folder for an {@link Unpacking}; {@link #delete} it when what it holds was taken over. */
    public Path newFolder() throws IOException {
        return Files.createDirectory(limits.work().resolve("inside-" + folders.incrementAndGet()));
    }

    /** Deletes a file or a folder with all that is in it; links are not followed. */
    public static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
            try (var inside = Files.newDirectoryStream(path)) {
                for (var one : inside) delete(one);
            }
        Files.deleteIfExists(path);
    }

    /**
     * The text alone, with that of all that is inside. Never throws for what is in the file: every file ends in a state.
     *
     * @param name what messages call it
     */
    public Extraction extract(Path file, String name) throws InterruptedException {
        return extract(file, name, Optional.empty());
    }

    /**
     * The text of the file itself, its pages, and the files that are inside. Never throws for what is in the file.
     *
     * @param name what messages call it
     */
    public Extraction extract(Path file, String name, Unpacking unpacking) throws InterruptedException {
        return extract(file, name, Optional.of(unpacking));
    }

    private Extraction extract(Path file, String name, Optional<Unpacking> unpacking) throws InterruptedException {
        try {
            if (Files.size(file) == 0) return new Extraction(typeByName(file), TextState.EMPTY, "");
            var transcript = TranscriptFile.read(file, name);
            if (transcript.isPresent()) return transcript.get().extraction();
            var text = plainText(file);
            if (text.isPresent()) return ended(TEXT_PLAIN, Received.of(cut(text.get())), "");
            var legacy = legacyText(file);
            if (legacy.isPresent()) return ended(typeByName(file), legacy.get(), "");
            return unpacking.isPresent() ? unpacked(file, name, unpacking.get()) : parsed(file, name, null, true);
        } catch (IOException e) {
            return failed(file, name, "could not be read: " + named(String.valueOf(e.getMessage()), file, name));
        }
    }

    /** What becomes of a file that there was no time to read. */
    public Extraction unread(Path file, String reason) {
        return new Extraction(
                typeByName(file), TextState.FAILED, "it " + NOT_READ + reason + ". The original is kept.");
    }

    /** With its dot, as files of this type usually have it; {@code .bin} for one that nobody knows. */
    public String extension(String mediaType) {
        try {
            var known = names.forName(mediaType).getExtension();
            return known.isEmpty() ? ".bin" : known;
        } catch (MimeTypeException e) {
            return ".bin";
        }
    }

    private Extraction unpacked(Path file, String name, Unpacking unpacking) throws InterruptedException, IOException {
        var found = parsed(
                file, name, Outcome.wish(unpacking, file, limits.seconds(), limits.longest()), unpacking.pictures());
        var reasons = new ArrayList<String>();
        boolean ended = Stream.of(TOO_LARGE, TOO_SLOW, CRASHED).anyMatch(found.reason()::contains);
        if (found.state() == TextState.FAILED && ended) {
            // what is inside may have been too much, and the text alone is not
            var alone = parsed(file, name, Outcome.nothing(limits.seconds()), unpacking.pictures());
            if (alone.state() != TextState.FAILED) {
                reasons.add("not all that is inside was taken out: with it, " + found.reason());
                found = alone;
            }
        }
        var outcome = Outcome.of(unpacking);
        var pages = Pages.of(unpacking.folder(), limits.review());
        reasons.addAll(outcome.reasons());
        var whole = found.with(pages, outcome).because(reasons);
        if (whole.read().filter(Recognition::review).isPresent())
            whole = whole.because(List.of("needs review: OCR was sure of "
                    + Math.round(whole.read().get().confidence() * 100) + " % of it"));
        // such a picture is read with the page that it stands on
        return !unpacking.pictures() && whole.state() == TextState.NEEDS_OCR
                ? new Extraction(whole.mediaType(), TextState.EMPTY, "")
                : whole;
    }

    /** @param wish for the child, beside the text; may be null */
    private Extraction parsed(Path file, String name, Properties wish, boolean pictures)
            throws InterruptedException, IOException {
        var context = new ParseContext();
        if (wish != null) context.set(Properties.class, wish);
        context.set(
                HandlerConfig.class,
                new HandlerConfig(
                        BasicContentHandlerFactory.HANDLER_TYPE.BODY,
                        HandlerConfig.PARSE_MODE.CONCATENATE,
                        limits.longest(),
                        1000,
                        false));
        var path = file.toAbsolutePath().toString();
        var asked = new FetchEmitTuple(
                path, new FetchKey("file", path), new EmitKey("none", path), new Metadata(), context);
        PipesResult result;
        try {
            result = children(pictures).parse(asked);
        } catch (PipesException | IOException | RuntimeException e) {
            LOG.error("no process could be started for {}: are the jars in {} whole?", name, limits.parsers(), e);
            return failed(
                    file,
                    name,
                    NOT_READ
                            + "no process could be started for it; ingest it again with --ocr or change it once that works");
        }
        return switch (result.getStatus()) {
            case OOM -> failed(file, name, TOO_LARGE + limits.heap() + "; raise ingest.heap");
            case TIMEOUT -> failed(file, name, TOO_SLOW + limits.seconds() + " s; raise ingest.seconds");
            case UNSPECIFIED_CRASH -> failed(file, name, CRASHED);
            case CLIENT_UNAVAILABLE_WITHIN_MS, INTERRUPTED_EXCEPTION ->
                failed(file, name, NOT_READ + "all readers were busy; ingest it again");
            case EMPTY_OUTPUT -> ended(typeByName(file), Received.unchanged(""), "");
            default -> read(file, name, result);
        };
    }

    private Extraction read(Path file, String name, PipesResult result) {
        var found = result.getEmitData() == null
                ? List.<Metadata>of()
                : result.getEmitData().getMetadataList();
        if (found == null || found.isEmpty())
            return failed(file, name, named(firstLine(result.getMessage()), file, name));
        var metadata = found.get(0);
        var type = metadata.get(Metadata.CONTENT_TYPE);
        if (type == null) type = typeByName(file);
        var text = metadata.get(TikaCoreProperties.TIKA_CONTENT);
        var received = Received.ofMarked(text == null ? "" : text.strip());
        var fault = metadata.get(TikaCoreProperties.CONTAINER_EXCEPTION);
        boolean cut = Boolean.parseBoolean(metadata.get(TikaCoreProperties.WRITE_LIMIT_REACHED));
        if (fault != null && ENCRYPTED.matcher(fault).find())
            return new Extraction(
                    type,
                    received,
                    TextState.FAILED,
                    name + " is encrypted; hand it in without a password. The original is kept.");
        if (fault != null && !cut)
            return new Extraction(type, received, TextState.FAILED, firstLine(named(fault, file, name)));
        var reasons = new ArrayList<String>();
        if (cut) reasons.add("only its first " + limits.longest() + " characters were kept");
        var faults = metadata.getValues(TikaCoreProperties.TIKA_META_EXCEPTION_EMBEDDED_STREAM);
        boolean encrypted =
                Stream.of(faults).anyMatch(told -> told.toLowerCase(Locale.ROOT).contains("encrypt"));
        if (encrypted) reasons.add("files inside it are encrypted and were not read; hand them in without a password");
        else if (faults.length > 0) reasons.add(faults.length + " of the files inside could not be read");
        return ended(type, received, String.join("; ", reasons));
    }

    private Extraction ended(String type, Received text, String reason) {
        if (!text.text().isBlank()) return new Extraction(type, text, TextState.OK, reason);
        boolean picture = type.startsWith("image/") || type.startsWith("application/pdf");
        return picture && !ocr()
                ? new Extraction(
                        type,
                        TextState.NEEDS_OCR,
                        "no text inside; ingest it again with --ocr where tesseract is installed")
                : new Extraction(type, TextState.EMPTY, reason);
    }

    private Extraction failed(Path file, String name, String reason) {
        return new Extraction(typeByName(file), TextState.FAILED, name + " " + reason + ". The original is kept.");
    }

    /** The file may be a copy under a name that says nothing to whoever handed it in. */
    private static String named(String message, Path file, String name) {
        return message.replace(file.toAbsolutePath().toString(), name).replace(file.toString(), name);
    }

    /** Strict: one byte that is not UTF-8, or a NUL, and it is somebody else's task. */
    private static Optional<String> plainText(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!(name.endsWith(".txt") || name.endsWith(".text") || name.endsWith(".md"))
                || Files.size(file) > LONGEST_READ_HERE) return Optional.empty();
        var bytes = Files.readAllBytes(file);
        var charset = marked(bytes);
        return decoded(bytes, charset)
                .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
                .filter(text -> text.indexOf('\0') < 0);
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Text whose bytes are Vietnamese in an older encoding: Tika would guess another charset and lose some of them. */
    private Optional<Received> legacyText(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Stream.of(".txt", ".text", ".md", ".csv", ".tsv").noneMatch(name::endsWith)
                || Files.size(file) > LONGEST_READ_HERE) return Optional.empty();
        var bytes = Files.readAllBytes(file);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\0') >= 0 || decoded(bytes, StandardCharsets.UTF_8).isPresent()) return Optional.empty();
        return Optional.of(Received.of(cut(text))).filter(Received::decoded);
    }

    private static Charset marked(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) return StandardCharsets.UTF_16BE;
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) return StandardCharsets.UTF_16LE;
        return StandardCharsets.UTF_8;
    }

    private String cut(String text) {
        return text.length() <= limits.longest() ? text : text.substring(0, limits.longest());
    }

    private String typeByName(Path file) {
        var metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, file.getFileName().toString());
        try {
            return names.detect(null, metadata).toString();
        } catch (IOException e) {
            return "application/octet-stream";
        }
    }

    private static String firstLine(String stack) {
        if (stack == null || stack.isBlank()) return "the parser gave no reason";
        var lines = new ArrayList<>(stack.strip().lines().toList());
        var cause =
                lines.stream().filter(line -> line.startsWith("Caused by: ")).reduce((first, last) -> last);
        return Shown.of(cause.map(line -> line.substring("Caused by: ".length()))
                .orElse(lines.get(0))
                .replaceAll("^[\\w.$]+\\.(\\w+):? ?", "$1: "));
    }

    @Override
    public void close() {
        try {
            plain.close();
            synchronized (this) {
                if (seeing != null) seeing.close();
            }
        } catch (IOException e) {
            throw new ArchiveException("the processes that extract text did not end: " + e.getMessage(), e);
        }
    }
}
