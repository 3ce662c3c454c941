package org.thocam.index.analysis.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** How many bytes an index of the same texts has, one field for each chain, merged to one segment. */
final class IndexSize {
    private IndexSize() {}

    static void measure(String what, Supplier<Stream<String>> texts) {
        for (var offsets : List.of(false, true)) {
            long standard = size(Chain.STANDARD, offsets, texts);
            long ours = size(Chain.OURS, offsets, texts);
            long three = 0;
            for (var chain : List.of(Chain.ICU, Chain.FOLDED, Chain.GRAMS)) three += size(chain, offsets, texts);
            long icu = size(Chain.ICU, offsets, texts);
            System.out.printf(
                    Locale.ROOT,
                    "size of %s, %s: ours %.2f, ICU nfkc_cf alone %.2f, three fields %.2f times StandardAnalyzer's %,d bytes%n",
                    what,
                    offsets ? "positions and offsets" : "positions",
                    (double) ours / standard,
                    (double) icu / standard,
                    (double) three / standard,
                    standard);
        }
    }

    private static long size(String chain, boolean offsets, Supplier<Stream<String>> texts) {
        try {
            var folder = Files.createTempDirectory("thocam-size-");
            try (var all = texts.get()) {
                return Chain.index(chain, offsets).apply(all::iterator, folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called in the chain's class loader; leaves nothing behind. */
    static long write(Analyzer analyzer, boolean offsets, Iterable<String> texts, Path folder) {
        var type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(
                offsets
                        ? IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS
                        : IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.freeze();
        try {
            var configuration = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(128);
            try (var directory = FSDirectory.open(folder)) {
                try (var writer = new IndexWriter(directory, configuration)) {
                    for (var text : texts) {
                        var document = new Document();
                        document.add(new Field("text", text, type));
                        writer.addDocument(document);
                    }
                    writer.forceMerge(1);
                }
                long bytes = 0;
                for (var file : new ArrayList<>(List.of(directory.listAll()))) {
                    if (file.equals("write.lock")) continue;
                    bytes += directory.fileLength(file);
                    directory.deleteFile(file);
                }
                Files.deleteIfExists(folder.resolve("write.lock"));
                Files.delete(folder);
                return bytes;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
