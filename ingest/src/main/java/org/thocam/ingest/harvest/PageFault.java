package org.thocam.ingest.harvest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.thocam.ontology.Shown;

/** A page that is not what XML or OAI-PMH say it is; its bytes are at hand so that they can be kept. */
final class PageFault extends Exception {
    private static final long serialVersionUID = 1;

    private final String url;
    private final long offset;
    private final transient byte[] bytes;

    /** @param offset of the byte at which it was noticed; -1 where that is not known */
    PageFault(String url, long offset, String message, byte[] bytes, Throwable cause) {
        super(Shown.of(url) + (offset < 0 ? "" : ", byte " + offset) + ": " + message, cause);
        this.url = url;
        this.offset = offset;
        this.bytes = bytes;
    }

    String url() {
        return url;
    }

    long offset() {
        return offset;
    }

    /** Whether what came is a page for a browser. */
    boolean isHtml() {
        var bytes = bytes();
        var start = new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        return start.contains("<!doctype html") || start.contains("<html");
    }

    byte[] bytes() {
        return bytes == null ? new byte[0] : bytes;
    }
}
