package org.thocam.ontology.exchange.formats;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.cmdi.Cmdi;
import org.thocam.ontology.exchange.datacite.DataCite;
import org.thocam.ontology.exchange.dc.DublinCore;
import org.thocam.ontology.exchange.dc.DublinCoreReaders;
import org.thocam.ontology.exchange.edm.Edm;
import org.thocam.ontology.exchange.marc.Marc21;
import org.thocam.ontology.exchange.marc.Marc21Reader;
import org.thocam.ontology.exchange.mods.Mods;
import org.thocam.ontology.exchange.mods.ModsReader;
import org.thocam.ontology.exchange.olac.Olac;
import org.thocam.ontology.exchange.olac.OlacReader;
import org.thocam.ontology.exchange.rdf.RdfDescription;
import org.w3c.dom.Element;

/** Every metadata format there is, by its prefix. */
public final class Crosswalks {
    /** Raised whenever the same item would be said in other words. */
    private static final int EDITION = 2;

    private static final Set<String> CORE = Set.of("oai_dc", "marc21", "olac");
    private static final List<Crosswalk> ALL = List.of(
            DublinCore.SIMPLE,
            new Marc21(),
            Olac.CROSSWALK,
            DublinCore.QUALIFIED,
            Cmdi.CROSSWALK,
            Mods.CROSSWALK,
            Edm.CROSSWALK,
            DataCite.CROSSWALK,
            RdfDescription.CROSSWALK);
    private static final List<RecordReader> READERS = List.of(
            DublinCoreReaders.SIMPLE,
            DublinCoreReaders.QUALIFIED,
            DublinCoreReaders.DSPACE,
            OlacReader.READER,
            ModsReader.READER,
            new Marc21Reader());

    private Crosswalks() {}

    /**
     * Of the words in which items are said: when it is another one, partners are told of every record anew. Not a constant, which other
     * modules would keep from the day they were compiled.
     */
    public static int edition() {
        return EDITION;
    }

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
