package org.thocam.api.found;

import org.thocam.ontology.ItemId;

/** The formats that a whole dictionary is offered in to other libraries. */
public enum LexiconDownload {
    LIFT("lift", "LIFT 0.13", "application/xml", "http://code.google.com/p/lift-standard"),
    CLDF("cldf", "CLDF 1.3 (ZIP)", "application/zip", "https://cldf.clld.org/v1.0/terms.rdf#Dictionary"),
    ONTOLEX("ontolex", "OntoLex-Lemon (Turtle)", "text/turtle", "http://www.w3.org/ns/lemon/ontolex"),
    TEI("tei", "TEI Lex-0", "application/tei+xml", "http://www.tei-c.org/ns/1.0");

    public final String word;
    public final String title;
    public final String mediaType;
    /** What the file follows: the namespace of its elements or terms, or the page of its standard. */
    public final String standard;

    LexiconDownload(String word, String title, String mediaType, String standard) {
        this.word = word;
        this.title = title;
        this.mediaType = mediaType;
        this.standard = standard;
    }

    /** @param base of the whole server, without a slash at its end */
    public String address(String base, ItemId lexicon) {
        return base + "/api/v1/dictionaries/" + lexicon + "/export?format=" + word;
    }
}
