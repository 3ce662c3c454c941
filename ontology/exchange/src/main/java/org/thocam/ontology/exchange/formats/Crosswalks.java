package org.thocam.ontology.exchange.formats;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.RecordReader;
import org.w3c.dom.Element;

/** Every metadata format there is, by its prefix. */
public final class Crosswalks {
    /** Raised whenever the same item would be said in other words: partners are then told of every record anew. */
    public static final int EDITION = 1;

    private static final Set<String> CORE = Set.of("oai_dc", "marc21", "olac");
    private static final List<Crosswalk> ALL = List.of();
    private static final List<RecordReader> READERS = List.of();

    private Crosswalks() {}

    public static List<Crosswalk> all() {
        return ALL;
    }

    /** What every partner and validator reads: given where no more was asked for. */
    public static List<Crosswalk> core() {
        return ALL.stream()
                .filter(crosswalk -> CORE.contains(crosswalk.format().prefix()))
                .toList();
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
