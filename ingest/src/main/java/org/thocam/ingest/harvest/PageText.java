package org.thocam.ingest.harvest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a page as text: strictly, as OAI-PMH 2.0, section 3.1.2.1 and XML 1.0, section 2.2 want it, or as well as can be. */
final class PageText {
    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final Pattern REFERENCE = Pattern.compile("&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});");
    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s[^>]{0,200}\\?>");
    private static final char REPLACED = '\uFFFD';

    private final String url;
    private final byte[] bytes;
    private final Charset charset;
    private final int mark;

    PageText(String url, byte[] bytes) {
        this.url = url;
        this.bytes = bytes;
        if (starts(0xEF, 0xBB, 0xBF)) {
            charset = StandardCharsets.UTF_8;
            mark = 3;
        } else if (starts(0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        } else if (starts(0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else {
            charset = declared();
            mark = 0;
        }
    }

    private boolean starts(int... first) {
        if (bytes.length < first.length) return false;
        for (int i = 0; i < first.length; i++) if ((bytes[i] & 0xFF) != first[i]) return false;
        return true;
    }

    private Charset declared() {
        var start = new String(bytes, 0, Math.min(bytes.length, 400), StandardCharsets.ISO_8859_1);
        var matcher = ENCODING.matcher(start);
        if (!matcher.find()) return StandardCharsets.UTF_8;
        var name = matcher.group(1).toUpperCase(Locale.ROOT);
        boolean oneByte = name.matches("US-ASCII|ISO-8859-\\d{1,2}|WINDOWS-125\\d") && Charset.isSupported(name);
        return oneByte ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /** @throws PageFault at the first byte that is no character, or none that XML knows */
    String strict() throws PageFault {
        var decoder = decoder(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        var out = CharBuffer.allocate((int) Math.ceil((bytes.length - mark) * (double) decoder.maxCharsPerByte()) + 1);
        var result = decoder.decode(in, out, true);
        if (result.isError())
            throw fault(
                    in.position(),
                    "byte 0x" + Integer.toHexString(bytes[in.position()] & 0xFF) + " is no " + charset.name(),
                    null);
        decoder.flush(out);
        var text = out.flip().toString();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!allowed(c))
                throw fault(offset(text, i), String.format("the character U+%04X, which XML forbids", c), null);
            i += Character.charCount(c);
        }
        return text.substring(leading(text));
    }

    /** What XML forbids becomes U+FFFD; declarations inside the page, which some put in each record, are left out. */
    String repaired() {
        String text;
        try {
            text = decoder(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                    .toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("a decoder that replaces does not fail", e);
        }
        text = text.substring(leading(text));
        var better = new StringBuilder(text.length());
        text.codePoints().forEach(c -> better.appendCodePoint(allowed(c) ? c : REPLACED));
        text = REFERENCE.matcher(better).replaceAll(found -> {
            var number = found.group(1);
            long c = number.startsWith("x") ? Long.parseLong(number.substring(1), 16) : Long.parseLong(number);
            return c <= 0x10FFFF && allowed((int) c)
                    ? Matcher.quoteReplacement(found.group())
                    : String.valueOf(REPLACED);
        });
        int body = DECLARATION.matcher(text).lookingAt() ? text.indexOf("?>") + 2 : 0;
        return text.substring(0, body)
                + DECLARATION.matcher(text.substring(body)).replaceAll("");
    }

    /** The byte at which a character of the strict text starts. */
    long offset(String text, int character) {
        return mark
                + (long) text.substring(0, Math.max(0, Math.min(character, text.length())))
                        .getBytes(charset)
                        .length;
    }

    PageFault fault(long offset, String message, Throwable cause) {
        return new PageFault(url, offset, message, bytes, cause);
    }

    private CharsetDecoder decoder(CodingErrorAction action) {
        return charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    }

    /** Blank lines before the declaration, which PHP likes to leave. */
    private static int leading(String text) {
        int start = 0;
        while (start < text.length() && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == '\uFEFF'))
            start++;
        return start;
    }

    private static boolean allowed(int c) {
        return c == 0x9
                || c == 0xA
                || c == 0xD
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000 && c <= 0x10FFFF;
    }
}
