package org.thocam.ontology.exchange.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.cite.BibTex;
import org.thocam.ontology.exchange.cite.Ris;
import org.thocam.ontology.exchange.marc.MarcFile;

/** The files in which other libraries give their records; read one record at a time, a faulty one told and passed by. */
public enum RecordFile {
    MARC {
        @Override
        public void read(Path path, Consumer<FileRecord> to) throws IOException {
            MarcFile.read(path, to);
        }
    },
    XML {
        @Override
        public void read(Path path, Consumer<FileRecord> to) throws IOException {
            XmlRecords.read(path, to);
        }
    },
    RIS {
        @Override
        public void read(Path path, Consumer<FileRecord> to) throws IOException {
            Ris.read(path, to);
        }
    },
    BIBTEX {
        @Override
        public void read(Path path, Consumer<FileRecord> to) throws IOException {
            BibTex.read(path, to);
        }
    },
    DUBLIN_CORE_CSV {
        @Override
        public void read(Path path, Consumer<FileRecord> to) throws IOException {
            DublinCoreCsv.read(path, to);
        }
    };

    /** Tells of every record, in the order of the file. */
    public abstract void read(Path path, Consumer<FileRecord> to) throws IOException;

    /** What kind of record file it is, by its name and where that leaves a doubt by its first lines; empty for any other document. */
    public static Optional<RecordFile> of(Path path) throws IOException {
        var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".mrc") || name.endsWith(".marc")) return Optional.of(MARC);
        if (name.endsWith(".marcxml")) return Optional.of(XML);
        if (name.endsWith(".ris")) return Optional.of(RIS);
        if (name.endsWith(".bib")) return Optional.of(BIBTEX);
        if (name.endsWith(".xml") && XmlRecords.are(path)) return Optional.of(XML);
        if (name.endsWith(".csv") && DublinCoreCsv.is(path)) return Optional.of(DUBLIN_CORE_CSV);
        return Optional.empty();
    }
}
