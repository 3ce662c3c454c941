package org.thocam.ontology.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;

/** Items for the tests of files: one that says all, and as many others as are wanted. */
public final class Samples {
    public static final Links LINKS = new Links("https://thocam.example.vn", "thocam.example.vn");
    public static final Instant DATESTAMP = Instant.parse("2026-03-04T05:06:07Z");

    private static final List<String> WORDS = List.of(
            "khèn",
            "lễ hội",
            "Xên Mường",
            "đường",
            "nghệ thuật",
            "ꪼꪕꪒꪾ",
            "ꨌꩌ",
            "ភាសាខ្មែរ",
            "ເມືອງ",
            "漢喃",
            "𡨸喃",
            "Ê Đê",
            "h'mông",
            "ƀok",
            "a & b <c>",
            "100%",
            "\"x\"",
            "{y}",
            "&#x41;",
            "č̆");
    private static final List<String> TAGS =
            List.of("vi", "en", "blt-Tavt", "blt-Latn", "cjm-Cham", "km", "lo", "jra", "bdq", "mww", "und");

    private Samples() {}

    public static CatalogueRecord record(Item item) {
        return new CatalogueRecord(item, new Version(1), DATESTAMP, false, LINKS);
    }

    public static Item full() {
        var vi = new LanguageTag("vi");
        return new Item(
                        new ItemId("tc-fe001"),
                        new LanguageMap(Map.of(
                                vi,
                                "Lễ Xên Mường của người Thái",
                                new LanguageTag("blt-Tavt"),
                                "ꪼꪕꪒꪾ",
                                new LanguageTag("en"),
                                "A festival")),
                        "Sound",
                        List.of(new LanguageTag("blt-Tavt"), vi),
                        LanguageMap.of(vi, "Một bài hát.\n\nBài thứ hai & <khác>."),
                        List.of("Lò Văn Ơn", "Nguyễn, An"),
                        "2019-05-17",
                        List.of("EG03"),
                        Optional.of(new Place("Mường Lò, Lào Cai", 21.6, 104.503)),
                        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
                        Access.OPEN,
                        List.of("craft:textile"),
                        List.of(new Bitstream("bài 1.wav", "audio/wav", 1234, "00", TextState.values()[0], "")),
                        List.of("9780844411637", "https://doi.org/10.5555/abc", "https://example.org/x"),
                        "",
                        "")
                .withTerms(List.of(
                        new Term("publisher", "Viện Văn hoá", vi, ""),
                        new Term("subject", "hát thơ", vi, ""),
                        new Term("subject", "781.62", LanguageTag.UNDETERMINED, "DDC"),
                        new Term("contributor", "Cầm Thị Pánh", LanguageTag.UNDETERMINED, "singer"),
                        new Term("isPartOf", "Tuyển tập dân ca Thái", vi, ""),
                        new Term("isPartOf", "Văn hoá dân gian", vi, "series"),
                        new Term("alternative", "Xên Mường", vi, ""),
                        new Term("extent", "12 phút", vi, ""),
                        new Term("conformsTo", "một chuẩn", vi, ""),
                        new Term("temporal", "thế kỷ 20", vi, ""),
                        new Term("references", "https://example.org/y", LanguageTag.UNDETERMINED, "")));
    }

    public static Item random(Random random, int number) {
        var titles = new java.util.HashMap<LanguageTag, String>();
        for (int i = 0; i <= random.nextInt(3); i++) titles.put(tag(random), words(random, 4));
        var descriptions = new java.util.HashMap<LanguageTag, String>();
        for (int i = 0; i < random.nextInt(3); i++) descriptions.put(tag(random), words(random, 30));
        var languages = new ArrayList<LanguageTag>();
        for (int i = 0; i < random.nextInt(3); i++) {
            var tag = tag(random);
            if (!tag.undetermined()
                    && languages.stream().noneMatch(l -> l.language().equals(tag.language()))) languages.add(tag);
        }
        var terms = new ArrayList<Term>();
        for (var name : List.of(
                "publisher",
                "subject",
                "contributor",
                "abstract",
                "temporal",
                "provenance",
                "audience",
                "conformsTo",
                "hasPart",
                "references")) if (random.nextInt(3) == 0) terms.add(new Term(name, words(random, 3), tag(random), ""));
        return new Item(
                        new ItemId("r" + number),
                        new LanguageMap(titles),
                        List.of("Text", "Sound", "StillImage", "Collection", "Dataset", "Event")
                                .get(random.nextInt(6)),
                        languages,
                        new LanguageMap(descriptions),
                        random.nextBoolean() ? List.of() : List.of("Tên " + random.nextInt(50), "Họ, Tên"),
                        random.nextBoolean() ? "" : "19" + (10 + random.nextInt(90)),
                        random.nextBoolean() ? List.of() : List.of("EG03"),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new Place(
                                        "Sơn La", random.nextInt(2000) / 100.0, random.nextInt(36000) / 100.0 - 180)),
                        random.nextBoolean() ? "" : words(random, 3),
                        Access.OPEN,
                        List.of(),
                        List.of(),
                        random.nextBoolean() ? List.of() : List.of("https://example.org/" + random.nextInt(1000)),
                        "",
                        "")
                .withTerms(terms);
    }

    private static LanguageTag tag(Random random) {
        return new LanguageTag(TAGS.get(random.nextInt(TAGS.size())));
    }

    private static String words(Random random, int most) {
        var words = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(most); i++) words.add(WORDS.get(random.nextInt(WORDS.size())));
        words.add("w" + random.nextInt(10000));
        return String.join(" ", words);
    }
}
