package org.thocam.ontology.exchange.formats;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Subject;
import org.thocam.ontology.Term;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;

/** Records made for tests; what they tell is made up. */
final class Made {
    static final Links LINKS = new Links("https://thocam.example.vn", "thocam.example.vn", "Thư viện thử");
    private static final Instant THEN = Instant.parse("2026-11-20T08:09:10Z");

    private Made() {}

    static LanguageTag tag(String tag) {
        return new LanguageTag(tag);
    }

    static CatalogueRecord record(Item item, boolean lexicon) {
        return new CatalogueRecord(item, new Version(3), THEN, lexicon, LINKS);
    }

    static Item item(String id, Map<LanguageTag, String> title, String type, List<LanguageTag> languages) {
        return new Item(
                new ItemId(id),
                new LanguageMap(title),
                type,
                languages,
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    static CatalogueRecord bare() {
        return record(item("b1", Map.of(LanguageTag.UNDETERMINED, "A thing"), "", List.of()), false);
    }

    static CatalogueRecord dictionary() {
        var item = item(
                "d1",
                Map.of(tag("vi"), "Từ điển Thái – Việt", tag("en"), "Tai–Vietnamese dictionary"),
                "Text",
                List.of(tag("blt-Tavt"), tag("vi")));
        return record(item, true);
    }

    static CatalogueRecord embargoed() {
        var item = item("e1", Map.of(tag("vi"), "Bài cúng"), "Sound", List.of(tag("jra")));
        return record(
                new Item(
                        item.id(),
                        item.title(),
                        item.type(),
                        item.languages(),
                        item.description(),
                        item.creators(),
                        item.date(),
                        item.people(),
                        item.place(),
                        item.rights(),
                        new Access.Embargoed(LocalDate.of(2020, 1, 2), List.of("jarai")),
                        item.sets(),
                        item.files(),
                        item.identifiers(),
                        "",
                        ""),
                false);
    }

    static CatalogueRecord everything() {
        var terms = new ArrayList<Term>();
        for (var name : new TreeSet<>(Term.NAMES)) terms.add(new Term(name, "some " + name, tag("en"), ""));
        terms.add(new Term("contributor", "Lò Văn B", LanguageTag.UNDETERMINED, "speaker"));
        terms.add(new Term("contributor", "Cầm C", LanguageTag.UNDETERMINED, "illuminator of margins"));
        terms.add(new Term("subject", "weaving", tag("en"), "LCSH"));
        terms.add(new Term("subject", "https://id.example.org/weaving", LanguageTag.UNDETERMINED, ""));
        terms.add(new Term("issued", "2021-02-29", LanguageTag.UNDETERMINED, ""));
        terms.add(new Term("created", "1999-12", LanguageTag.UNDETERMINED, ""));
        terms.add(new Term("isPartOf", "https://thocam.example.vn/items/whole", LanguageTag.UNDETERMINED, ""));
        terms.add(new Term("license", "https://creativecommons.org/licenses/by/4.0/", LanguageTag.UNDETERMINED, ""));
        terms.add(new Term("type", "primary_text", LanguageTag.UNDETERMINED, "olac:linguistic-type"));
        var titles = Map.of(
                tag("vi"),
                "Tết & <cơm mới>",
                tag("en"),
                "New rice festival",
                tag("blt-Tavt"),
                "ꪹꪕꪣꪸꪫ",
                LanguageTag.UNDETERMINED,
                "Untold");
        return record(
                new Item(
                                new ItemId("a1"),
                                new LanguageMap(titles),
                                "Text",
                                List.of(tag("blt-Tavt"), tag("vi")),
                                new LanguageMap(
                                        Map.of(tag("vi"), "Một lễ hội.\n\nHai ngày.", tag("en"), "A festival.")),
                                List.of("Hoàng Thị A", "  "),
                                "2001-05-06",
                                List.of("EG03", "EG02", "a people of no list"),
                                Optional.of(new Place("Mường La; Sơn La = x", 21.52, 104.08)),
                                "CC BY 4.0",
                                Access.OPEN,
                                List.of("festival"),
                                List.of(
                                        file("tap/bài 1.pdf", "application/pdf"),
                                        file("tiếng.mp3", "audio/mpeg"),
                                        file("ảnh.jpg", "image/jpeg")),
                                List.of(
                                        "doi:10.5555/thocam.1",
                                        "ISBN 978-604-1-00000-2",
                                        "TV/12 a",
                                        "https://old.example.org/7"),
                                "",
                                "")
                        .withTerms(terms)
                        .withAbout(List.of(new Subject("d1/e1#sense-s1"), new Subject("urn:isbn:9786041000002"))),
                false);
    }

    static Bitstream file(String name, String mediaType) {
        return new Bitstream(name, mediaType, 12, "ab".repeat(64), TextState.OK, "");
    }

    /** One text in each script that the archive is for, and one with what XML cannot carry. */
    static List<String> scripts() {
        return List.of(
                "ꪼꪕ ꪒꪾ ꪁꪫꪱꪣ",
                "ꨌꩌ ꨚꨯꨱꨩ",
                "ភាសាខ្មែរ",
                "ພາສາລາວ",
                "𡨸喃 \uD85B\uDF2A",
                "tiếng Việt thường ngày",
                "bad\u0000\u0003\u001A\uFFFE\uFFFF\uD800 \u0085]]> &amp; <x/> end",
                "\u0000");
    }

    static CatalogueRecord random(Random random) {
        var titles = new TreeMap<LanguageTag, String>();
        for (int i = random.nextInt(3) + 1; i > 0; i--) titles.put(language(random), text(random));
        var descriptions = new TreeMap<LanguageTag, String>();
        for (int i = random.nextInt(3); i > 0; i--) descriptions.put(language(random), text(random));
        var languages = new ArrayList<LanguageTag>();
        for (int i = random.nextInt(3); i > 0; i--) languages.add(language(random));
        var terms = new ArrayList<Term>();
        var names = List.copyOf(new TreeSet<>(Term.NAMES));
        for (int i = random.nextInt(12); i > 0; i--)
            terms.add(new Term(
                    names.get(random.nextInt(names.size())),
                    text(random),
                    language(random),
                    one(random, "", "speaker", "DDC", "x y", "author", "olac:language", "olac:linguistic-type")));
        var files = new ArrayList<Bitstream>();
        for (int i = random.nextInt(3); i > 0; i--)
            files.add(file(
                    i + one(random, "ă b", "x", "a?#"), one(random, "image/png", "audio/mpeg", "application/x-y")));
        var access = random.nextInt(5) == 0 ? new Access.Embargoed(LocalDate.of(2019, 3, 4), List.of()) : Access.OPEN;
        var place = random.nextBoolean()
                ? Optional.<Place>empty()
                : Optional.of(
                        random.nextBoolean()
                                ? new Place(one(random, "", "Sơn La", text(random)), null, null)
                                : new Place(
                                        one(random, "", "a;b=c\\d"),
                                        random.nextDouble() * 180 - 90,
                                        random.nextDouble() * 360 - 180));
        var item = new Item(
                        new ItemId("r" + random.nextInt(1000)),
                        new LanguageMap(titles),
                        one(random, "", "Text", "Sound", "MovingImage", "Dataset", "song", "Event"),
                        languages,
                        new LanguageMap(descriptions),
                        some(random),
                        one(
                                random,
                                "",
                                "1999",
                                "2001-02",
                                "2001-02-30",
                                "thế kỷ 19",
                                "2020-01-01T10:00Z",
                                "2020-01-01T10:00:00Z",
                                text(random)),
                        random.nextBoolean()
                                ? List.of()
                                : List.of(one(random, "EG01", "EG03", "EG16", "xyz", text(random))),
                        place,
                        one(random, "", "CC BY", "http://creativecommons.org/licenses/by/4.0/.", text(random)),
                        access,
                        List.of(),
                        files,
                        some(random),
                        "",
                        "")
                .withTerms(terms);
        return record(item, random.nextInt(4) == 0);
    }

    static List<String> some(Random random) {
        var some = new ArrayList<String>();
        for (int i = random.nextInt(3); i > 0; i--)
            some.add(one(
                    random,
                    text(random),
                    "doi:10.1234/x",
                    "https://a.example/b",
                    "http://[bad",
                    " ",
                    "ISSN 1234-5678"));
        return some;
    }

    static LanguageTag language(Random random) {
        return tag(one(
                random,
                "vi",
                "en",
                "blt-Tavt",
                "blt",
                "cjm-Cham",
                "km",
                "und",
                "und-x-thu",
                "qaa-x-chut",
                "jra",
                "vi-Hani",
                "en-x-abc"));
    }

    static String text(Random random) {
        if (random.nextInt(3) == 0) return one(random, scripts().toArray(String[]::new));
        var text = new StringBuilder("t");
        for (int i = random.nextInt(12); i > 0; i--) {
            int c =
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> 0xAA80 + random.nextInt(0x60);
                        case 2 -> random.nextInt(0x11_0000);
                        default -> 'a' + random.nextInt(26);
                    };
            text.appendCodePoint(c);
        }
        return text.toString();
    }

    @SafeVarargs
    static <T> T one(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
