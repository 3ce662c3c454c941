package org.thocam.ontology.linking;

import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.entity.Containment;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;
import org.thocam.ontology.entity.Point;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.linking.Form.Use;

/**
 * Every name by which a text may mean an entity, and what speaks for the entity beside its name. Scripts and orthographies are none of
 * what texts are linked to; an inscription that is the same as a festival, craft or custom is found as that.
 */
final class Gazetteer {
    /** A syllable that Vietnamese orthography allows, without tones and marks. */
    private static final Pattern SYLLABLE =
            Pattern.compile("(b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
                    + "(uye|uya|uyu|oai|oao|oay|oeo|uay|uoi|uou|uao|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|ya|a|e|i|o|u|y)"
                    + "(ch|c|m|ng|nh|n|p|t)?");

    private static final Pattern BRACKETS = Pattern.compile("\\s*\\(([^)]*)\\)");
    private static final Pattern INSIDE = Pattern.compile("\\S+ \\(([^)0-9]+)\\) (.+)");
    private static final Pattern OF_PEOPLE = Pattern.compile("\\s+(của|cho)\\s+(người|dân tộc|đồng bào)\\s+.*$");
    private static final Pattern SPLIT = Pattern.compile("\\s*[,;/]\\s*");
    private static final Pattern PLACE_WORDS = Pattern.compile(
            "\\b(?:xã|huyện|thị xã|thị trấn|phường|thành phố|bản|làng|thôn|xóm|tháp|đền|núi|các xã lân cận|và)\\s+");
    private static final int SHORTEST_JOINED = 5;

    /**
     * An entity with all that a scorer asks of it.
     *
     * @param peoples ids it belongs to
     * @param places ids it lies in or is found in, with all around them
     * @param twin the unit of the same name on the other side of July 2025; -1 where there is none
     */
    record Known(
            String id,
            EntityKind kind,
            Set<String> peoples,
            Set<String> places,
            Optional<Point> point,
            String language,
            Span years,
            int twin,
            boolean bracketed) {}

    /** Years in which a unit was there; the last is the last whole or part one. */
    record Span(int from, int to) {
        static final Span ALWAYS = new Span(0, 9999);

        boolean has(int year) {
            return from <= year && year <= to;
        }
    }

    private final List<Known> known = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final Trie<Form> exact = new Trie<>();
    private final Trie<Form> folded = new Trie<>();
    /** Words of a place that belongs to one entity, such as the district where a festival is held. */
    private final Trie<Integer> cues = new Trie<>();

    private final Trie<Integer> foldedCues = new Trie<>();
    private final Register register;
    private final Containment containment;
    private final Map<String, String> same = new HashMap<>();
    private final Map<String, Map<String, Form>> forms = new LinkedHashMap<>();
    private final Set<String> placeNames = new HashSet<>();
    private final Set<String> peopleNames = new HashSet<>();

    Gazetteer(Register register) {
        this.register = register;
        this.containment = Containment.of(register);
        for (var entity : register.of(EntityKind.HERITAGE))
            entity.list("same_as").stream()
                    .filter(id -> register.find(id).isPresent())
                    .findFirst()
                    .ifPresent(id -> same.put(entity.id(), id));
        remember();
        for (var entity : register.all()) if (linked(entity)) know(entity);
        twins();
        for (var entity : register.all()) if (linked(entity)) names(entity);
        for (var heritage : same.keySet())
            register.find(heritage).ifPresent(entity -> names(entity, byId.get(same.get(heritage))));
        languagesOfPeoples();
        namesakes();
        for (var other : Triggers.all().homographs()) homograph(other);
        exact.frozen();
        folded.frozen();
        cues.frozen();
        foldedCues.frozen();
        forms.clear();
    }

    private boolean linked(Entity entity) {
        return entity.kind() != EntityKind.SCRIPT
                && entity.kind() != EntityKind.ORTHOGRAPHY
                && !same.containsKey(entity.id());
    }

    /** Names of places and peoples, which the names of others end or begin with. */
    private void remember() {
        for (var place : register.of(EntityKind.PLACE))
            for (var name : place.names()) placeNames.add(bare(name.text()));
        for (var people : register.of(EntityKind.PEOPLE))
            for (var name : people.names()) {
                peopleNames.add(bare(name.text()));
                for (var inside : inBrackets(name.text())) peopleNames.add(inside);
            }
        placeNames.remove("");
        peopleNames.remove("");
    }

    private void know(Entity entity) {
        var around = new LinkedHashSet<String>();
        if (entity.kind() == EntityKind.PLACE) around.addAll(containment.around(entity.id()));
        for (var column : List.of("provinces_63", "provinces_34"))
            for (var id : entity.list(column)) {
                around.add(id);
                around.addAll(containment.around(id));
            }
        byId.put(entity.id(), known.size());
        known.add(new Known(
                entity.id(),
                entity.kind(),
                Set.copyOf(entity.list("peoples")),
                Set.copyOf(around),
                entity.point(),
                entity.text("iso639_3"),
                years(entity),
                Form.NOTHING,
                bracketed(entity)));
    }

    /** What its label says in brackets tells it apart from another of its name: a period, a kind of unit, a place of inscription. */
    private boolean bracketed(Entity entity) {
        if (entity.kind() == EntityKind.PLACE) return entity.text("name_vi").contains("(");
        return entity.kind() == EntityKind.HERITAGE
                && inBrackets(entity.text("name_vi")).stream().anyMatch(inside -> List.of(SPLIT.split(inside)).stream()
                        .anyMatch(placeNames::contains));
    }

    private static Span years(Entity entity) {
        var period = entity.text("valid_period");
        if (period.isEmpty()) {
            if (!entity.text("valid_from").isEmpty())
                return new Span(Integer.parseInt(entity.text("valid_from").substring(0, 4)), 9999);
            if (!entity.text("valid_to").isEmpty())
                return new Span(0, Integer.parseInt(entity.text("valid_to").substring(0, 4)));
            return Span.ALWAYS;
        }
        int from = 9999;
        int to = 0;
        var numbers = Pattern.compile("[0-9]{4}").matcher(period);
        while (numbers.find()) {
            int year = Integer.parseInt(numbers.group());
            from = Math.min(from, year);
            to = Math.max(to, year);
        }
        return new Span(period.startsWith("–") || from == 9999 ? 0 : from, to == 0 ? 9999 : to);
    }

    /** Units of one name before and since July 2025 are told apart by the time that a text is about. */
    private void twins() {
        var since = new HashMap<String, Integer>();
        for (var entity : register.of(EntityKind.PLACE))
            if (entity.id().startsWith("P34-"))
                for (var name : entity.names())
                    since.putIfAbsent(String.join(" ", Keys.exact(name.text())), byId.get(entity.id()));
        for (var entity : register.of(EntityKind.PLACE)) {
            if (!entity.id().startsWith("P63-")) continue;
            for (var name : entity.names()) {
                var twin = since.get(String.join(" ", Keys.exact(name.text())));
                if (twin == null
                        || entity.list("merged_into").stream()
                                .noneMatch(known.get(twin).id()::equals)) continue;
                join(byId.get(entity.id()), twin);
                break;
            }
        }
    }

    private void join(int first, int second) {
        known.set(first, withTwin(known.get(first), second));
        known.set(second, withTwin(known.get(second), first));
    }

    private static Known withTwin(Known one, int twin) {
        return new Known(
                one.id, one.kind, one.peoples, one.places, one.point, one.language, one.years, twin, one.bracketed);
    }

    private void names(Entity entity) {
        names(entity, byId.get(entity.id()));
        cues(entity);
    }

    private void names(Entity entity, int target) {
        for (var name : entity.names()) {
            var use =
                    switch (name.use()) {
                        case LABEL -> Use.LABEL;
                        case AUTONYM -> Use.AUTONYM;
                        case OTHER -> Use.OTHER;
                        case SUBGROUP -> Use.SUBGROUP;
                        case DATED -> Use.DATED;
                    };
            if (entity.kind() == EntityKind.LANGUAGE) language(target, name, use);
            else if (entity.kind() == EntityKind.PEOPLE || entity.kind() == EntityKind.PLACE) plain(target, name, use);
            else cultural(entity, target, name, use);
        }
    }

    private void plain(int target, Name name, Use use) {
        var kind = known.get(target).kind();
        var whole = bare(name.text());
        for (var part : whole.contains(" / ") ? SPLIT.split(whole) : new String[] {whole})
            if (part.equals(whole) || !placeNames.contains(part))
                add(target, kind, unitLabel(target, part) ? Use.LABEL : use, part, name.language(), null);
        if (kind == EntityKind.PEOPLE)
            for (var inside : inBrackets(name.text()))
                for (var one : SPLIT.split(inside))
                    if (!one.contains(" of ") && !one.startsWith("ethnic "))
                        add(target, kind, use == Use.LABEL ? Use.OTHER : use, one, name.language(), null);
        if (kind == EntityKind.PLACE)
            for (var other : otherwise(name.text())) add(target, kind, use, other, name.language(), null);
        if (kind == EntityKind.PLACE && whole.startsWith("Tháp "))
            add(target, kind, Use.CORE, whole.substring(5), name.language(), null);
        if (kind == EntityKind.PLACE && whole.matches(".* (towers?|[Ss]anctuary|city)"))
            add(target, kind, Use.CORE, whole.substring(0, whole.lastIndexOf(' ')), name.language(), null);
    }

    /**
     * What a name with a slash or brackets is called besides, with the words that both share: {@code Khu tự trị Tây Bắc} of
     * {@code Khu tự trị Thái – Mèo / Tây Bắc}, {@code Tay Bac Autonomous Region} of {@code Thai-Meo (Tay Bac) Autonomous Region}.
     */
    private static List<String> otherwise(String name) {
        var slash = name.split(" / ");
        var inside = INSIDE.matcher(name);
        if (inside.matches() && Keys.capital(inside.group(1))) return List.of(inside.group(1) + " " + inside.group(2));
        if (slash.length != 2) return List.of();
        var words = slash[0].split(" ");
        int shared = 1;
        while (shared < words.length && !Keys.capital(words[shared])) shared++;
        if (shared == 1 || shared == words.length) return List.of();
        return List.of(String.join(" ", List.of(words).subList(0, shared)) + " " + slash[1]);
    }

    /** {@code Huế} is as good a name of the province until June 2025 as of the city since. */
    private boolean unitLabel(int target, String name) {
        int twin = known.get(target).twin();
        return twin >= 0 && register.label(known.get(twin).id()).equals(name);
    }

    private void language(int target, Name name, Use use) {
        var whole = bare(name.text());
        var inside = inBrackets(name.text());
        boolean headed = whole.startsWith("tiếng ");
        var short_ = headed ? whole.substring(6) : whole.startsWith("klei ") ? whole.substring(5) : whole;
        if (headed || short_.length() < whole.length())
            add(target, EntityKind.LANGUAGE, use, whole, name.language(), null);
        boolean ownScript =
                use == Use.AUTONYM && Keys.words(whole).stream().noneMatch(word -> word.script() == UScript.LATIN);
        add(target, EntityKind.LANGUAGE, use, short_, name.language(), ownScript ? null : Sense.LANGUAGE);
        for (var names : inside)
            for (var one : SPLIT.split(names)) {
                add(target, EntityKind.LANGUAGE, Use.OTHER, one, name.language(), Sense.LANGUAGE);
                if (headed) add(target, EntityKind.LANGUAGE, use, short_ + " " + one, name.language(), Sense.LANGUAGE);
            }
    }

    private void cultural(Entity entity, int target, Name name, Use use) {
        var kind = known.get(target).kind();
        var whole = bare(name.text());
        var inside = inBrackets(name.text());
        boolean label = use == Use.LABEL;
        // a people that the name says whose it is stands for itself: "Lễ Pang A của người La Ha" names a rite and a
        // people
        boolean ofPeople = label && (OF_PEOPLE.matcher(whole).find() || peopleBeforeNoun(name.language(), whole));
        if (!ofPeople) add(target, kind, use, whole, name.language(), null);
        else if (!name.language().equals("en")) {
            var core = core(whole);
            int shown = Keys.words(OF_PEOPLE.matcher(core).replaceFirst("")).size();
            if (shown > 1 || kind != EntityKind.HERITAGE) add(target, kind, use, core, name.language(), null, shown);
            // a name with a comma is never one run of words
            for (var part : SPLIT.split(OF_PEOPLE.matcher(core).replaceFirst("")))
                if (core.indexOf(',') > 0 && Keys.words(part).size() > 1)
                    add(target, kind, Use.PART, part, name.language(), null);
        }
        for (var one : inside)
            if (!placeNames.contains(one)
                    && !one.contains(" and ")
                    && Keys.words(one).size() < 5
                    && (Keys.capital(one) || Keys.words(one).size() > 1))
                for (var part : SPLIT.split(one))
                    add(target, kind, label ? Use.CORE : use, part, name.language(), null);
        if (!label) {
            var core = "vi".equals(name.language()) || "und".equals(name.language()) ? core(whole) : english(whole);
            if (!core.equals(whole)) add(target, kind, Use.OTHER, core, name.language(), null);
            return;
        }
        if (name.language().equals("en")) englishLabel(target, kind, whole);
        else vietnameseLabel(target, kind, whole);
    }

    private void vietnameseLabel(int target, EntityKind kind, String whole) {
        var core = core(whole);
        if (!core.equals(whole) && !OF_PEOPLE.matcher(whole).find()) add(target, kind, Use.CORE, core, "vi", null);
        if (!OF_PEOPLE.matcher(core).find())
            for (var part : SPLIT.split(core)) if (!part.equals(core)) add(target, kind, Use.CORE, part, "vi", null);
        for (var one : List.of(whole, core)) {
            var without = OF_PEOPLE.matcher(one).replaceFirst("");
            if (without.equals(one)) without = withoutEnding(one, placeNames);
            if (without.equals(one)) without = withoutEnding(one, peopleNames);
            if (!without.equals(one)
                    && (Keys.words(without).size() > 1 || known.get(target).kind() != EntityKind.HERITAGE))
                // what is left of a name when its place is left out is as good as any other name of it
                add(target, kind, general(without) ? Use.PART : Use.OTHER, without, "vi", null);
        }
    }

    /** Published English puts what it is behind the name, or before it with {@code of}: {@code Kate festival}. */
    private void englishLabel(int target, EntityKind kind, String whole) {
        var of = whole.replaceFirst(" (of|,) .*$", "");
        var heads = Triggers.all().englishHeads();
        for (var one : List.of(whole, of)) {
            boolean cut = !one.equals(whole);
            if (cut && Keys.words(one).size() > 1) add(target, kind, Use.PART, one, "en", null);
            var core = english(one);
            if (!core.equals(one)
                    && Keys.capital(core)
                    && (!cut || Keys.words(core).size() > 1))
                add(target, kind, cut ? Use.PART : Use.CORE, core, "en", null);
            var inner = withoutPeopleInside(one);
            if (!inner.equals(one) && Keys.words(english(inner)).size() > 1)
                add(target, kind, Use.PART, english(inner), "en", null);
            var noun = withoutProperWords(one);
            if (!noun.equals(one)
                    && Keys.words(noun).size() > 1
                    && !noun.matches("(.* )?of .*|(and|the|in) .*")
                    && !heads.contains(noun)) add(target, kind, Use.PART, noun, "en", null);
            var without = withoutBeginning(one);
            if (!without.equals(one) && (Keys.words(without).size() > 1 || without.length() >= SHORTEST_JOINED))
                add(target, kind, Use.PART, without, "en", null);
        }
    }

    private static String english(String name) {
        for (var head : Triggers.all().englishHeads())
            if (name.length() > head.length() + 1
                    && name.toLowerCase(java.util.Locale.ROOT).endsWith(" " + head))
                return name.substring(0, name.length() - head.length() - 1);
        return name;
    }

    /** {@code Ede longhouse}, but not {@code Hmong New Year}, which is one name. */
    private boolean peopleBeforeNoun(String language, String name) {
        if (!language.equals("en")) return false;
        var words = name.split(" ");
        for (int size = Math.min(4, words.length - 1); size > 0; size--)
            if (peopleNames.contains(String.join(" ", List.of(words).subList(0, size))))
                return !Keys.capital(words[size]);
        return false;
    }

    private String withoutBeginning(String name) {
        var words = name.split(" ");
        for (int size = Math.min(4, words.length - 1); size > 0; size--) {
            var beginning = String.join(" ", List.of(words).subList(0, size));
            if (peopleNames.contains(beginning) || placeNames.contains(beginning))
                return String.join(" ", List.of(words).subList(size, words.length));
        }
        return name;
    }

    /** {@code Bau Truc pottery} of {@code Bau Truc Cham pottery}. */
    private String withoutPeopleInside(String name) {
        var words = new ArrayList<>(List.of(name.split(" ")));
        for (int at = 1; at + 1 < words.size(); at++)
            if (peopleNames.contains(words.get(at))
                    && !words.get(at - 1).equals("the")
                    && !words.get(at - 1).equals("of")) {
                words.remove(at);
                return String.join(" ", words);
            }
        return name;
    }

    /** {@code ox race} of {@code Bay Nui ox race}. */
    private static String withoutProperWords(String name) {
        var words = List.of(name.split(" "));
        int first = 0;
        while (first < words.size() - 1 && Keys.capital(words.get(first))) first++;
        return String.join(" ", words.subList(first, words.size()));
    }

    private static String withoutEnding(String name, Set<String> names) {
        var words = name.split(" ");
        for (int size = Math.min(4, words.length - 1); size > 0; size--) {
            var end = String.join(" ", List.of(words).subList(words.length - size, words.length));
            if (names.contains(end)) return String.join(" ", List.of(words).subList(0, words.length - size));
        }
        return name;
    }

    /** Without the word at its head that says what it is. */
    private static String core(String name) {
        Trigger longest = null;
        for (var head : Triggers.all().heads()) {
            boolean begins = name.length() > head.phrase().length() + 1
                    && name.substring(0, head.phrase().length() + 1).equalsIgnoreCase(head.phrase() + " ");
            if (begins
                    && (longest == null
                            || head.phrase().length() > longest.phrase().length())) longest = head;
        }
        if (longest == null) return name;
        var core = name.substring(longest.phrase().length() + 1);
        return core.matches("(của|trên|trong|người|cho) .*") ? name : core;
    }

    /** A language that is called as its people is has the people's other names too, as {@code tiếng Êđê}. */
    private void languagesOfPeoples() {
        for (var language : register.of(EntityKind.LANGUAGE)) {
            int target = byId.get(language.id());
            for (var id : language.list("peoples")) {
                var people = register.find(id).orElse(null);
                if (people == null || !calledAs(language, people)) continue;
                for (var name : people.names())
                    if (name.use() != Name.Use.SUBGROUP && name.use() != Name.Use.DATED)
                        add(target, EntityKind.LANGUAGE, Use.OTHER, bare(name.text()), name.language(), Sense.LANGUAGE);
            }
        }
    }

    private static boolean calledAs(Entity language, Entity people) {
        var label = String.join(" ", Keys.exact(bare(people.text("name_vi"))));
        return language.names().stream()
                .map(name -> bare(name.text()))
                .map(name -> name.startsWith("tiếng ") ? name.substring(6) : name)
                .anyMatch(name -> String.join(" ", Keys.exact(name)).equals(label));
    }

    /** Who has one spelling of a festival's name has the others too: {@code Lồng Tồng}, {@code Lồng Tông}, {@code Lùng Tùng}. */
    private void namesakes() {
        var spellings = new LinkedHashMap<String, Set<String>>();
        for (var entity : register.of(EntityKind.FESTIVAL)) {
            var own = new LinkedHashSet<String>();
            for (var form : forms.getOrDefault(entity.id(), Map.of()).values())
                if (form.words() > 1 && Keys.capital(form.name()) && form.use() != Use.LABEL) own.add(form.name());
            for (var one : own) spellings.computeIfAbsent(key(one), k -> new LinkedHashSet<>());
            for (var one : own)
                for (var other : own)
                    if (alike(one, other)) spellings.get(key(one)).add(other);
        }
        for (var entity : register.of(EntityKind.FESTIVAL))
            for (var form :
                    List.copyOf(forms.getOrDefault(entity.id(), Map.of()).values()))
                for (var other : spellings.getOrDefault(key(form.name()), Set.of()))
                    add(byId.get(entity.id()), EntityKind.FESTIVAL, Use.NAMESAKE, other, "und", null);
    }

    /** Two spellings of one name: as many words, each beginning with the same consonants. */
    private static boolean alike(String one, String other) {
        var first = Keys.folded(one);
        var second = Keys.folded(other);
        if (first.size() != second.size() || one.equals(other)) return false;
        for (int at = 0; at < first.size(); at++)
            if (first.get(at).charAt(0) != second.get(at).charAt(0)) return false;
        return true;
    }

    private static String key(String name) {
        return String.join(" ", Keys.exact(name));
    }

    private void homograph(Triggers.Homograph other) {
        var words = Keys.words(other.name());
        var form = new Form(
                Form.NOTHING,
                EntityKind.PLACE,
                Use.HOMOGRAPH,
                other.name(),
                words.size(),
                Keys.capital(other.name()),
                false,
                false,
                other.language(),
                null,
                0);
        exact.add(Keys.exact(other.name()), form);
        folded.add(Keys.folded(other.name()), form);
    }

    private void add(int target, EntityKind kind, Use use, String text, String language, Sense needs) {
        add(target, kind, use, text, language, needs, 0);
    }

    private void add(int target, EntityKind kind, Use use, String text, String language, Sense needs, int shown) {
        var name = text.strip();
        boolean cultural = kind != EntityKind.PEOPLE && kind != EntityKind.PLACE && kind != EntityKind.LANGUAGE;
        if (cultural && !language.equals("en")) {
            // the word at its head is found beside the name, so that all names of festivals are as long as what tells
            // them apart
            var core = core(name);
            if (Keys.words(core).size() > 1) name = core;
        }
        if (cultural && use != Use.LABEL && (peopleNames.contains(name) || placeNames.contains(name))) return;
        var words = Keys.words(name);
        if (words.isEmpty() || name.length() < 2) return;
        var id = known.get(target).id();
        var own = forms.computeIfAbsent(id, i -> new LinkedHashMap<>());
        var key = key(name) + (needs == null ? "" : "\t");
        var before = own.get(key);
        if (before != null && before.use().weight() >= use.weight()) return;
        boolean proper = words.stream().allMatch(word -> Keys.capital(word.text()))
                || (kind == EntityKind.PEOPLE || kind == EntityKind.PLACE || kind == EntityKind.LANGUAGE)
                        && Keys.capital(name);
        var foldedWords = words.stream().map(word -> word.folded()).toList();
        boolean ascii = words.stream().allMatch(word -> Keys.ascii(word.exact()));
        boolean plain = ascii && bareOfAnother(own, foldedWords);
        var form = new Form(
                target,
                kind,
                use,
                name,
                words.size(),
                proper,
                words.size() == 1 && SYLLABLE.matcher(foldedWords.get(0)).matches(),
                plain,
                language,
                needs,
                shown);
        own.put(key, form);
        exact.add(words.stream().map(word -> word.exact()).toList(), form);
        folded.add(foldedWords, form);
        variants(words.stream().map(word -> word.exact()).toList(), foldedWords, form);
    }

    /** The same name as one word, as it is often written, and with an English plural. */
    private void variants(List<String> exactly, List<String> plainly, Form form) {
        boolean named = form.kind() == EntityKind.PEOPLE || form.kind() == EntityKind.PLACE;
        int length = plainly.stream().mapToInt(String::length).sum();
        if (named && plainly.size() > 1 && plainly.size() < 4 && length >= SHORTEST_JOINED && form.use() != Use.DATED) {
            exact.add(List.of(String.join("", exactly)), form);
            folded.add(List.of(String.join("", plainly)), form);
        }
        var last = plainly.get(plainly.size() - 1);
        if (form.kind() == EntityKind.PEOPLE
                && form.use() != Use.DATED
                && (plainly.size() > 1 || last.length() > 2)
                && !last.endsWith("s")
                && !placeNames.contains(form.name() + "s")) {
            var peoples = new ArrayList<>(plainly);
            peoples.set(peoples.size() - 1, last + "s");
            folded.add(peoples, form);
        }
        boolean english = !form.proper() && Keys.ascii(exactly.get(exactly.size() - 1)) && !last.endsWith("s");
        if (english && !named && last.length() > 2 && form.kind() != EntityKind.LANGUAGE) {
            var plural = new ArrayList<>(plainly);
            plural.set(plural.size() - 1, last + "s");
            folded.add(plural, form);
        }
    }

    private static boolean bareOfAnother(Map<String, Form> own, List<String> plainly) {
        for (var form : own.values()) {
            if (form.plain() || form.words() != plainly.size()) continue;
            if (Keys.folded(form.name()).equals(plainly)
                    && Keys.exact(form.name()).stream().anyMatch(word -> !Keys.ascii(word))) return true;
        }
        return false;
    }

    private void cues(Entity entity) {
        for (var part : entity.text("place_text").split("\\s*[,;()]\\s*|\\s+và\\s+")) {
            var name = PLACE_WORDS.matcher(part.strip() + " ").replaceAll("").strip();
            var words = Keys.words(name);
            if (words.size() < 2 || words.size() > 4 || !words.stream().allMatch(word -> Keys.capital(word.text())))
                continue;
            cues.add(Keys.exact(name), byId.get(entity.id()));
            foldedCues.add(Keys.folded(name), byId.get(entity.id()));
        }
    }

    /** Words of every day: a capital stands at most at the beginning. */
    private static boolean general(String name) {
        int space = name.indexOf(' ');
        return space < 0 || !Keys.capital(name.substring(space + 1));
    }

    private static String bare(String name) {
        return BRACKETS.matcher(name).replaceAll("").strip();
    }

    private static List<String> inBrackets(String name) {
        var found = new ArrayList<String>();
        var matcher = BRACKETS.matcher(name);
        while (matcher.find())
            if (!matcher.group(1).matches(".*[0-9].*"))
                found.add(matcher.group(1).strip());
        return found;
    }

    Trie<Form> exact() {
        return exact;
    }

    Trie<Form> folded() {
        return folded;
    }

    Trie<Integer> cues(boolean withoutMarks) {
        return withoutMarks ? foldedCues : cues;
    }

    List<Known> known() {
        return Collections.unmodifiableList(known);
    }

    /** Where an entity is in {@link #known}, of an inscription the entity that it is the same as; -1 where there is none. */
    int find(String id) {
        return byId.getOrDefault(same.getOrDefault(id, id), Form.NOTHING);
    }
}
