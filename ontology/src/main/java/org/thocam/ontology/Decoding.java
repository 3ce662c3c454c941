package org.thocam.ontology;

/**
 * That a text, or part of it, came in an encoding older than Unicode and was decoded. What was received stays in the archive, with
 * {@code received/} in place of {@code text/}.
 *
 * @param path of the decoded text in the archive, such as {@code text/0-record.txt}
 * @param encoding {@code TCVN3}, {@code VNI}, {@code VPS} or {@code VISCII}
 * @param confidence of the decision, 0 to 1
 * @param by {@code font} or {@code statistics}
 */
public record Decoding(String path, String encoding, double confidence, String by) {
    public Decoding {
        if (!(confidence >= 0 && confidence <= 1))
            throw new IllegalArgumentException(
                    "decoding of " + Shown.of(path) + ": confidence " + confidence + ": want 0 to 1");
        if (!by.equals("font") && !by.equals("statistics"))
            throw new IllegalArgumentException(
                    "decoding of " + Shown.of(path) + ": by '" + Shown.of(by) + "': want font or statistics");
    }
}
