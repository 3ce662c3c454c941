package org.thocam.api.found;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.formats.Crosswalks;

/** The formats of other libraries that an item can be had in. */
public final class RecordFormats {
    /** Those that are no crosswalk. */
    private static final List<RecordFormat> OTHERS =
            List.of(new SchemaOrgFormat(), CitationFormat.RIS, CitationFormat.BIBTEX);

    private RecordFormats() {}

    public static List<RecordFormat> all() {
        return all(Crosswalks.all());
    }

    public static List<RecordFormat> all(Collection<Crosswalk> crosswalks) {
        var all = new ArrayList<>(OTHERS);
        crosswalks.stream().map(RecordFormat::of).forEach(all::add);
        return List.copyOf(all);
    }
}
