package org.thocam.index.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.thocam.index.analysis.TextAnalyzer;
import org.thocam.index.analysis.query.TextQuery.Breadth;

class TextQueryTest {
    private static final Map<String, Float> FIELDS = Map.of("text", 1f);

    /** Each text is its own name; the tier stands behind it. */
    private static List<String> found(String q, Breadth breadth, boolean strict, String... texts) throws IOException {
        try (var directory = new ByteBuffersDirectory()) {
            try (var writer = new IndexWriter(directory, new IndexWriterConfig(new TextAnalyzer()))) {
                for (var text : texts) {
                    var document = new Document();
                    document.add(new TextField("text", text, Field.Store.NO));
                    document.add(new StringField("name", text, Field.Store.YES));
                    writer.addDocument(document);
                    writer.flush();
                }
            }
            try (var reader = DirectoryReader.open(directory)) {
                var searcher = new IndexSearcher(reader);
                var query = TextQuery.of(q, breadth, strict, FIELDS, reader).query();
                var names = new ArrayList<String>();
                for (var hit : searcher.search(query, 20).scoreDocs) {
                    var name = searcher.storedFields().document(hit.doc).get("name");
                    names.add(name + " " + Tier.ofScore(hit.score));
                    assertTrue(searcher.explain(query, hit.doc).isMatch());
                }
                return names;
            }
        }
    }

    private static List<String> all(String q, String... texts) throws IOException {
        return found(q, Breadth.ALL, false, texts);
    }

    @Test
    void asTypedFirstThenWithoutTones() throws IOException {
        assertEquals(List.of("má EXACT", "mà FOLDED", "ma FOLDED"), sorted(all("má", "ma", "mà", "má", "me"), 1));
        assertEquals(List.of("ma EXACT", "má FOLDED", "mà FOLDED"), sorted(all("ma", "má", "ma", "mà", "me"), 1));
    }

    /** From the second on in no particular order: they tie. */
    private static List<String> sorted(List<String> names, int from) {
        var sorted = new ArrayList<>(names.subList(0, from));
        names.subList(from, names.size()).stream()
                .sorted(java.util.Comparator.comparing((String name) -> -name.charAt(1)))
                .forEach(sorted::add);
        return sorted;
    }

    @Test
    void latinFindsNativeSpellings() throws IOException {
        assertEquals(List.of("ꨀꨇꩉ TRANSLITERATED"), all("akhar", "ꨀꨇꩉ", "ꨕꨶ"));
        assertEquals(List.of("ꨎꨣꨭꩌ TRANSLITERATED"), all("jarum", "ꨎꨣꨭꩌ", "ꨕꨶ"));
        assertEquals(List.of("ꪀꪱꪉ TRANSLITERATED"), all("kang", "ꪀꪱꪉ", "ꪒꪱ"));
        assertEquals(List.of("ເມືອງ TRANSLITERATED"), all("mueang", "ເມືອງ", "ມາ"));
        assertEquals(List.of("𞄀𞄨𞄴 TRANSLITERATED"), all("mos", "𞄀𞄨𞄴", "𞄌𞄤𞄧𞄰"));
    }

    @Test
    void nativeSpellingsFindLatin() throws IOException {
        assertEquals(List.of("jarum TRANSLITERATED"), all("ꨎꨣꨭꩌ", "jarum", "dua"));
        assertEquals(List.of("mường mueang TRANSLITERATED"), all("ເມືອງ", "mường mueang", "ma"));
    }

    @Test
    void theTwoLatinSpellingsOfHmongFindEachOther() throws IOException {
        assertEquals(List.of("nhoz TRANSLITERATED"), all("nyob", "nhoz", "xa"));
        assertEquals(List.of("lus TRANSLITERATED"), all("lul", "lus", "xa"));
    }

    @Test
    void quocNguFindsNomAndBack() throws IOException {
        assertEquals(List.of("自由 TRANSLITERATED"), all("tự do", "自由", "平等"));
        assertEquals(List.of("tự do TRANSLITERATED"), all("自", "tự do", "bình"));
    }

    @Test
    void strictKeepsToTheScriptThatWasTyped() throws IOException {
        assertEquals(List.of(), found("akhar", Breadth.ANY, true, "ꨀꨇꩉ", "ꨕꨶ"));
        assertEquals(List.of("akhar EXACT"), found("akhar", Breadth.ALL, true, "ꨀꨇꩉ", "akhar"));
    }

    @Test
    void ownScriptStandsAboveOthers() throws IOException {
        assertEquals(List.of("akhar EXACT", "ꨀꨇꩉ TRANSLITERATED"), all("akhar", "ꨀꨇꩉ", "akhar"));
    }

    @Test
    void typingErrorsComeLast() throws IOException {
        assertEquals(
                List.of("lương tâm tốt EXACT", "lương tháng tốt PARTIAL"),
                found("lương tâm tốt", Breadth.MOST, false, "lương tâm tốt", "lương tháng tốt", "xa lạ"));
        assertEquals(List.of("lương TYPO"), found("lơng", Breadth.MOST, false, "lương", "xa lạ"));
    }

    @Test
    void syllablesOfAWordStandTogether() throws IOException {
        assertEquals(List.of("ມະນຸດ ມາ EXACT"), all("ມະນຸດ", "ມະນຸດ ມາ", "ນຸດ ມະ"));
        assertEquals(List.of("ຄົນ ມີ ສິດ EXACT", "ສິດ ຄົນ ມີ EXACT"), all("ມີ ສິດ", "ສິດ ຄົນ ມີ", "ຄົນ ມີ ສິດ"));
    }

    @Test
    void rpaIsFoundWithAndWithoutSpaces() throws IOException {
        assertEquals(List.of("nyob zoo EXACT"), all("nyobzoo", "nyob zoo", "zoo nyob"));
    }

    @Test
    void relatedTaiSpellingsAreFound() throws IOException {
        assertEquals(List.of("ມີ RELATED"), found("ꪣꪲ", Breadth.ANY, false, "ມີ", "ຂອງ"));
    }

    @Test
    void wordsThatAnApostropheCutsOffAreFound() throws IOException {
        assertEquals(List.of("école EXACT"), all("l'école", "école", "xa"));
    }

    @Test
    void digitsOfAllScriptsAreNumbers() throws IOException {
        assertEquals(List.of("ឆ្នាំ ២០២៤ EXACT"), all("2024", "ឆ្នាំ ២០២៤", "2023"));
    }

    @Test
    void hanRunsFindQuocNgu() throws IOException {
        assertEquals(List.of("西湖 EXACT", "tây hồ TRANSLITERATED"), all("西湖", "tây hồ", "西湖", "西 xa 湖"));
    }

    @Test
    void yAndIOfVietnameseAreNoOtherLanguagesI() throws IOException {
        assertEquals(List.of("Mĩ Tho EXACT"), all("Mỹ Tho", "Mĩ Tho", "xa"));
        assertEquals(List.of("nyob zoo kuv EXACT"), all("\"nyobzoo kuv\"", "nyob zoo kuv", "xa"));
    }

    @Test
    void manySpellingsOfOneKeyHideNone() throws IOException {
        var texts = new ArrayList<String>();
        for (int n = 0; n < 400; n++)
            texts.add("ma" + Character.toString(0x0300 + n % 60) + Character.toString(0x0300 + n / 60));
        texts.add("má");
        assertEquals("má EXACT", all("má", texts.toArray(String[]::new)).get(0));
    }

    @Test
    void aLongQuotedTextIsCutAndNotDropped() throws IOException {
        var text = "từ ngữ ".repeat(100).strip();
        assertEquals(1, all('"' + text + '"', text, "xa").size());
    }

    @Test
    void luangPhabangIsFoundFromLatin() throws IOException {
        assertEquals(List.of("ຫຼວງພະບາງ TRANSLITERATED"), all("luangphabang", "ຫຼວງພະບາງ", "ມາ"));
    }

    @Test
    void apostrophesThatAreLettersAreTold() throws IOException {
        assertEquals(Tier.EXACT, Tier.ofScore(5.3));
        assertEquals(List.of("bah EXACT"), all("'bah'", "bah", "ba"));
    }
}
