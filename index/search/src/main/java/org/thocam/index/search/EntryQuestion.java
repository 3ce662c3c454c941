package org.thocam.index.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.analysis.LetterKeys;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.query.KeyPattern;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.EntryResponse.Found;

/**
 * What was typed into a dictionary, in Solr's parameters: as in {@link Question}, queries are templates of ours, and what was typed stands
 * in parameters of its own.
 *
 * <p>Every way in which an entry may match is a tier with a score of its own, and the best one alone counts; so one question gives one
 * order, and the way can be read off the score.
 */
final class EntryQuestion {
    /** The score above which each way begins; what matches by none is not found. */
    private enum Tier {
        DOMAIN(1, Found.DOMAIN),
        GLOSS(30, Found.GLOSS),
        WORD(90, Found.WORD),
        FUZZY(110, Found.FUZZY),
        PREFIX(120, Found.PREFIX),
        REGEX(140, Found.REGEX),
        WILDCARD(150, Found.WILDCARD),
        TRANSLITERATED(170, Found.TRANSLITERATED),
        FOLDED(190, Found.FOLDED),
        EXACT(210, Found.EXACT);

        final int from;
        final Found found;

        Tier(int from, Found found) {
            this.from = from;
            this.found = found;
        }
    }

    private static final String SORT = "score desc,length asc,sort_key asc,id asc";
    private static final int MILLIS = 2_000;

    private final EntryRequest request;
    private final String tag;
    private final List<String> glossLanguages;
    private final WritingSystem writing;
    private final ModifiableSolrParams params = new ModifiableSolrParams();
    private final Set<String> tiers = new LinkedHashSet<>();
    private int values;

    private EntryQuestion(EntryRequest request, String tag, List<String> glossLanguages) {
        this.request = request;
        this.tag = tag;
        this.glossLanguages =
                glossLanguages.stream().filter(request::counts).sorted().toList();
        this.writing = WritingSystem.of(tag);
    }

    /**
     * @param tag the language of the dictionary
     * @param glossLanguages those that the dictionary has glosses in
     * @throws IllegalArgumentException if it is a pattern that is none
     */
    static ModifiableSolrParams of(EntryRequest request, String tag, List<String> glossLanguages) {
        var question = new EntryQuestion(request, tag, glossLanguages);
        boolean everything = request.q().isBlank();
        if (!everything) question.ask();
        var params = question.params;
        params.set("q", everything ? "*:*" : question.tiers.isEmpty() ? "-*:*" : "{!maxscore tie=0 v=$tiers}");
        params.set("tiers", String.join(" ", question.tiers));
        params.set("scope", request.view().of(request.lexicon()));
        params.set("fq", "{!term f=view v=$scope}");
        params.set("sort", everything ? "sort_key asc,id asc" : SORT);
        params.set("fl", "entry", "shown", "score");
        params.set("rows", request.size());
        if (request.size() > 0) params.set("cursorMark", request.mark());
        params.set("timeAllowed", MILLIS);
        return params;
    }

    static Found found(float score) {
        var found = Found.DOMAIN;
        for (var tier : Tier.values()) if (score >= tier.from) found = tier.found;
        return found;
    }

    private void ask() {
        var by = request.by();
        var match = request.match();
        boolean words = match.contains(Match.WORD);
        params.set("typed", request.q());
        if (by.contains(By.HEADWORD)) {
            if (!patternsAlone()) whole();
            if (match.contains(Match.PREFIX)) beginnings();
            if (match.contains(Match.FUZZY)) {
                var key = letters(true);
                fuzzy("letters_folded", EntryDocument.scope(request.lexicon()), key, Tier.FUZZY.from);
            }
            if (words) words("form_text", Tier.WORD.from);
        }
        patterns(by.contains(By.HEADWORD), by.contains(By.GLOSS));
        if (by.contains(By.GLOSS)) {
            for (var language : glossLanguages) gloss(language, match);
            if (words && !glossLanguages.isEmpty())
                words(
                        String.join(
                                " ",
                                glossLanguages.stream()
                                        .map(EntryDocument::textField)
                                        .toList()),
                        Tier.GLOSS.from);
        }
        if (by.contains(By.DOMAIN) && !patternsAlone()) domains(match);
    }

    private boolean patternsAlone() {
        return !request.match().isEmpty()
                && request.match().stream().allMatch(how -> how == Match.WILDCARD || how == Match.REGEX);
    }

    private String letters(boolean folded) {
        return new LetterKeys(writing, folded).of(request.q());
    }

    /** Whole forms: equal in the exact key, in the folded one, or in another script. */
    private void whole() {
        var scope = EntryDocument.scope(request.lexicon());
        var exact = scoped(scope, writing.normalForm(request.q()));
        var folded = scoped(scope, writing.folded(request.q()));
        term("head_exact", exact, Tier.EXACT.from + 5);
        term("form_exact", exact, Tier.EXACT.from);
        var typed = value(EntryDocument.decomposed(request.q()));
        near("head_folded", folded, typed, Tier.FOLDED.from + 5);
        near("form_folded", folded, typed, Tier.FOLDED.from);
        var sounds = EntryDocument.sounds(request.q());
        boolean latin = sounds.stream().allMatch(sound -> sound.startsWith("l"));
        for (var sound : sounds) {
            int score = Tier.TRANSLITERATED.from + (sound.charAt(1) == '=' ? 5 : 0);
            term("sound", scoped(scope, "n" + sound.substring(1)), score);
            if (!latin) term("sound", scoped(scope, "l" + sound.substring(1)), score);
        }
    }

    private void beginnings() {
        var scope = EntryDocument.scope(request.lexicon());
        var exact = letters(false);
        var folded = letters(true);
        var key = writing.normalForm(request.q());
        var beginning = writing.foldedBeginning(request.q());
        prefix("letters_exact", scoped(scope, exact), Tier.PREFIX.from + 5);
        prefix("letters_folded", scoped(scope, folded), Tier.PREFIX.from);
        // where whole texts are compared otherwise than letter by letter
        if (!key.equals(exact)) prefix("form_exact", scoped(scope, key), Tier.PREFIX.from + 5);
        if (!beginning.equals(folded)) prefix("form_folded", scoped(scope, beginning), Tier.PREFIX.from);
    }

    private void fuzzy(String field, String scope, String key, int above) {
        if (key.isEmpty()) return;
        int edits = KeyPattern.forgiven(key);
        if (edits > 0)
            tiers.add("{!key how=fuzzy f=%s edits=%d within=$%s above=%d v=$%s}"
                    .formatted(field, edits, value(scope), above, value(key)));
    }

    /** Compiled here too, so that one that is none or costs too much is refused before anything is asked. */
    private void patterns(boolean forms, boolean glosses) {
        for (var how : List.of(Match.WILDCARD, Match.REGEX)) {
            if (!request.match().contains(how)) continue;
            boolean wildcard = how == Match.WILDCARD;
            for (boolean folded : new boolean[] {false, true}) {
                var keys = new LetterKeys(writing, folded);
                if (wildcard) KeyPattern.wildcard(request.q(), keys);
                else KeyPattern.regex(request.q(), keys);
            }
            int above = (wildcard ? Tier.WILDCARD : Tier.REGEX).from;
            var word = wildcard ? "wildcard" : "regex";
            if (forms) {
                var scope = EntryDocument.scope(request.lexicon());
                pattern(word, "letters_exact", scope, tag, false, above + 5);
                pattern(word, "letters_folded", scope, tag, true, above);
            }
            if (!glosses) continue;
            for (var language : glossLanguages) {
                var scope = EntryDocument.scope(request.lexicon(), language);
                pattern(word, "gloss_letters", scope, language, true, Tier.GLOSS.from + 36);
            }
        }
    }

    private void pattern(String how, String field, String scope, String language, boolean folded, int score) {
        tiers.add("{!key how=%s f=%s within=$%s language=$%s folded=%s v=$typed}^=%d"
                .formatted(how, field, value(scope), value(language), folded, score));
    }

    private void gloss(String language, Set<Match> match) {
        var writing = WritingSystem.of(language);
        var scope = EntryDocument.scope(request.lexicon(), language);
        var exact = scoped(scope, writing.normalForm(request.q()));
        var letters = new LetterKeys(writing, true).of(request.q());
        int above = Tier.GLOSS.from;
        if (!patternsAlone()) {
            term("gloss_exact", exact, above + 41);
            term("gloss_folded", scoped(scope, writing.folded(request.q())), above + 40);
        }
        if (match.contains(Match.PREFIX)) {
            prefix("gloss_exact", exact, above + 31);
            prefix("gloss_letters", scoped(scope, letters), above + 30);
        }
        if (match.contains(Match.FUZZY)) fuzzy("gloss_letters", scope, letters, above + 25);
    }

    private void domains(Set<Match> match) {
        var scope = EntryDocument.scope(request.lexicon());
        var code = request.q().strip().replaceAll("\\.$", "");
        var label = scoped(scope, EntryDocument.label(request.q()));
        int above = Tier.DOMAIN.from;
        term("domain_code", scoped(scope, code), above + 25);
        if (match.contains(Match.PREFIX)) term("domain_above", scoped(scope, code), above + 24);
        term("domain_label", label, above + 23);
        if (match.contains(Match.PREFIX)) prefix("domain_label", label, above + 22);
        if (match.contains(Match.WORD)) words("domain_text", above);
    }

    /** All words, exactly, without tones and diacritics, or in another script. */
    private void words(String fields, int above) {
        var words = value("{!text v=$typed fields=$" + value(fields) + " breadth=all strict=false}");
        tiers.add("{!key how=tier above=%d v=$%s}".formatted(above, words));
    }

    private static String scoped(String scope, String key) {
        return key.isEmpty() ? "" : scope + key;
    }

    private void term(String field, String key, int score) {
        if (!key.isEmpty()) tiers.add("{!term f=%s v=$%s}^=%d".formatted(field, value(key), score));
    }

    private void prefix(String field, String key, int score) {
        if (!key.isEmpty()) tiers.add("{!prefix f=%s v=$%s}^=%d".formatted(field, value(key), score));
    }

    private void near(String field, String key, String typed, int above) {
        if (!key.isEmpty())
            tiers.add("{!key how=near f=%s typed=$%s above=%d v=$%s}".formatted(field, typed, above, value(key)));
    }

    private String value(String value) {
        var name = "v" + values++;
        params.set(name, value);
        return name;
    }
}
