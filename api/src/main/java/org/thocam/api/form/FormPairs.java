package org.thocam.api.form;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thocam.ontology.exchange.XmlOut;

/**
 * The names and values of a query string or form, for protocols in which a broken escape is an answer of the protocol and no HTTP
 * error.
 */
public final class FormPairs {
    private FormPairs() {}

    /**
     * In the order in which they come, repeated ones too.
     *
     * @param query each byte a character
     * @throws UnreadableFormException for a broken escape, bytes that are no UTF-8, and characters that are no text
     */
    public static List<Map.Entry<String, String>> of(String query) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (var pair : query.split("&")) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            pairs.add(Map.entry(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return pairs;
    }

    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) throw new UnreadableFormException("a percent sign without two hex digits");
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c == '+') bytes.write(' ');
            else if (c < 0x100) bytes.write(c);
            else throw new UnreadableFormException("a character that is not escaped");
        }
        try {
            var decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (!decoded.codePoints().allMatch(XmlOut::isText))
                throw new UnreadableFormException("a character that is no text");
            return decoded;
        } catch (CharacterCodingException e) {
            throw new UnreadableFormException("an argument is not in UTF-8");
        }
    }
}
