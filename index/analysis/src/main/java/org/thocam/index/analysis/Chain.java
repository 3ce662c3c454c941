package org.thocam.index.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;

/** The steps that the tiers share: both must cut a text at the same places, so that word n of one is word n of the other. */
final class Chain {
    /** So that no phrase reaches from one title into the next. */
    static final int BETWEEN_VALUES = 100;

    private Chain() {}

    /** Han is cut into single characters: ICU's dictionary is one of Chinese and Japanese, and Nôm is neither. */
    static Tokenizer words() {
        return new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
    }

    /** Compatible and case-folded in form NFKC_CF, so that NFC and NFD, ﬁ and fi, Đ and đ are one; no mark is lost. */
    static TokenStream exact(TokenStream words) {
        return new PieceFilter(new ICUNormalizer2Filter(words));
    }

    static TokenStream folded(TokenStream words) {
        return new FoldFilter(exact(words));
    }
}
