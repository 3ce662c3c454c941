package org.thocam.index.search;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.AnalysisSteps.Token;

/**
 * What a searcher typed, taken as words and nothing else. Solr's query language is never spoken with a searcher's text in it: the
 * query is a template of ours, and each word stands in a parameter of its own, read by parsers that know no syntax.
 *
 * <p>Every word is wanted. An item that has all of them exactly as typed scores 1 for each word, and all else that it can score
 * stays below that: so the exact tier stands above the forgiving one whatever the lengths and frequencies.
 */
record Words(List<Word> words, List<String> phrases, List<String> pairs, int length) {
    private static final int LONGEST = 2000;
    private static final int MOST = 100;
    private static final int MOST_PAIRED = 30;
    private static final Pattern QUOTED = Pattern.compile("[\"“”]([^\"“”]*)[\"“”]");

    private static final String WORD = "({!term f=title_exact v=$e%1$d}^0.024 {!term f=meta_exact v=$e%1$d}^0.012"
            + " {!term f=text_exact v=$e%1$d}^0.006 {!term f=title_folded v=$f%1$d}^0.0009"
            + " {!term f=meta_folded v=$f%1$d}^0.00045 {!term f=text_folded v=$f%1$d}^0.0003)";
    private static final String PHRASE = "({!field f=title_exact v=$p%1$d}^0.024 {!field f=meta_exact v=$p%1$d}^0.012"
            + " {!field f=text_exact v=$p%1$d}^0.006 {!field f=title_folded v=$p%1$d}^0.0009"
            + " {!field f=meta_folded v=$p%1$d}^0.00045 {!field f=text_folded v=$p%1$d}^0.0003)";
    private static final String PAIR = " {!field f=title_exact v=$r%1$d}^0.006 {!field f=text_exact v=$r%1$d}^0.003"
            + " {!field f=title_folded v=$r%1$d}^0.00015 {!field f=text_folded v=$r%1$d}^0.00009";
    private static final String EXACT_WORD =
            "+({!term f=title_exact v=$e%1$d} {!term f=meta_exact v=$e%1$d} {!term f=text_exact v=$e%1$d})";
    private static final String EXACT_PHRASE =
            "+({!field f=title_exact v=$p%1$d} {!field f=meta_exact v=$p%1$d} {!field f=text_exact v=$p%1$d})";
    private static final String SHOWN_WORD = "{!term f=title_folded v=$f%1$d} {!term f=text_folded v=$f%1$d}";
    private static final String SHOWN_PHRASE = "{!field f=title_folded v=$p%1$d} {!field f=text_folded v=$p%1$d}";

    record Word(String exact, String folded) {}

    /** @throws IllegalArgumentException if it is too long to be a question */
    static Words of(String q) {
        if (q.codePointCount(0, q.length()) > LONGEST)
            throw new IllegalArgumentException(
                    "q: want at most " + LONGEST + " characters, found " + q.codePointCount(0, q.length()));
        var words = new ArrayList<Word>();
        var phrases = new ArrayList<String>();
        var pairs = new ArrayList<String>();
        int length = 0;
        int from = 0;
        var quoted = QUOTED.matcher(q);
        while (quoted.find()) {
            addWords(q.substring(from, quoted.start()), words, pairs);
            int inPhrase = AnalysisSteps.exact(quoted.group(1)).size();
            if (inPhrase > 0) phrases.add(quoted.group(1));
            length += inPhrase;
            from = quoted.end();
        }
        addWords(q.substring(from), words, pairs);
        length += words.size();
        if (length > MOST) throw new IllegalArgumentException("q: want at most " + MOST + " words, found " + length);
        return new Words(words, phrases, words.size() > MOST_PAIRED ? List.of() : pairs, length);
    }

    private static void addWords(String text, List<Word> words, List<String> pairs) {
        List<Token> exact = AnalysisSteps.exact(text);
        List<Token> folded = AnalysisSteps.folded(text);
        int chars = 0;
        for (int at = 0; at < exact.size(); at++) {
            words.add(new Word(exact.get(at).text(), folded.get(at).text()));
            if (at == 0) continue;
            int start = text.offsetByCodePoints(0, exact.get(at - 1).start());
            pairs.add(text.substring(
                    start,
                    text.offsetByCodePoints(
                            start, exact.get(at).end() - exact.get(at - 1).start())));
        }
    }

    /** Nothing but characters that no index has, such as commas. */
    boolean none() {
        return length == 0;
    }

    void addTo(ModifiableSolrParams params) {
        for (int at = 0; at < words.size(); at++) {
            params.set("e" + at, words.get(at).exact());
            params.set("f" + at, words.get(at).folded());
        }
        for (int at = 0; at < phrases.size(); at++) params.set("p" + at, phrases.get(at));
        for (int at = 0; at < pairs.size(); at++) params.set("r" + at, pairs.get(at));
        var query = new StringBuilder();
        query.append(each("+" + WORD, "+" + PHRASE));
        for (int at = 0; at < pairs.size(); at++) query.append(PAIR.formatted(at));
        var exact = each(EXACT_WORD, EXACT_PHRASE);
        query.append(" (").append(exact).append(")^=").append(length);
        params.set("q", query.toString());
        params.set("exact", exact);
        params.set("hl.q", "{!lucene}" + each(SHOWN_WORD, SHOWN_PHRASE));
    }

    private String each(String word, String phrase) {
        var all = new StringJoiner(" ");
        for (int at = 0; at < words.size(); at++) all.add(word.formatted(at));
        for (int at = 0; at < phrases.size(); at++) all.add(phrase.formatted(at));
        return all.toString();
    }
}
