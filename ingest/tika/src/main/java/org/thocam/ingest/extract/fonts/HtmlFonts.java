package org.thocam.ingest.extract.fonts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.thocam.index.analysis.legacy.LegacyFont;

/** The fonts of a web page: {@code <font face>}, {@code style="font-family"}, and rules of its {@code <style>} for an element or a class. */
final class HtmlFonts {
    private static final Pattern FAMILY = Pattern.compile("font-family\\s*:\\s*([^;}]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile(
            "(?:face\\s{0,9}=|font-family\\s{0,9}:)\\s{0,9}(?:[\"']|&quot;){0,2}\\s{0,9}([^\"'&,;<>}]{1,60})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RULE = Pattern.compile("([^{}]{1,500})\\{([^{}]{0,5000})\\}");
    private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z0-9]*)?(?:[.]([\\w-]+))?");

    private HtmlFonts() {}

    /** The page in UTF-8 with its marks, or empty where there was nothing to mark. */
    static Optional<byte[]> mark(byte[] page) throws IOException {
        if (!mayHaveSome(page)) return Optional.empty();
        var document = parsed(page);
        var marking = new Marking(rules(document));
        document.traverse(marking);
        if (!marking.marked) return Optional.empty();
        document.outputSettings().prettyPrint(false);
        document.charset(StandardCharsets.UTF_8);
        return Optional.of(document.outerHtml().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean mayHaveSome(byte[] page) {
        var named = NAMED.matcher(new String(page, StandardCharsets.ISO_8859_1));
        while (named.find()) if (LegacyFont.of(named.group(1)).isPresent()) return true;
        return false;
    }

    /** A page that says no charset is windows-1252 to a browser, unless it is UTF-8. */
    private static Document parsed(byte[] page) throws IOException {
        var start = new String(page, 0, Math.min(page.length, 4096), StandardCharsets.ISO_8859_1);
        boolean says = start.toLowerCase(Locale.ROOT)
                .matches("(?s).*charset\\s*=\\s*['\"]?(?!x-user-defined|viscii|x-viet).*");
        return Jsoup.parse(new ByteArrayInputStream(page), says ? null : utf8(page) ? "UTF-8" : "windows-1252", "");
    }

    private static boolean utf8(byte[] page) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(page));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** By {@code element}, {@code .class} or {@code element.class}. */
    private static Map<String, String> rules(Document document) {
        var rules = new HashMap<String, String>();
        for (var style : document.select("style")) {
            var found = RULE.matcher(style.data());
            while (found.find()) {
                var family = FAMILY.matcher(found.group(2));
                if (!family.find()) continue;
                for (var selector :
                        found.group(1).replaceAll("(?s)/\\*.*?\\*/|<!--", "").split(","))
                    if (SELECTOR.matcher(selector.strip().toLowerCase(Locale.ROOT))
                            .matches()) rules.put(selector.strip().toLowerCase(Locale.ROOT), family.group(1));
            }
        }
        return rules;
    }

    private static final class Marking implements NodeVisitor {
        private final Map<String, String> rules;
        private final Deque<Optional<LegacyFont>> fonts = new ArrayDeque<>();
        boolean marked;

        Marking(Map<String, String> rules) {
            this.rules = rules;
            fonts.push(Optional.empty());
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element)
                fonts.push(family(element).map(Marking::font).orElse(fonts.peek()));
            else if (node instanceof TextNode text && fonts.peek().isPresent() && !text.isBlank()) {
                text.text(fonts.peek().get().opening() + text.getWholeText() + LegacyFont.CLOSING);
                marked = true;
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element) fonts.pop();
        }

        private static Optional<LegacyFont> font(String family) {
            return LegacyFont.of(family.split(",")[0].replace("&quot;", ""));
        }

        private Optional<String> family(Element element) {
            var inline = FAMILY.matcher(element.attr("style"));
            if (inline.find()) return Optional.of(inline.group(1));
            if (element.hasAttr("face")) return Optional.of(element.attr("face"));
            var name = element.normalName();
            for (var one : element.classNames()) {
                var style = one.toLowerCase(Locale.ROOT);
                if (rules.containsKey(name + "." + style)) return Optional.of(rules.get(name + "." + style));
                if (rules.containsKey("." + style)) return Optional.of(rules.get("." + style));
            }
            return Optional.ofNullable(rules.get(name));
        }
    }
}
