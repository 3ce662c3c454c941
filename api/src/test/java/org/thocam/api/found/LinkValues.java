package org.thocam.api.found;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict reader of Link header values (RFC 8288, appendix B.2): whatever is not in the grammar is an error. */
public final class LinkValues {
    /** @param parameters in lower case */
    public record Value(String target, Map<String, String> parameters) {
        public String rel() {
            return parameters.get("rel");
        }
    }

    private final String text;
    private int at;

    private LinkValues(String text) {
        this.text = text;
    }

    public static List<Value> of(String text) {
        var reader = new LinkValues(text);
        var values = new ArrayList<Value>();
        do values.add(reader.value());
        while (reader.next(','));
        reader.space();
        if (reader.at != text.length()) throw reader.wrong("the end");
        return values;
    }

    private Value value() {
        space();
        want('<');
        int end = text.indexOf('>', at);
        if (end < 0) throw wrong("'>'");
        var target = text.substring(at, end);
        // RFC 3986, appendix A
        if (!target.matches("([A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")) throw wrong("a URI");
        at = end + 1;
        var parameters = new LinkedHashMap<String, String>();
        while (next(';')) {
            space();
            var name = token();
            want('=');
            var value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
            if (parameters.put(name, value) != null) throw wrong("each parameter once");
        }
        if (!parameters.containsKey("rel")) throw wrong("rel");
        return new Value(target, parameters);
    }

    private String quoted() {
        want('"');
        int end = text.indexOf('"', at);
        if (end < 0) throw wrong("'\"'");
        var value = text.substring(at, end);
        if (!value.matches("[\\x20-\\x7E&&[^\"\\\\]]*")) throw wrong("visible ASCII");
        at = end + 1;
        return value;
    }

    private String token() {
        int start = at;
        while (at < text.length() && String.valueOf(text.charAt(at)).matches("[A-Za-z0-9!#$%&'*+.^_`|~-]")) at++;
        if (start == at) throw wrong("a token");
        return text.substring(start, at);
    }

    private boolean next(char c) {
        int before = at;
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        at = before;
        return false;
    }

    /** Line breaks too: RFC 9264, section 4.1, allows them in a document. */
    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
    }

    private void want(char c) {
        if (at >= text.length() || text.charAt(at) != c) throw wrong("'" + c + "'");
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "at " + at + ": want " + expected + " in " + text.substring(0, Math.min(text.length(), 500)));
    }
}
