package org.thocam.ontology.exchange;

import org.w3c.dom.Element;

/** How a record of one metadata format is read: the way back of a {@link Crosswalk}. */
public interface RecordReader {
    /** Whether this root element is of the format. */
    boolean reads(Element metadata);

    /**
     * @param metadata the root element, namespace-aware, its entities and DTD never resolved
     * @throws UnreadableRecordException if it has no title, or is not what the format says it is
     */
    Description read(Element metadata);
}
