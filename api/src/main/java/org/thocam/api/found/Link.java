package org.thocam.api.found;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A typed link. RFC 8288.
 *
 * @param anchor what it leads from; empty for the item itself
 * @param relation registered at IANA, such as {@code describedby}
 * @param target an absolute address
 * @param type media type of the target; empty where it is not said
 * @param profile of the target (RFC 6906); empty where it has none
 */
public record Link(String anchor, String relation, String target, String type, String profile) {
    private static final String LEGAL = "-._~:/?#[]@!$&'()*+,;=";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static Link to(String relation, String target) {
        return new Link("", relation, target, "", "");
    }

    static Link to(String relation, String target, String type) {
        return new Link("", relation, target, type, "");
    }

    /** One value of the {@code Link} header. RFC 8288, section 3. */
    String header() {
        var value = new StringBuilder("<").append(address(target)).append(">");
        if (!anchor.isEmpty())
            value.append("; anchor=\"").append(address(anchor)).append('"');
        value.append("; rel=\"").append(relation).append('"');
        mediaType().ifPresent(word -> value.append("; type=\"").append(word).append('"'));
        if (!profile.isEmpty())
            value.append("; profile=\"").append(address(profile)).append('"');
        return value.toString();
    }

    /** The media type without parameters, where it is one: what a depositor's file is called is not ours. RFC 6838, section 4.2 */
    Optional<String> mediaType() {
        var word = type.split(";")[0].strip();
        return word.matches("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*")
                ? Optional.of(word)
                : Optional.empty();
    }

    /** An IRI as a URI (RFC 3987, section 3.1), with nothing in it that could end the link. */
    static String address(String iri) {
        var safe = new StringBuilder(iri.length() + 16);
        var bytes = iri.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean letterOrDigit = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            boolean escape = b == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            if (letterOrDigit || escape || b > 0 && LEGAL.indexOf(b) >= 0) safe.append((char) b);
            else safe.append('%').append(HEX.toHexDigits(b));
        }
        return safe.toString();
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }
}
