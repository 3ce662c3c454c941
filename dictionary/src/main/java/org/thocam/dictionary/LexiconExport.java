package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.jena.riot.Lang;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.cldf.Cldf;
import org.thocam.dictionary.exchange.cldf.CldfDataset;
import org.thocam.dictionary.exchange.dmlex.DmLex;
import org.thocam.dictionary.exchange.ontolex.OntoLex;
import org.thocam.dictionary.exchange.table.Kind;
import org.thocam.dictionary.exchange.table.Tables;
import org.thocam.dictionary.exchange.tei.TeiLex0;
import org.thocam.dictionary.lift.LiftEncoding;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;

/** Gives a dictionary back as a file; {@link #point} names the state that was given, for a later merge. */
public final class LexiconExport {
    /** What {@link #write} can write. */
    public static final List<String> FORMATS =
            List.of("lift", "csv", "tsv", "xlsx", "cldf", "tei", "ontolex", "dmlex-json", "dmlex-xml");

    private static final String POINT = "thocam-export.txt";

    private final Archive archive;
    private final Item item;
    private final Lexicon lexicon;
    private final ShownLexicon shown;
    private final LiftExport lift;
    private final boolean published;
    private final Instant point;
    private final Lexicons lexicons;

    private LexiconExport(
            Archive archive,
            Item item,
            ShownLexicon shown,
            LiftExport lift,
            boolean published,
            Instant point,
            Lexicons lexicons) {
        this.archive = archive;
        this.item = item;
        this.lexicon = Lexicon.of(item).orElseThrow();
        this.shown = shown;
        this.lift = lift;
        this.published = published;
        this.point = point;
        this.lexicons = lexicons;
    }

    /**
     * The state of this moment; edits go on meanwhile.
     *
     * @param published what readers see; else what editors work on
     * @throws LexiconProblem if there is no such dictionary, or it is still being made
     */
    public static LexiconExport of(Archive archive, Lexicons lexicons, Clock clock, ItemId id, boolean published) {
        var lock = lexicons.lock(id).writeLock();
        lock.lock();
        try {
            var shown = lexicons.store()
                    .shown(id)
                    .orElseThrow(() -> new LexiconProblem(
                            LexiconProblem.Kind.NOT_YET,
                            id + " is no dictionary, or its entries are still being made"));
            if (shown.fault().isPresent())
                throw new LexiconProblem(
                        LexiconProblem.Kind.ABSENT,
                        "dictionary " + id + ": " + shown.fault().get());
            var item = (Item) archive.read(id, shown.version()).orElseThrow().holding();
            var lift =
                    new LiftExport(archive, lexicons.store(), Lexicon.of(item).orElseThrow(), shown, published);
            return new LexiconExport(archive, item, shown, lift, published, clock.instant(), lexicons);
        } finally {
            lock.unlock();
        }
    }

    public Instant point() {
        return point;
    }

    /** LIFT 0.13: nothing is lost. */
    public void lift(OutputStream out) throws IOException {
        // a file that is taken in meanwhile would put other entries into the store
        var lock = lexicons.lock(lexicon.id()).readLock();
        lock.lock();
        try {
            if (!lexicons.store().shown(lexicon.id()).map(ShownLexicon::file).equals(Optional.of(shown.file())))
                throw new LexiconProblem(
                        LexiconProblem.Kind.STALE,
                        "dictionary " + lexicon.id() + " got another file meanwhile; export it again");
            var encoding = encoding();
            if (encoding.isEmpty()) lift.write(out);
            else
                try (var back = encoding.get().back(new Unclosed(out))) {
                    lift.write(back);
                }
        } finally {
            lock.unlock();
        }
    }

    /** Of the file that came, where that was not UTF-8 and of this version of LIFT. */
    private Optional<LiftEncoding> encoding() throws IOException {
        var words = lexicon.words().orElseThrow().name();
        var original = item.files().stream()
                .filter(file -> file.name().equals(LexiconSources.ORIGINAL + words))
                .findFirst();
        if (original.isEmpty()) return Optional.empty();
        var copy = Files.createTempFile("thocam-", ".lift");
        try (var in = open(original.get())) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(LiftEncoding.of(copy)).filter(encoding -> !encoding.isUtf8());
        } catch (LiftException e) {
            return Optional.empty();
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private InputStream open(Bitstream file) {
        return archive.open(item.id(), shown.version(), "files/" + file.name());
    }

    /**
     * Writes the lexicon to a file, whole or not at all, and beside it {@code FILE.loss.json}.
     *
     * @param format a word of {@link #FORMATS}; {@code lift} to a name that ends in {@code .zip} takes all along that belongs to it;
     *     {@code cldf} makes a folder; {@code ontolex} is Turtle, or what the name's ending says: .nt, .rdf, .jsonld
     * @param base where identities begin, such as {@code http://127.0.0.1:8080/}
     * @return what had no home in the format: {@code {"format", "lost": []}}
     * @throws IllegalArgumentException if there is no such format
     */
    public ObjectNode write(String format, Path target, URI base) throws IOException {
        if (!FORMATS.contains(format))
            throw new IllegalArgumentException(
                    "format '" + Shown.of(format) + "': want one of " + String.join(", ", FORMATS));
        LossReport report;
        if (format.equals("cldf")) report = Cldf.write(head(base), source(), dataset(), target);
        else {
            var part = Files.createTempFile(target.toAbsolutePath().getParent(), "." + target.getFileName(), ".part");
            try {
                try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                    report = write(format, target.getFileName().toString(), head(base), out);
                }
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        var json = report.json();
        if (!report.isEmpty())
            Files.writeString(target.resolveSibling(target.getFileName() + ".loss.json"), json.toPrettyString());
        return json;
    }

    private LossReport write(String format, String name, LexiconHead head, OutputStream out) throws IOException {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        switch (format) {
            case "lift" -> {
                if (ending.equals("zip")) bundle(out);
                else lift(out);
                return new LossReport(format);
            }
            case "csv", "tsv", "xlsx" -> {
                return Tables.write(Kind.valueOf(format.toUpperCase(Locale.ROOT)), head, source(), out);
            }
            case "tei" -> {
                return TeiLex0.write(head, source(), out);
            }
            case "dmlex-json" -> {
                return DmLex.writeJson(head, source(), out);
            }
            case "dmlex-xml" -> {
                return DmLex.writeXml(head, source(), out);
            }
            default -> {
                var lang = Map.of("nt", Lang.NTRIPLES, "rdf", Lang.RDFXML, "jsonld", Lang.JSONLD)
                        .getOrDefault(ending, Lang.TURTLE);
                return OntoLex.write(head, source(), lang, out);
            }
        }
    }

    /** A package as FLEx and WeSay make it: the LIFT file, its ranges, writing systems and media, and the point to merge from. */
    private void bundle(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        var words = lexicon.words().orElseThrow().name();
        zip.putNextEntry(new ZipEntry(words.replaceFirst("\\.[^.]*$", "") + ".lift"));
        lift(zip);
        zip.closeEntry();
        for (var file : item.files()) {
            var name = file.name();
            if (name.equals(words)
                    || name.startsWith(Lexicon.RECEIVED)
                    || name.startsWith(LexiconSources.ORIGINAL)
                    || name.startsWith(LexiconSources.CLDF)
                    || published && !lexicons.store().isForReaders(item.id(), name)) continue;
            zip.putNextEntry(new ZipEntry(name));
            try (var in = open(file)) {
                in.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(POINT));
        zip.write(("dictionary " + item.id() + "\npoint " + point + "\n").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    /** What a package of ours says that it was made from; empty for any other. */
    static Optional<Instant> pointOf(Path bundle, ItemId id) {
        try {
            String said;
            if (Files.isDirectory(bundle)) {
                if (Files.notExists(bundle.resolve(POINT))) return Optional.empty();
                said = Files.readString(bundle.resolve(POINT));
            } else if (bundle.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                try (var zip = new ZipFile(bundle.toFile())) {
                    var entry = zip.getEntry(POINT);
                    if (entry == null || entry.getSize() > 1000) return Optional.empty();
                    said = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                }
            } else return Optional.empty();
            var lines = said.lines().toList();
            return lines.size() == 2
                            && lines.get(0).equals("dictionary " + id)
                            && lines.get(1).startsWith("point ")
                    ? Optional.of(Instant.parse(lines.get(1).substring(6)))
                    : Optional.empty();
        } catch (IOException | DateTimeParseException e) {
            throw new LexiconProblem(
                    LexiconProblem.Kind.INVALID, bundle + ": " + POINT + " cannot be read: " + e.getMessage());
        }
    }

    /** @param base where identities begin */
    public LexiconHead head(URI base) {
        return head(item, base);
    }

    /** What formats say of a lexicon as a whole. */
    public static LexiconHead head(Item item, URI base) {
        return new LexiconHead(
                item.id().value(),
                base + "id/" + item.id(),
                item.title(),
                item.languages().get(0).value(),
                item.rights(),
                item.creators());
    }

    /** The entries as records: without what no field of LIFT knows. */
    public LexiconSource source() {
        return visitor -> lexicons.store().forEach(item.id(), entry -> {
            var seen = published ? entry.asPublished() : Optional.of(entry).filter(one -> !one.deleted());
            if (seen.isPresent()) visitor.entry(entry.id().value(), seen.get().entry());
        });
    }

    private Optional<CldfDataset> dataset() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (var file : item.files())
            if (file.name().startsWith(LexiconSources.CLDF))
                try (var in = open(file)) {
                    files.put(file.name().substring(LexiconSources.CLDF.length()), in.readAllBytes());
                }
        try {
            return files.isEmpty() ? Optional.empty() : Optional.of(CldfDataset.of(files));
        } catch (FormatException e) {
            throw new IOException("the CLDF data set that came cannot be read any more: " + e.getMessage(), e);
        }
    }
}
