package org.thocam.ontology.exchange.packages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/** Paths as IRI references, with letters of every script as they are. RO-Crate 1.2, "Encoding file paths in @ids". */
final class CrateIds {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final String ESCAPED = " %\"<>\\^`{|}?#[]";

    private CrateIds() {}

    static String of(String path) {
        var id = new StringBuilder();
        path.codePoints().forEach(c -> {
            if (c > 0x20 && c < 0x7F && ESCAPED.indexOf(c) < 0 || c >= 0xA0 && Character.isDefined(c))
                id.appendCodePoint(c);
            else
                for (var b : new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8))
                    id.append(String.format("%%%02X", b & 0xFF));
        });
        return id.toString();
    }

    /** On the web, a blank node, or a local name: no file of the crate. */
    static boolean isNoPath(String id) {
        return id.isEmpty()
                || id.startsWith("#")
                || id.startsWith("//")
                || SCHEME.matcher(id).matches();
    }

    /** @throws BadPackageException if it leads out of the crate */
    static String path(String id, String where) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            if (c == '%' && i + 2 < id.length() && hex(id.charAt(i + 1)) >= 0 && hex(id.charAt(i + 2)) >= 0) {
                bytes.write(hex(id.charAt(i + 1)) << 4 | hex(id.charAt(i + 2)));
                i += 3;
            } else {
                bytes.writeBytes(new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        String path;
        try {
            path = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadPackageException(where + ": the @id '" + Shown.of(id) + "' is no UTF-8 when decoded", e);
        }
        if (path.startsWith("./")) path = path.substring(2);
        if (path.endsWith("/")) path = path.substring(0, path.length() - 1);
        return path.isEmpty() ? "" : PackagePath.checked(path, where + ": an @id");
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }
}
