package org.thocam.ontology.reference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A language of the peoples of Viet Nam, by its ISO 639-3 code. Tags are BCP 47, such as {@code vi} or {@code blt-Tavt}.
 *
 * @param autoglottonym its name in itself; empty where we know none
 * @param olacCode the code that OLAC's language vocabulary 1.1 has for it: its own, or, where that list is older than the code, the one
 *     of its macrolanguage, else {@code und}
 * @param glottocode of Glottolog 5.1
 * @param scripts ISO 15924, those in use for it
 * @param usualScript the script where a tag says none (CLDR's likely subtags); empty where nobody says
 */
public record Language(
        String code,
        String nameVi,
        String nameEn,
        String autoglottonym,
        String olacCode,
        String glottocode,
        List<String> scripts,
        String usualScript) {
    private static final Map<String, Language> BY_CODE = Table.rows("languages.tsv").stream()
            .map(row -> new Language(
                    row.get("iso639_3"),
                    row.get("name_vi").split(";")[0],
                    row.get("name_en"),
                    row.get("autoglottonym"),
                    row.get("olac"),
                    row.get("glottocode"),
                    Table.ids(row, "scripts", "SC-"),
                    Locale.forLanguageTag(row.get("cldr_likely_subtags")).getScript()))
            .collect(Collectors.toUnmodifiableMap(Language::code, Function.identity(), (first, second) -> first));

    public static Optional<Language> of(String tag) {
        return Optional.ofNullable(BY_CODE.get(code(tag)));
    }

    /** The ISO 639-3 code of a tag: {@code vie} for {@code vi}; {@code und} where the language is not known. */
    public static String code(String tag) {
        try {
            var code = Locale.forLanguageTag(subtag(tag)).getISO3Language();
            return code.isEmpty() ? subtag(tag) : code;
        } catch (MissingResourceException e) {
            return subtag(tag);
        }
    }

    /** The script of a tag: the one it names, else the usual one of its language, else {@code Zyyy}. */
    public static String script(String tag) {
        var named = Locale.forLanguageTag(tag).getScript();
        if (!named.isEmpty()) return named;
        return of(tag).map(language -> language.usualScript.isEmpty() && language.scripts.size() == 1
                        ? language.scripts.get(0)
                        : language.usualScript)
                .filter(script -> !script.isEmpty())
                .orElse("Zyyy");
    }

    /** The English name of any language, ours first, then Java's; the code where nobody has one. */
    public static String nameEn(String tag) {
        return of(tag).map(Language::nameEn)
                .orElseGet(() -> Locale.forLanguageTag(subtag(tag)).getDisplayLanguage(Locale.ENGLISH));
    }

    /** The Vietnamese name of any language, ours first, then Java's. */
    public static String nameVi(String tag) {
        return of(tag).map(Language::nameVi)
                .orElseGet(() -> Locale.forLanguageTag(subtag(tag)).getDisplayLanguage(Locale.forLanguageTag("vi")));
    }

    private static String subtag(String tag) {
        return tag.split("-")[0];
    }
}
