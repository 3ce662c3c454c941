package org.thocam.index.analysis.query;

import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.thocam.index.analysis.Sound;
import org.thocam.index.analysis.Term;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.WritingSystem.Keys;
import org.thocam.index.analysis.query.NativeTerms.Native;
import org.thocam.index.analysis.query.Scribe.Slot;
import org.thocam.index.analysis.query.TextQuery.Alternative;
import org.thocam.index.analysis.query.TextQuery.Breadth;

/** From the words asked for to the terms of an index that answer them, tier by tier. */
final class Expansion {
    private static final int MOST_SPELLINGS = 12;
    private static final int MOST_TERMS = 64;
    /** Longer runs are not one word: their syllables meet other scripts one by one. */
    private static final int LONGEST_ACROSS = 6;

    private static final int LONGEST_LATIN = 40;
    private static final int LONGEST_SYLLABLE = 8;

    /** Below this, what sounds alike looks too unlike to be meant. */
    private static final float LEAST_LIKE = 0.4f;

    /** Scripts of one language, whose tables meet in RPA. */
    private static final Set<Integer> HMONG = Set.of(UScript.PAHAWH_HMONG, UScript.NYIAKENG_PUACHUE_HMONG);

    private static final String HMONG_TONES = "bdgjklmrsvxz";
    private static final List<WritingSystem> WITH_SISTERS = WritingSystem.all().stream()
            .filter(WritingSystem::hasOtherSpellings)
            .toList();

    private final Dictionary dictionary;
    private final Breadth breadth;
    private final boolean strict;
    /** A word is asked for by itself and as a neighbour on both sides: its terms are looked up once. */
    private final Map<Slot, Map<String, Float>> exactTerms = new IdentityHashMap<>();

    private final Map<Slot, Map<String, Float>> foldedTerms = new IdentityHashMap<>();
    private boolean forgiving;
    /** How many terms of other scripts one question may still look at. */
    private int room = 3_000;

    Expansion(Dictionary dictionary, Breadth breadth, boolean strict) {
        this.dictionary = dictionary;
        this.breadth = breadth;
        this.strict = strict;
    }

    /** Whether typing errors are looked past. */
    void forgiving(boolean whether) {
        forgiving = whether;
    }

    List<Alternative> alternatives(List<Slot> slots) throws IOException {
        var all = new ArrayList<Alternative>();
        own(slots, all);
        if (slots.size() == 1 && TextQuery.latin(slots.get(0))) sisters(slots.get(0), all);
        if (!strict && (!TextQuery.latin(slots.get(0)) || dictionary.hasNatives())) across(slots, all);
        if (!strict && slots.get(0).script() == UScript.HAN) readings(slots, all);
        return all;
    }

    /** In the script that was typed. */
    private void own(List<Slot> slots, List<Alternative> all) throws IOException {
        var exact = new ArrayList<Map<String, Float>>();
        var folded = new ArrayList<Map<String, Float>>();
        boolean found = true;
        for (var slot : slots) {
            exact.add(exact(slot));
            var spellings = folded(slot);
            folded.add(spellings);
            found &= !spellings.isEmpty();
        }
        if (exact.stream().noneMatch(Map::isEmpty)) all.add(new Alternative(Tier.EXACT, 1, exact));
        if (found && !folded.equals(exact)) all.add(new Alternative(Tier.FOLDED, 0.7f, folded));
        cutOtherwise(slots, all);
        if (forgiving && slots.size() == 1) {
            var near = near(slots.get(0));
            near.keySet().removeAll(folded.get(0).keySet());
            if (!near.isEmpty()) all.add(new Alternative(Tier.TYPO, 0.3f, List.of(near)));
        }
    }

    /** The same syllable in another orthography of its language: Hmong RPA and the alphabet of Viet Nam. */
    private void sisters(Slot slot, List<Alternative> all) throws IOException {
        var own = exact(slot);
        var terms = new LinkedHashMap<String, Float>();
        for (var system : WITH_SISTERS) {
            var exact = system.normalForm(slot.text());
            for (var other : system.otherSpellings(exact)) {
                if (!distinct(other)) continue;
                var term = new Keys(other, system.folded(other)).term();
                if (dictionary.has(term) && !own.containsKey(term)) terms.put(term, 1f);
            }
        }
        if (!terms.isEmpty()) all.add(new Alternative(Tier.TRANSLITERATED, 0.6f, List.of(terms)));
    }

    /** Short syllables without a tone letter are words of every language written in Latin letters. */
    private static boolean distinct(String syllable) {
        return syllable.length() > 3 || HMONG_TONES.indexOf(syllable.charAt(syllable.length() - 1)) >= 0;
    }

    /** Nearly the letters that were typed. */
    private Map<String, Float> near(Slot slot) throws IOException {
        var near = new LinkedHashMap<String, Float>();
        for (var reading : slot.readings())
            if (reading.size() == 1) near.putAll(dictionary.near(reading.get(0).folded()));
        return near;
    }

    private Map<String, Float> exact(Slot slot) throws IOException {
        var known = exactTerms.get(slot);
        if (known != null) return known;
        var terms = new LinkedHashMap<String, Float>();
        for (var reading : slot.readings()) {
            if (reading.size() != 1) continue;
            var term = reading.get(0).term();
            if (dictionary.has(term)) terms.put(term, 1f);
        }
        exactTerms.put(slot, terms);
        return terms;
    }

    /** All spellings of the folded key, the nearest first. */
    private Map<String, Float> folded(Slot slot) throws IOException {
        var known = foldedTerms.get(slot);
        if (known != null) return known;
        var terms = new LinkedHashMap<>(exact(slot));
        var all = new ArrayList<Keys>();
        for (var reading : slot.readings()) if (reading.size() == 1) all.add(reading.get(0));
        slot.otherwise().ifPresent(all::add);
        for (var keys : all) {
            var toneless = TextQuery.latin(slot) ? keys.toneless() : "";
            for (var term : dictionary.spellings(keys.folded())) {
                boolean near = !TextQuery.latin(slot)
                        || new Keys(Term.exact(term), keys.folded()).toneless().equals(toneless);
                terms.putIfAbsent(term, near ? 0.9f : 0.6f);
            }
        }
        foldedTerms.put(slot, terms);
        return terms;
    }

    /** An orthography that cuts a word into syllables: {@code nyobzoo}, {@code l'école}. */
    private void cutOtherwise(List<Slot> slots, List<Alternative> all) throws IOException {
        var exact = new ArrayList<Map<String, Float>>();
        boolean cut = false;
        for (var slot : slots) {
            var longest = longest(slot);
            cut |= longest.size() > 1;
            if (longest.size() == 1) exact.add(exact(slot));
            else for (var keys : longest) exact.add(dictionary.has(keys.term()) ? Map.of(keys.term(), 1f) : Map.of());
        }
        if (cut && exact.stream().noneMatch(Map::isEmpty)) all.add(new Alternative(Tier.EXACT, 1, exact));
    }

    private static List<Keys> longest(Slot slot) {
        List<Keys> longest = List.of();
        for (var reading : slot.readings()) if (reading.size() > longest.size()) longest = reading;
        return longest;
    }

    /** What may stand beside a neighbour: its own spellings, and across scripts too where little was found. */
    Map<String, Float> neighbours(Slot slot) throws IOException {
        var terms = new LinkedHashMap<>(folded(slot));
        if (forgiving) near(slot).forEach(terms::putIfAbsent);
        if (breadth == Breadth.ALL || strict) return terms;
        var all = new ArrayList<Alternative>();
        across(List.of(slot), all);
        if (slot.script() == UScript.HAN) readings(List.of(slot), all);
        for (var alternative : all)
            if (alternative.slots().size() == 1) alternative.slots().get(0).forEach(terms::putIfAbsent);
        return terms;
    }

    private void across(List<Slot> slots, List<Alternative> all) throws IOException {
        if (slots.size() > LONGEST_ACROSS || room <= 0) return;
        int before = all.size();
        meet(slots, all);
        for (var alternative : all.subList(before, all.size()))
            room -= alternative.slots().stream().mapToInt(Map::size).sum();
    }

    private void meet(List<Slot> slots, List<Alternative> all) throws IOException {
        boolean latin = slots.size() == 1 && TextQuery.latin(slots.get(0));
        boolean described = slots.stream()
                .allMatch(slot -> !TextQuery.latin(slot)
                        && slot.script() != UScript.HAN
                        && WritingSystem.ofScript(slot.script()).isPresent());
        if (!latin && !described) return;
        var typed = latin ? List.of(Sound.letters(slots.get(0).text())) : spellings(slots);
        if (latin) nom(slots.get(0), all);
        else inLatin(slots, typed, all);
        int script = slots.get(0).script();
        for (var letters : typed) syllables(letters, script, latin, all);
        if (!latin && slots.size() == 1 && breadth != Breadth.ALL) cognates(slots.get(0), all);
    }

    /** How the run is written in Latin letters, a to z. */
    private static List<String> spellings(List<Slot> slots) {
        var all = List.of("");
        for (var slot : slots) {
            var system = WritingSystem.ofScript(slot.script()).orElseThrow();
            var latin = system.syllableInLatin(exactKey(slot)).stream()
                    .map(Sound::letters)
                    .distinct()
                    .toList();
            all = Sound.joined(all, "", latin, MOST_SPELLINGS);
        }
        return all.stream().filter(letters -> !letters.isEmpty()).toList();
    }

    private static String exactKey(Slot slot) {
        return slot.readings().iterator().next().get(0).exact();
    }

    /** Characters that are read so. */
    private void nom(Slot slot, List<Alternative> all) throws IOException {
        var exact = new TreeSet<String>();
        var folded = new TreeSet<String>();
        for (var reading : slot.readings())
            if (reading.size() == 1) {
                exact.add(reading.get(0).exact());
                folded.add(reading.get(0).folded());
            }
        boolean toneTyped = exact.stream().noneMatch(folded::contains);
        var same = new LinkedHashMap<String, Float>();
        var near = new LinkedHashMap<String, Float>();
        for (var key : folded)
            for (var reading : Readings.of(key)) {
                if (!dictionary.hasHan(reading.character())) continue;
                var term = Character.toString(reading.character()) + Term.BETWEEN;
                if (!toneTyped || exact.contains(reading.exact())) same.put(term, 1f);
                else near.put(term, 0.5f);
            }
        near.keySet().removeAll(same.keySet());
        if (!same.isEmpty()) all.add(new Alternative(Tier.TRANSLITERATED, 0.6f, List.of(same)));
        if (!near.isEmpty() && breadth == Breadth.ANY) all.add(new Alternative(Tier.RELATED, 0.2f, List.of(near)));
    }

    /** The Quốc ngữ spellings of Han or Nôm characters, one for each. */
    private void readings(List<Slot> slots, List<Alternative> all) throws IOException {
        var run = new ArrayList<Map<String, Float>>();
        for (var slot : slots) {
            var terms = new LinkedHashMap<String, Float>();
            for (var keys : Readings.of(exactKey(slot).codePointAt(0)))
                if (dictionary.has(keys.term())) terms.put(keys.term(), 1f);
            run.add(terms);
        }
        if (run.stream().noneMatch(Map::isEmpty)) all.add(new Alternative(Tier.TRANSLITERATED, 0.6f, run));
    }

    /** A native run in the Latin spellings that texts have: joined as one word, or syllable for syllable. */
    private void inLatin(List<Slot> slots, List<String> joined, List<Alternative> all) throws IOException {
        var words = new LinkedHashMap<String, Float>();
        for (var letters : joined)
            for (var term : dictionary.spellings(letters)) if (words.size() < MOST_TERMS) words.put(term, 0.9f);
        if (!words.isEmpty()) all.add(new Alternative(Tier.TRANSLITERATED, 0.6f, List.of(words)));
        if (slots.size() == 1) return;
        var apart = new ArrayList<Map<String, Float>>();
        for (var slot : slots) {
            var here = new LinkedHashMap<String, Float>();
            for (var letters : spellings(List.of(slot)))
                for (var term : dictionary.spellings(letters)) if (here.size() < MOST_TERMS) here.put(term, 0.9f);
            apart.add(here);
        }
        if (apart.stream().noneMatch(Map::isEmpty)) all.add(new Alternative(Tier.TRANSLITERATED, 0.6f, apart));
    }

    private record Candidate(Native syllable, float likeness) {}

    /** A piece of the letters that some syllable of a script is written with. */
    private record Piece(int from, int to, List<Candidate> candidates) {
        float likeness() {
            return candidates.get(0).likeness();
        }
    }

    private record Cut(Cut before, Piece piece, float cost) {
        /** How many; single letters for the most part are no word. */
        int pieces() {
            return before == null ? 0 : 1 + before.pieces();
        }
    }

    /** Native syllables, in scripts other than the one typed, that the letters can be cut into. */
    private void syllables(String letters, int typedScript, boolean latin, List<Alternative> all) throws IOException {
        if (letters.isEmpty() || letters.length() > LONGEST_LATIN) return;
        var byScript = new HashMap<Integer, List<Piece>>();
        for (int from = 0; from < letters.length(); from++)
            for (int to = from + 1; to <= Math.min(letters.length(), from + LONGEST_SYLLABLE); to++)
                pieces(letters, from, to, typedScript, byScript);
        byScript.forEach((script, pieces) -> {
            var cut = cheapest(pieces, letters.length());
            if (cut != null && cut.pieces() <= Math.max(1, letters.length() / 2))
                addCut(cut, latin || HMONG.containsAll(Set.of(script, typedScript)), all);
        });
    }

    private void pieces(String letters, int from, int to, int typedScript, Map<Integer, List<Piece>> byScript)
            throws IOException {
        var piece = letters.substring(from, to);
        var found = new HashMap<Integer, List<Candidate>>();
        boolean exactly = breadth != Breadth.ANY;
        if (exactly && !syllabic(letters, from, to)) return;
        for (var syllable : exactly ? dictionary.spelled(piece) : dictionary.sounding(Sound.of(piece))) {
            if (syllable.script() == typedScript) continue;
            float likeness = exactly ? 1 : likeness(piece, syllable);
            if (likeness >= LEAST_LIKE)
                found.computeIfAbsent(syllable.script(), key -> new ArrayList<>())
                        .add(new Candidate(syllable, likeness));
        }
        found.forEach((script, candidates) -> {
            candidates.sort((a, b) -> Float.compare(b.likeness(), a.likeness()));
            byScript.computeIfAbsent(script, key -> new ArrayList<>()).add(new Piece(from, to, candidates));
        });
    }

    /**
     * Whether a piece may be a syllable of the word: it parts no two vowels, and consonants alone only end what has a vowel before, as
     * in scripts whose finals are clusters of their own.
     */
    private static boolean syllabic(String letters, int from, int to) {
        if (from > 0 && vowel(letters, from - 1) && vowel(letters, from)) return false;
        if (to < letters.length() && vowel(letters, to - 1) && vowel(letters, to)) return false;
        if (from > 0) return true;
        for (int at = from; at < to; at++) if (vowel(letters, at)) return true;
        return false;
    }

    private static boolean vowel(String letters, int at) {
        return "aeiou".indexOf(letters.charAt(at)) >= 0;
    }

    private static float likeness(String piece, Native syllable) {
        float likeness = 0;
        for (var spelling : syllable.spellings())
            likeness = Math.max(likeness, spelling.equals(piece) ? 1 : 0.9f * Dictionary.likeness(piece, spelling));
        return likeness;
    }

    /** Few pieces, each as like as can be. */
    private static Cut cheapest(List<Piece> pieces, int length) {
        var best = new Cut[length + 1];
        best[0] = new Cut(null, null, 0);
        for (int at = 0; at < length; at++) {
            if (best[at] == null) continue;
            for (var piece : pieces) {
                if (piece.from() != at) continue;
                float cost = best[at].cost() + 1 + 3 * (1 - piece.likeness());
                var there = best[piece.to()];
                if (there == null || cost < there.cost()) best[piece.to()] = new Cut(best[at], piece, cost);
            }
        }
        return best[length];
    }

    /** @param same whether the table leads to the same word, not only to a related language's */
    private static void addCut(Cut cut, boolean sameWord, List<Alternative> all) {
        var same = new ArrayList<Map<String, Float>>();
        var alike = new ArrayList<Map<String, Float>>();
        float likeness = 1;
        boolean more = false;
        for (var at = cut; at.piece() != null; at = at.before()) {
            var exactly = new LinkedHashMap<String, Float>();
            var like = new LinkedHashMap<String, Float>();
            for (var candidate : at.piece().candidates()) {
                if (like.size() >= MOST_TERMS) break;
                if (candidate.likeness() == 1) exactly.put(candidate.syllable().term(), 1f);
                else more = true;
                like.put(candidate.syllable().term(), candidate.likeness() * candidate.likeness());
            }
            likeness *= at.piece().likeness();
            same.add(0, exactly);
            alike.add(0, like);
        }
        if (same.stream().noneMatch(Map::isEmpty))
            all.add(new Alternative(sameWord ? Tier.TRANSLITERATED : Tier.RELATED, 0.6f, same));
        if (more) all.add(new Alternative(Tier.RELATED, 0.3f * likeness * likeness, alike));
    }

    private void cognates(Slot slot, List<Alternative> all) throws IOException {
        var key = WritingSystem.ofScript(slot.script()).orElseThrow().cognate(exactKey(slot));
        if (key.isEmpty()) return;
        var terms = new LinkedHashMap<String, Float>();
        for (var syllable : dictionary.related(key.get()))
            if (syllable.script() != slot.script() && terms.size() < MOST_TERMS) terms.put(syllable.term(), 1f);
        if (!terms.isEmpty()) all.add(new Alternative(Tier.RELATED, 0.3f, List.of(terms)));
    }
}
