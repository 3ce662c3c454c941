package org.thocam.ontology.exchange.marc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.reference.Language;

/** The code lists of MARC 21 that we need; {@code SOURCES.md} beside them says where they are from. */
final class MarcTables {
    /** A code of the MARC Code List for Languages. */
    private record Code(String marc, String tag, String kind) {}

    private record Relator(String code, String term, String olac) {}

    private static final List<Code> CODES =
            rows("languages.tsv").map(row -> new Code(row[0], row[1], row[2])).toList();
    private static final Map<String, Code> BY_MARC =
            CODES.stream().collect(Collectors.toMap(Code::marc, Function.identity()));
    private static final Map<String, String> MARC_OF_TAG =
            CODES.stream().collect(Collectors.toMap(Code::tag, Code::marc));
    private static final Map<String, String> GROUPS =
            rows("groups.tsv").collect(Collectors.toMap(row -> row[0], row -> row[1]));
    private static final List<Relator> RELATORS = rows("relators.tsv")
            .map(row -> new Relator(row[0], row[1], row.length > 2 ? row[2] : ""))
            .toList();
    /** Codes of USMARC that were given up, as old records have them. MARC Code List for Languages, discontinued codes. */
    private static final Map<String, String> GIVEN_UP = Map.of("cam", "km", "scr", "hr", "scc", "sr");

    private MarcTables() {}

    private static Stream<String[]> rows(String name) {
        var resource = Objects.requireNonNull(MarcTables.class.getResourceAsStream(name), name);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be read", e);
        }
    }

    /** Whether MARC has a code for just this language. */
    static boolean hasOwnCode(LanguageTag tag) {
        return MARC_OF_TAG.containsKey(tag.language());
    }

    /** The MARC code of a language: its own, else that of its group, else {@code und}. */
    static String code(LanguageTag tag) {
        var own = MARC_OF_TAG.get(tag.language());
        return own != null ? own : GROUPS.getOrDefault(Language.code(tag.value()), "und");
    }

    /** The language of a MARC code; empty where the code names none ({@code und}, {@code mul}, fill characters). */
    static Optional<LanguageTag> language(String marc) {
        var code = marc.strip().toLowerCase(Locale.ROOT);
        var known = BY_MARC.get(code);
        if (known != null)
            return known.kind.equals("special") && !known.marc.equals("zxx")
                    ? Optional.empty()
                    : Optional.of(new LanguageTag(known.tag));
        if (GIVEN_UP.containsKey(code)) return Optional.of(new LanguageTag(GIVEN_UP.get(code)));
        // ISO 639-2/T and ISO 639-3 are often written in its place
        return code.matches("[a-z]{3}") ? Optional.of(tag(code)) : Optional.empty();
    }

    /** The tag of an ISO 639-3 code, in two letters where BCP 47 wants that. */
    static LanguageTag tag(String iso) {
        for (var two : Locale.getISOLanguages())
            if (Locale.forLanguageTag(two).getISO3Language().equals(iso)) return new LanguageTag(two);
        return new LanguageTag(iso);
    }

    /** Whether a MARC code stands for a group of languages. */
    static boolean isGroup(LanguageTag tag) {
        var code = MARC_OF_TAG.get(tag.value());
        return code != null && BY_MARC.get(code).kind.equals("group");
    }

    /** The relator code of a role in words, in OLAC's or as a code. */
    static Optional<String> relatorCode(String role) {
        var wanted = role.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) return Optional.empty();
        return RELATORS.stream()
                .filter(relator ->
                        relator.code.equals(wanted) || relator.term.equals(wanted) || relator.olac.equals(wanted))
                .map(Relator::code)
                .findFirst();
    }

    /** The term of a relator code; OLAC's where it has one. */
    static Optional<String> relatorTerm(String code) {
        return RELATORS.stream()
                .filter(relator -> relator.code.equals(code))
                .map(relator -> relator.olac.isEmpty() ? relator.term : relator.olac)
                .findFirst();
    }
}
