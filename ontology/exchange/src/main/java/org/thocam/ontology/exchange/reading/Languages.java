package org.thocam.ontology.exchange.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.LanguageTag;

/** The languages that other libraries name: by a code of ISO 639, by a tag of BCP 47, by a name. */
public final class Languages {
    private static final Pattern TAG = Pattern.compile("([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)");
    /** No record is in more languages than this; what comes after is the work of a machine gone wrong. */
    private static final int MOST = 200;

    private static final Pattern SEVERAL = Pattern.compile("[;,|/]");
    private static final Set<String> TWO_LETTERS = Set.of(Locale.getISOLanguages());
    /** ISO 639-2 has for these a second, bibliographic code. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("alb", "sq"),
            Map.entry("arm", "hy"),
            Map.entry("baq", "eu"),
            Map.entry("bur", "my"),
            Map.entry("chi", "zh"),
            Map.entry("cze", "cs"),
            Map.entry("dut", "nl"),
            Map.entry("fre", "fr"),
            Map.entry("geo", "ka"),
            Map.entry("ger", "de"),
            Map.entry("gre", "el"),
            Map.entry("ice", "is"),
            Map.entry("mac", "mk"),
            Map.entry("mao", "mi"),
            Map.entry("may", "ms"),
            Map.entry("per", "fa"),
            Map.entry("rum", "ro"),
            Map.entry("slo", "sk"),
            Map.entry("tib", "bo"),
            Map.entry("wel", "cy"));

    private static final Map<String, String> SHORTER = shorter();
    private static final Map<String, String> NAMES = names();

    private Languages() {}

    /** The tag in its usual form: {@code vi} for {@code vie} and {@code vi_VN} as {@code vi-VN}; empty where it is none. */
    public static Optional<LanguageTag> tag(String text) {
        var matcher = TAG.matcher(text.strip());
        if (!matcher.matches())
            return Optional.ofNullable(NAMES.get(text.strip().toLowerCase(Locale.ROOT)))
                    .map(LanguageTag::new);
        var code = matcher.group(1).toLowerCase(Locale.ROOT);
        if (code.length() == 2 && !TWO_LETTERS.contains(code)) return Optional.empty();
        var shorter = SHORTER.getOrDefault(code, code);
        try {
            return Optional.of(new LanguageTag(shorter + matcher.group(2).replace('_', '-')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The languages that these elements name, in their order; where one is named by a code and by a tag that says more, the tag. */
    static List<LanguageTag> of(List<Found> elements) {
        var tags = new ArrayList<LanguageTag>();
        for (var element : elements) {
            var code = element.attribute("code");
            for (var text : SEVERAL.split(code.isEmpty() ? element.text() : code))
                tag(text).ifPresent(tag -> add(tags, tag));
        }
        return tags;
    }

    private static void add(List<LanguageTag> tags, LanguageTag tag) {
        var bare = new LanguageTag(tag.language());
        if (tags.size() == MOST) return;
        boolean fuller = !tag.equals(bare);
        if (fuller && tags.contains(bare)) tags.set(tags.indexOf(bare), tag);
        else if (fuller || tags.stream().noneMatch(other -> other.language().equals(tag.language()))) tags.add(tag);
    }

    private static Map<String, String> shorter() {
        var shorter = new HashMap<>(BIBLIOGRAPHIC);
        for (var code : Locale.getISOLanguages())
            shorter.putIfAbsent(Locale.forLanguageTag(code).getISO3Language(), code);
        return Map.copyOf(shorter);
    }

    /** In Vietnamese, in English and in the language itself, as CLDR has them. */
    private static Map<String, String> names() {
        var names = new HashMap<String, String>();
        for (var code : Locale.getISOLanguages()) {
            var locale = Locale.forLanguageTag(code);
            for (var in : List.of(Locale.ENGLISH, Locale.forLanguageTag("vi"), locale))
                names.putIfAbsent(locale.getDisplayLanguage(in).toLowerCase(Locale.ROOT), code);
        }
        return Map.copyOf(names);
    }
}
