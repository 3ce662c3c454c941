package org.thocam.ingest.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.thocam.ontology.ArchiveException;

/** The OCR program, where it is installed: an optional one. */
public final class Tesseract {
    /** What there are models for among the languages of Viet Nam and its neighbours; none exists for Tai Viet or Cham. */
    private static final List<String> KNOWN = List.of("vie", "khm", "lao", "tha", "eng", "fra");

    private Tesseract() {}

    /** Languages with a model on this machine; empty where tesseract is not installed. */
    public static List<String> installed() {
        try {
            var process = new ProcessBuilder("tesseract", "--list-langs")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var found = new ArrayList<String>();
            try (var lines = process.inputReader()) {
                for (var line = lines.readLine(); line != null; line = lines.readLine())
                    if (KNOWN.contains(line.strip())) found.add(line.strip());
            }
            found.sort(java.util.Comparator.comparingInt(KNOWN::indexOf));
            return found;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** @param wanted as {@code vie+khm}; empty for what is installed */
    static String languages(String wanted) {
        var installed = installed();
        if (installed.isEmpty())
            throw new ArchiveException(
                    "tesseract is not installed, or has no model for vie, khm, lao, tha, eng or fra. Install it (Debian: tesseract-ocr, tesseract-ocr-vie), or ingest without --ocr.");
        if (wanted.isEmpty()) return String.join("+", installed);
        for (var language : wanted.split("[+]"))
            if (!installed.contains(language))
                throw new ArchiveException("tesseract has no model for '" + language + "'; there are " + installed
                        + ". Change ingest.ocr.");
        return wanted;
    }
}
