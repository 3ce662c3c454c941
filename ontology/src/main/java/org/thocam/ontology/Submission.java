package org.thocam.ontology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a depositor hands in: a description, a text of its own, files. The item's {@code files} are empty: intake fills them.
 *
 * @param place where it was read, for messages and reports, such as {@code festivals.jsonl:12}
 */
public record Submission(Item item, Optional<String> text, List<Upload> files, String place) {
    /** @param name the path inside the item */
    public record Upload(String name, Path path) {}

    /**
     * sha512 over all that is handed in, {@link Item#digest} of what is made of it: the same again is no change.
     *
     * @throws IOException if a file cannot be read
     */
    public String digest() throws IOException {
        var digest = sha512();
        digest.update(ItemJson.stored(item.from("", "")));
        text.ifPresent(own -> digest.update(("\0text\0" + own).getBytes(StandardCharsets.UTF_8)));
        for (var upload : files) {
            var file = sha512();
            var buffer = new byte[1 << 16];
            try (var in = Files.newInputStream(upload.path())) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) file.update(buffer, 0, n);
            }
            digest.update(("\0file\0" + upload.name() + "\0" + HexFormat.of().formatHex(file.digest()))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }
}
