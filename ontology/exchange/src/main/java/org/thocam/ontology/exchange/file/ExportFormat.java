package org.thocam.ontology.exchange.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.UnwritableRecordException;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.cite.BibTex;
import org.thocam.ontology.exchange.cite.Ris;
import org.thocam.ontology.exchange.formats.Crosswalks;
import org.thocam.ontology.exchange.marc.MarcFile;

/** The files in which items are given to other libraries. */
public enum ExportFormat {
    MARC("marc", ".mrc", out -> marc(out, MarcFile.Encoding.UTF_8)),
    MARC8("marc8", ".mrc", out -> marc(out, MarcFile.Encoding.MARC_8)),
    MARCXML("marcxml", ".xml", MarcXmlCollection::new),
    DUBLIN_CORE_CSV("dc-csv", ".csv", DublinCoreCsv.Writer::new),
    RIS("ris", ".ris", out -> text(out, record -> Ris.of(record))),
    BIBTEX("bibtex", ".bib", out -> text(out, record -> BibTex.of(record))),
    JSON_LINES("jsonl", ".jsonl", out -> text(out, record -> described(record.item()) + "\n"));

    /** Writes one item after another; closing it ends the file and closes the stream. */
    public interface Writer extends Closeable {
        /** @throws UnwritableRecordException if the format has no room for it; nothing of it was written, and others may follow */
        void write(CatalogueRecord record) throws IOException;
    }

    private interface Opening {
        Writer open(OutputStream out) throws IOException;
    }

    private interface Saying {
        String of(CatalogueRecord record);
    }

    private final String word;
    private final String ending;
    private final Opening opening;

    ExportFormat(String word, String ending, Opening opening) {
        this.word = word;
        this.ending = ending;
        this.opening = opening;
    }

    /** What it is called on a command line. */
    public String word() {
        return word;
    }

    /** The ending of its files, with the dot. */
    public String ending() {
        return ending;
    }

    public static Optional<ExportFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    public Writer open(OutputStream out) throws IOException {
        return opening.open(out);
    }

    /** The record that a depositor writes, which can be taken in again: without what intake adds, and without files. */
    private static ObjectNode described(Item item) {
        var node = ItemJson.json(item);
        node.remove(List.of("files", "decoded", "source", "digest"));
        return node;
    }

    private static Writer marc(OutputStream out, MarcFile.Encoding encoding) {
        var writer = MarcFile.writer(out, encoding);
        return new Writer() {
            @Override
            public void write(CatalogueRecord record) throws IOException {
                writer.write(record);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    private static Writer text(OutputStream out, Saying saying) {
        return new Writer() {
            @Override
            public void write(CatalogueRecord record) throws IOException {
                out.write(saying.of(record).getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    private static final class MarcXmlCollection implements Writer {
        private final OutputStreamWriter text;
        private final XmlOut xml;

        private MarcXmlCollection(OutputStream out) throws IOException {
            try {
                text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                text.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
                xml = new XmlOut(text);
                var format = Crosswalks.of("marc21").orElseThrow().format();
                xml.start("", "collection", format.namespace()).namespace("", format.namespace());
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void write(CatalogueRecord record) throws IOException {
            try {
                xml.text("\n");
                Crosswalks.of("marc21").orElseThrow().write(record, xml);
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                xml.text("\n").end().flush();
            } catch (XMLStreamException e) {
                throw new IOException(e);
            } finally {
                text.close();
            }
        }
    }
}
