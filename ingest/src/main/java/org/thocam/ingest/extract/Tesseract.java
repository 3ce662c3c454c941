package org.thocam.ingest.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thocam.ontology.ArchiveException;

/** The OCR program, where it is installed: an optional one. */
public final class Tesseract {
    /** What there are models for among the languages of Viet Nam and its neighbours; none exists for Tai Viet or Cham. */
    private static final List<String> KNOWN = List.of("vie", "khm", "lao", "tha", "chi_tra", "eng", "fra");

    /** Models of a script, for all languages written in it, and the language's own that is better where it is installed. */
    private static final Map<String, String> PACKS = Map.of(
            "script/Vietnamese", "vie",
            "script/Khmer", "khm",
            "script/Lao", "lao",
            "script/Thai", "tha",
            "script/HanT", "chi_tra");

    private static final String NONE =
            "; there is none for Tai Viet (blt) or Cham (cjm) anywhere: hand such text in beside its scan";

    private Tesseract() {}

    /** Models on this machine, those of languages first; empty where tesseract is not installed. */
    public static List<String> installed() {
        try {
            var process = new ProcessBuilder("tesseract", "--list-langs")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var found = new ArrayList<String>();
            try (var lines = process.inputReader()) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) found.add(line.strip());
            }
            return known(found);
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<String> known(List<String> listed) {
        var known = new ArrayList<>(KNOWN);
        PACKS.keySet().stream().sorted().forEach(known::add);
        known.retainAll(listed);
        return known;
    }

    /** What is read with where nobody said: every language, and a script where its language has no model. */
    static List<String> usual(List<String> installed) {
        return installed.stream()
                .filter(model -> !PACKS.containsKey(model) || !installed.contains(PACKS.get(model)))
                .toList();
    }

    /** @param wanted as {@code vie+khm}; empty for what is installed */
    static String languages(String wanted) {
        var installed = installed();
        if (installed.isEmpty())
            throw new ArchiveException(
                    "tesseract is not installed, or has no model for vie, khm, lao, tha, chi_tra, eng or fra. Install it (Debian: tesseract-ocr, tesseract-ocr-vie), or ingest without --ocr.");
        if (wanted.isEmpty()) return String.join("+", usual(installed));
        for (var language : wanted.split("[+]"))
            if (!installed.contains(language))
                throw new ArchiveException("tesseract has no model for '" + language + "'; there are " + installed
                        + NONE + ". Change ingest.ocr.");
        return wanted;
    }
}
