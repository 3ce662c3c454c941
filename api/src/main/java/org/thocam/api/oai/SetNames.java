package org.thocam.api.oai;

import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.People;
import org.thocam.ontology.reference.Province;

/** What a set is called for people: the Vietnamese name, then the English one where it differs. */
final class SetNames {
    private static final Map<String, String> KINDS = Map.of(
            "collection", "Bộ sưu tập · Collection",
            "language", "Ngôn ngữ · Language",
            "script", "Chữ viết · Script",
            "people", "Dân tộc · People",
            "province", "Tỉnh thành · Province",
            "type", "Loại · Type");

    private SetNames() {}

    /** {@code language:blt} is {@code Ngôn ngữ · Language: tiếng Thái Đen · Tai Dam}. */
    static String of(String setSpec) {
        var levels = setSpec.split(":");
        var kind = KINDS.get(levels[0]);
        if (kind == null) return readable(levels, 0);
        if (levels.length == 1) return kind;
        var name = known(levels[0], levels[levels.length - 1]).orElseGet(() -> readable(levels, 1));
        return kind + ": " + name;
    }

    private static Optional<String> known(String kind, String code) {
        return switch (kind) {
            case "language" -> Optional.of(both(Language.nameVi(code), Language.nameEn(code)));
            case "people" -> People.ofId(code).map(people -> both(people.nameVi(), people.nameEn()));
            case "province" ->
                Province.ofId(code)
                        .map(province -> both(province.nameVi(), province.nameEn())
                                + (province.current() ? "" : " (đến · until 2025-06-30)"));
            case "script" ->
                Optional.of(both(
                        ULocale.getDisplayScript("und-" + code, "vi"), ULocale.getDisplayScript("und-" + code, "en")));
            default -> Optional.empty();
        };
    }

    private static String both(String vi, String en) {
        return vi.equals(en) ? vi : vi + " · " + en;
    }

    /** {@code craft:tho-cam} is read as {@code Craft › Tho cam}. */
    private static String readable(String[] levels, int from) {
        var names = new ArrayList<String>();
        for (int i = from; i < levels.length; i++) {
            var words = levels[i].replaceAll("[-_]+", " ").strip();
            if (words.isEmpty()) words = levels[i];
            names.add(Character.toUpperCase(words.charAt(0)) + words.substring(1));
        }
        return String.join(" › ", names);
    }
}
