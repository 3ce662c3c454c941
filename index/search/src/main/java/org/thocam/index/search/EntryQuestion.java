package org.thocam.index.search;

import com.ibm.icu.text.Normalizer2;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.analysis.EditDistance;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.EntryResponse.Found;

/**
 * What was typed into a dictionary, in Solr's parameters: as in {@link Question}, queries are templates of ours, and what was typed stands
 * in parameters of its own.
 *
 * <p>It is two questions. Whole headwords are few and put in order here, by how near they are to what was typed; all else comes after
 * them, in tiers that no score of words can cross.
 */
final class EntryQuestion {
    private static final int PREFIX = 20;
    /** What words of the headword have above words of a gloss. */
    private static final int WORD = 10;

    private final EntryRequest request;
    private final String exact;
    private final String folded;
    private final String beginning;
    private final Set<String> glossKeys = new LinkedHashSet<>();

    /** @param glossLanguages those that the dictionary has glosses in */
    EntryQuestion(EntryRequest request, String language, List<String> glossLanguages) {
        this.request = request;
        var writing = WritingSystem.of(language);
        exact = writing.normalForm(request.q());
        folded = writing.folded(request.q());
        beginning = writing.foldedBeginning(request.q());
        for (var tag : glossLanguages) glossKeys.add(WritingSystem.of(tag).normalForm(request.q()));
        glossKeys.remove("");
    }

    private ModifiableSolrParams asked() {
        var params = new ModifiableSolrParams();
        params.set("lexicon", request.lexicon().value());
        params.set("exact", exact);
        params.set("folded", folded);
        params.set("beginning", beginning);
        params.add("fq", "{!term f=lexicon v=$lexicon}");
        params.set("fl", "entry", "headword", "language", "glosses", "exact_key", "score");
        return params;
    }

    static ModifiableSolrParams everything(EntryRequest request) {
        var params = new ModifiableSolrParams();
        params.set("lexicon", request.lexicon().value());
        params.set("q", "*:*");
        params.add("fq", "{!term f=lexicon v=$lexicon}");
        params.set("fl", "entry", "headword", "language", "glosses");
        params.set("sort", "sort_key asc,entry asc");
        return params;
    }

    /** Whole headwords: equal in the exact key, then equal in the folded one. */
    ModifiableSolrParams whole() {
        var params = asked();
        // in brackets: a query that begins with a template would be taken for that template alone
        var query = new StringJoiner(" ", "(", ")").setEmptyValue("-*:*");
        if (request.by().contains(By.HEADWORD)) {
            if (!exact.isEmpty()) query.add("{!term f=exact_key v=$exact}^=2");
            if (!folded.isEmpty()) query.add("{!term f=folded_key v=$folded}^=1");
        }
        params.set("q", query.toString());
        params.set("sort", "score desc,entry asc");
        return params;
    }

    /** All that match and are no whole headwords. */
    ModifiableSolrParams others() {
        var params = asked();
        var tiers = new StringJoiner(" ");
        if (request.by().contains(By.HEADWORD)) {
            params.add(
                    "fq", "{!lucene cache=false}*:*" + without("exact_key", "exact") + without("folded_key", "folded"));
            if (request.match().contains(Match.PREFIX)) {
                if (!exact.isEmpty()) tiers.add("{!prefix f=exact_key v=$exact}^=21");
                if (!beginning.isEmpty()) tiers.add("{!prefix f=folded_key v=$beginning}^=" + PREFIX);
            }
            if (request.match().contains(Match.WORD)) words("headword", WORD, params, tiers);
        }
        if (request.by().contains(By.GLOSS)) {
            int key = 0;
            for (var gloss : glossKeys) {
                params.set("g" + key, gloss);
                tiers.add("{!term f=gloss_key v=$g%d}^=8".formatted(key));
                if (request.match().contains(Match.PREFIX)) tiers.add("{!prefix f=gloss_key v=$g%d}^=7".formatted(key));
                key++;
            }
            if (request.match().contains(Match.WORD)) words("gloss", 0, params, tiers);
        }
        params.set("tiers", tiers.toString());
        // the best tier alone counts, so that within it shorter headwords come first
        params.set("q", tiers.length() == 0 ? "-*:*" : "{!maxscore tie=0 v=$tiers}");
        params.set("sort", "score desc,length asc,sort_key asc,entry asc");
        return params;
    }

    private String without(String field, String parameter) {
        return (parameter.equals("exact") ? exact : folded).isEmpty()
                ? ""
                : " -{!term f=" + field + " v=$" + parameter + "}";
    }

    /** All words, exactly, without tones and diacritics, or in another script. */
    private void words(String field, int above, ModifiableSolrParams params, StringJoiner tiers) {
        params.set("typed", request.q());
        tiers.add("(+{!text v=$typed fields=%s_text breadth=all strict=false} +(*:*)^=%d)".formatted(field, above));
    }

    Found found(String key, float score, boolean whole) {
        if (whole) return key.equals(exact) ? Found.EXACT : Found.FOLDED;
        if (score >= PREFIX) return Found.PREFIX;
        return score >= WORD ? Found.WORD : Found.GLOSS;
    }

    /** How many letters and marks have to be changed to come from what was typed to a headword. */
    int distance(String headword) {
        var nfd = Normalizer2.getNFDInstance();
        int[] from = nfd.normalize(request.q().strip()).codePoints().toArray();
        int[] to = nfd.normalize(headword).codePoints().toArray();
        return EditDistance.between(from, to);
    }
}
