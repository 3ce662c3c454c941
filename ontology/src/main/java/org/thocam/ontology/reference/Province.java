package org.thocam.ontology.reference;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A province or city of Viet Nam: the 63 until 30 June 2025 and the 34 since.
 *
 * @param id such as {@code P34-14} or {@code P63-14}
 * @param mergedInto for one of the 63 the id of the one of the 34 that it is part of now; empty for one of the 34
 * @param isoCode ISO 3166-2, such as {@code VN-05}; empty where there is none yet
 */
public record Province(
        String id, String nameVi, String nameEn, List<String> aliases, String mergedInto, String isoCode) {
    private static final Map<String, Province> BY_ID = Table.rows("places.tsv").stream()
            .filter(row -> row.get("id").startsWith("P63-") || row.get("id").startsWith("P34-"))
            .map(row -> new Province(
                    row.get("id"),
                    row.get("name_vi"),
                    row.get("name_en"),
                    Table.lists(row, "aliases"),
                    row.get("merged_into"),
                    row.get("iso_3166_2")))
            .collect(Collectors.toUnmodifiableMap(Province::id, Function.identity()));
    private static final List<String> FIRST_VOWELS =
            List.of("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy");
    private static final List<String> SECOND_VOWEL =
            List.of("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ");
    private static final Pattern FIRST_VOWEL = Pattern.compile(String.join("|", FIRST_VOWELS));
    /** Longer names first, so that a name inside another is not taken for it. */
    private static final List<Named> NAMES = BY_ID.values().stream()
            .flatMap(province -> Stream.concat(Stream.of(province.nameVi, province.nameEn), province.aliases.stream())
                    .distinct()
                    .map(name -> new Named(pattern(name), name.length(), province)))
            .sorted(Comparator.comparing(Named::length).reversed().thenComparing(named -> named.province.id))
            .toList();

    private record Named(Pattern name, int length, Province province) {}

    public static Optional<Province> ofId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    public boolean current() {
        return mergedInto.isEmpty();
    }

    /** The one of today's 34 that this is, or is part of. */
    public Province today() {
        return current() ? this : BY_ID.get(mergedInto);
    }

    /**
     * The provinces that the text of a place names, in the order of the text. A name that both lists have means the one of the 63 only
     * where the text says that it is of old ({@code cũ}).
     */
    public static List<Province> namedIn(String text) {
        var place = spelled(text);
        var found = new ArrayList<Match>();
        for (var named : NAMES) {
            var matcher = named.name.matcher(place);
            while (matcher.find()) {
                boolean old = place.startsWith(" cũ", matcher.end());
                var start = matcher.start();
                var known = found.stream().filter(match -> match.start == start).findFirst();
                if (known.isEmpty()) found.add(new Match(start, matcher.end(), named.province, old));
            }
        }
        // the same name may be of both lists: which one is meant, the text says
        return found.stream()
                .filter(match -> found.stream()
                        .noneMatch(other -> other != match
                                && other.start <= match.start
                                && other.end >= match.end
                                && other.end - other.start > match.end - match.start))
                .sorted(Comparator.comparing(Match::start))
                .map(match -> twin(match.province, match.old))
                .distinct()
                .toList();
    }

    private record Match(int start, int end, Province province, boolean old) {}

    private static Province twin(Province province, boolean old) {
        if (old != province.current()) return province;
        return BY_ID.values().stream()
                .filter(other -> other.nameVi.equals(province.nameVi) && other.current() != old)
                .findFirst()
                .orElse(province);
    }

    /** In NFC, with the tone mark of oa, oe and uy on the second vowel: both ways are written, Hòa Bình and Hoà Bình. */
    private static String spelled(String text) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return FIRST_VOWEL.matcher(composed).replaceAll(found -> SECOND_VOWEL.get(FIRST_VOWELS.indexOf(found.group())));
    }

    private static Pattern pattern(String name) {
        return Pattern.compile("(?<![\\p{L}\\p{M}])" + Pattern.quote(spelled(name)) + "(?![\\p{L}\\p{M}])");
    }
}
