package org.thocam.api.found;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.cite.BibTex;
import org.thocam.ontology.exchange.cite.Ris;

/**
 * A citation for reference managers. Neither media type is registered; both are those that servers and reference managers use.
 *
 * @param name the ending of its files, which a reference manager knows it by
 */
record CitationFormat(
        String name, String mediaType, List<String> otherNames, Function<CatalogueRecord, String> citation)
        implements RecordFormat {
    static final RecordFormat RIS =
            new CitationFormat("ris", "application/x-research-info-systems", List.of(), Ris::of);
    static final RecordFormat BIBTEX = new CitationFormat("bib", "application/x-bibtex", List.of("bibtex"), BibTex::of);

    @Override
    public void write(CatalogueRecord record, OutputStream out) throws IOException {
        out.write(citation.apply(record).getBytes(StandardCharsets.UTF_8));
    }
}
