package org.thocam.ontology.exchange.packages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What takes the files that a package is about: a crate as they are, a bag below {@code data/} and in its manifests. */
interface Payload {
    Fixity put(String path, InputStream in) throws IOException;

    default Fixity put(String path, byte[] bytes) throws IOException {
        return put(path, new ByteArrayInputStream(bytes));
    }
}
