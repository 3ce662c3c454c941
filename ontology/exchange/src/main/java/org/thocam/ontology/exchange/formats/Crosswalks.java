package org.thocam.ontology.exchange.formats;

import java.util.List;
import java.util.Optional;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.marc.Marc21;
import org.thocam.ontology.exchange.marc.Marc21Reader;
import org.w3c.dom.Element;

/** Every metadata format there is, by its prefix. */
public final class Crosswalks {
    /** Raised whenever the same item would be said in other words: partners are then told of every record anew. */
    public static final int EDITION = 1;

    private static final List<Crosswalk> ALL = List.of(new Marc21());
    private static final List<RecordReader> READERS = List.of(new Marc21Reader());

    private Crosswalks() {}

    public static List<Crosswalk> all() {
        return ALL;
    }

    public static Optional<Crosswalk> of(String prefix) {
        return ALL.stream()
                .filter(crosswalk -> crosswalk.format().prefix().equals(prefix))
                .findFirst();
    }

    /** The reader for a record of another library, chosen by its root element. */
    public static Optional<RecordReader> reader(Element metadata) {
        return READERS.stream().filter(reader -> reader.reads(metadata)).findFirst();
    }
}
