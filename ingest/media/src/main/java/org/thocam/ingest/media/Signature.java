package org.thocam.ingest.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the first bytes of a file are those of a picture. */
final class Signature {
    private Signature() {}

    static boolean isPicture(Path file) throws IOException {
        byte[] first;
        try (var in = Files.newInputStream(file)) {
            first = in.readNBytes(16);
        }
        return begins(first, 0, 0xFF, 0xD8, 0xFF)
                || begins(first, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)
                || begins(first, 0, 'G', 'I', 'F', '8')
                // TIFF and BigTIFF, of both byte orders
                || begins(first, 0, 'I', 'I', 42, 0)
                || begins(first, 0, 'M', 'M', 0, 42)
                || begins(first, 0, 'I', 'I', 43, 0)
                || begins(first, 0, 'M', 'M', 0, 43)
                || begins(first, 0, 'R', 'I', 'F', 'F') && begins(first, 8, 'W', 'E', 'B', 'P')
                || begins(first, 0, 'B', 'M') && first.length > 14 && begins(first, 6, 0, 0, 0, 0)
                // JPEG 2000: known for a picture, so that the reason says what cannot be read
                || begins(first, 4, 'j', 'P', ' ', ' ', 0x0D, 0x0A);
    }

    private static boolean begins(byte[] bytes, int at, int... with) {
        if (bytes.length < at + with.length) return false;
        for (int i = 0; i < with.length; i++) if ((bytes[at + i] & 0xFF) != with[i]) return false;
        return true;
    }
}
