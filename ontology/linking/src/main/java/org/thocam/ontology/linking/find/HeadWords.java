package org.thocam.ontology.linking.find;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.thocam.ontology.entity.EntityKind;

/** The words that say what is named, in front of a name in Vietnamese ({@code người Thái}, {@code tỉnh Sơn La}) and behind it in English. */
final class HeadWords {
    private static final HeadWords EXACT = new HeadWords(Spelled::exactly);
    private static final HeadWords FOLDED =
            new HeadWords(word -> Spelled.of(word).folded());

    private final Map<String, Set<EntityKind>> before = new LinkedHashMap<>();
    private final Map<String, Set<EntityKind>> behind = new LinkedHashMap<>();

    private HeadWords(UnaryOperator<String> key) {
        put(before, key, EntityKind.PEOPLE, "người", "dân tộc", "người dân tộc", "tộc người", "đồng bào");
        put(before, key, EntityKind.LANGUAGE, "tiếng", "ngôn ngữ");
        put(before, key, EntityKind.SCRIPT, "chữ", "chữ viết");
        put(before, key, EntityKind.PLACE, "tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường");
        put(before, key, EntityKind.FESTIVAL, "lễ hội", "hội", "lễ");
        put(before, key, EntityKind.CUSTOM, "tục", "tập tục", "phong tục", "lễ");
        put(before, key, EntityKind.CRAFT, "nghề", "nghệ thuật");
        put(behind, key, EntityKind.PEOPLE, "people", "peoples", "ethnic group");
        put(behind, key, EntityKind.LANGUAGE, "language");
        put(behind, key, EntityKind.SCRIPT, "script", "alphabet");
        put(behind, key, EntityKind.PLACE, "province", "city", "district");
        put(behind, key, EntityKind.FESTIVAL, "festival");
    }

    private static void put(
            Map<String, Set<EntityKind>> map, UnaryOperator<String> key, EntityKind kind, String... words) {
        for (var word : words)
            map.computeIfAbsent(key.apply(word), one -> EnumSet.noneOf(EntityKind.class))
                    .add(kind);
    }

    /** A name without its head word, and the kinds that this says it is of. */
    record Bare(String key, Set<EntityKind> kinds) {}

    /** @param key the exact key of a name; empty where no head word is on it */
    static Optional<Bare> ofExact(String key) {
        return EXACT.of(key);
    }

    /** @param key the folded key of a name; empty where no head word is on it */
    static Optional<Bare> ofFolded(String key) {
        return FOLDED.of(key);
    }

    private Optional<Bare> of(String key) {
        for (var word : longest(before))
            if (key.startsWith(word + " "))
                return Optional.of(new Bare(key.substring(word.length() + 1), before.get(word)));
        for (var word : longest(behind))
            if (key.endsWith(" " + word))
                return Optional.of(new Bare(key.substring(0, key.length() - word.length() - 1), behind.get(word)));
        return Optional.empty();
    }

    private static List<String> longest(Map<String, Set<EntityKind>> words) {
        return words.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }
}
