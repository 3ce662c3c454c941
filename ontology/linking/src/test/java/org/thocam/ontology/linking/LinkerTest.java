package org.thocam.ontology.linking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.MentionDecision;
import org.thocam.ontology.MentionDecision.Verdict;
import org.thocam.ontology.Place;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.Register;

class LinkerTest {
    private static final Register REGISTER = Judged.register();
    private static final Linker LINKER = Linker.of(REGISTER);

    private static List<String> linked(String language, String text) {
        return shown(LINKER.mentions(Judged.item("i", "1", language), text));
    }

    private static List<String> shown(List<Mention> mentions) {
        return mentions.stream()
                .map(mention -> mention.text() + " " + mention.entity())
                .toList();
    }

    private static MentionDecision decision(Verdict verdict, String entity, String surface, int ordinal, int second) {
        return new MentionDecision(
                verdict, entity, Mention.TEXT, surface, ordinal, "curator", Instant.ofEpochSecond(second));
    }

    private static List<Mention> decided(String text, MentionDecision... decisions) {
        return LINKER.mentions(Judged.item("i", "1", "vi").withDecisions(List.of(decisions)), text);
    }

    @Test
    void offsetsAreCodePointsOfTheUntouchedText() {
        var text = "𠀋𠀋 Người Ê Đê ở Đắk Lắk.";
        for (var form : List.of(text, Normalizer.normalize(text, Normalizer.Form.NFD))) {
            var mentions = LINKER.mentions(Judged.item("i", "1", "vi"), form);
            assertEquals(2, mentions.size(), mentions::toString);
            for (var mention : mentions) {
                int start = form.offsetByCodePoints(0, mention.start());
                int end = form.offsetByCodePoints(0, mention.end());
                assertEquals(mention.text(), form.substring(start, end));
            }
            assertEquals(form.equals(text) ? 9 : 12, mentions.get(0).start());
            assertEquals("EG12", mentions.get(0).entity());
            assertEquals("P63-66", mentions.get(1).entity());
        }
    }

    @Test
    void hyphensSpacesApostrophesAndTonePlacesAreOne() {
        for (var name : List.of("Ê-đê", "Ê Đê", "Êđê"))
            assertEquals(List.of(name + " EG12"), linked("vi", "Người " + name + " hát."));
        for (var name : List.of("H'Mông", "H’mông", "Hmông"))
            assertEquals(List.of(name + " EG08"), linked("vi", "Người " + name + " hát."));
        for (var name : List.of("Hòa Bình", "Hoà Bình"))
            assertEquals(List.of(name + " P63-17"), linked("vi", "Họ về " + name + " ngay."));
        assertEquals(List.of("Bru – Vân Kiều EG23"), linked("vi", "Người Bru – Vân Kiều hát."));
    }

    @Test
    void monthsOf2025SayWhichUnitItWas() {
        for (var date :
                List.of("Trước tháng 7/2025", "Trước ngày 1/7/2025", "Đến hết tháng 6 năm 2025", "Tháng 3/2025"))
            assertEquals(List.of("Lào Cai P63-10"), linked("vi", date + ", Lào Cai có hội xuân."));
        for (var date : List.of("Từ tháng 7/2025", "Sau ngày 30/6/2025", "Tháng 8 năm 2025"))
            assertEquals(List.of("Lào Cai P34-15"), linked("vi", date + ", Lào Cai có hội xuân."));
        assertEquals(List.of("Lao Cai P63-10"), linked("en", "Before July 2025 Lao Cai was smaller."));
        assertEquals(List.of("Lao Cai P34-15"), linked("en", "Since 1 July 2025 Lao Cai is larger."));
    }

    @Test
    void peoplesInAListAreDifferentOnes() {
        assertEquals(
                List.of("Tày EG02", "Nùng EG07", "Thái EG03"), linked("vi", "Người Tày, người Nùng và người Thái."));
        assertEquals(List.of("Tày EG02", "Thổ EG24", "Hoa EG04"), linked("vi", "Các dân tộc Tày, Thổ và Hoa."));
        assertEquals(List.of("Tày EG02", "Thái EG03"), linked("vi", "Tày và Thái là hai dân tộc."));
    }

    @Test
    void pluralsOfPeoplesButNotTheCitizensOfThailand() {
        assertEquals(List.of("Hmongs EG08", "Lo Los EG43"), linked("en", "Many Hmongs and Lo Los came."));
        assertEquals(List.of(), linked("en", "Some Thais flew home."));
    }

    @Test
    void spacesAndMarksThatNobodySeesDoNotPartNames() {
        for (var between :
                List.of(" ", "\u00A0", "\u202F", "\u2009", "\n", "\r\n", "\t", "\u200B", " \u2060", "\uFEFF "))
            assertEquals(
                    List.of("Sán" + between + "Dìu EG18"), linked("vi", "Người Sán" + between + "Dìu hát."), between);
        assertEquals(List.of(), linked("vi", "Người Sán\n\nDìu hát."));
        assertEquals(List.of("Mông EG08"), linked("vi", "Người \u200FMông\u200E hát."));
        assertEquals(List.of("Tày EG02"), linked("vi", "Người Tày\uDE00 hát \uD800."));
    }

    @Test
    void regionsHaveTheNamesThatASlashOrBracketsGiveThem() {
        assertEquals(List.of("Khu tự trị Tây Bắc PH-khutrithaimeo"), linked("vi", "Hồi Khu tự trị Tây Bắc còn đó."));
        assertEquals(
                List.of("Tay Bac Autonomous Region PH-khutrithaimeo"),
                linked("en", "It was in the Tay Bac Autonomous Region."));
    }

    @Test
    void commaPartsWhatAHyphenJoins() {
        assertEquals(List.of("Gié EG27", "Triêng EG27"), linked("vi", "Người Gié, người Triêng cùng đến."));
    }

    @Test
    void namesWithoutMarksOnlyWhereTheTextHasNone() {
        assertEquals(List.of("Muong EG06", "Hoa Binh P63-17"), linked("vi", "Nguoi Muong o Hoa Binh."));
        assertEquals(List.of(), linked("vi", "Bàn Tay ấy rất ấm."));
    }

    @Test
    void itemsMetadataChooseBetweenNamesakes() {
        var text = "Hội Lồng Tồng mở từ sáng sớm.";
        assertEquals(List.of(), linked("vi", text));
        var item = Judged.item("i", "1", "vi");
        var there = new Item(
                item.id(),
                item.title(),
                item.type(),
                item.languages(),
                item.description(),
                List.of(),
                "",
                List.of("EG02"),
                Optional.of(new Place("Định Hóa", null, null)),
                "",
                item.access(),
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
        assertEquals(List.of("Hội Lồng Tồng FE003"), shown(LINKER.mentions(there, text)));
    }

    @Test
    void titlesAndDescriptionsAreFields() {
        var item = Judged.item("i", "1", "vi");
        var described = new Item(
                item.id(),
                LanguageMap.of(new LanguageTag("vi"), "Lễ hội Katê của người Chăm"),
                item.type(),
                item.languages(),
                LanguageMap.of(new LanguageTag("en"), "The Cham of Ninh Thuan celebrate."),
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                item.access(),
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
        var mentions = LINKER.mentions(described, "");
        assertEquals(List.of("Lễ hội Katê FE076", "Chăm EG17", "Cham EG17", "Ninh Thuan P63-58"), shown(mentions));
        assertEquals(
                List.of("title@vi", "title@vi", "description@en", "description@en"),
                mentions.stream().map(Mention::field).toList());
        assertTrue(mentions.stream().noneMatch(mention -> mention.reasons().isEmpty()));
    }

    @Test
    void decisionsOfCuratorsSurviveAnotherText() {
        var reject = decision(Verdict.REJECT, "EG03", "Thái", 0, 1);
        var confirm = decision(Verdict.CONFIRM, "EG04", "hoa", 0, 2);
        var add = decision(Verdict.ADD, "PC-LA", "xứ Triệu Voi", 0, 3);
        var text = "Người Thái sang xứ Triệu Voi hái hoa.";
        var mentions = decided(text, reject, confirm, add);
        assertEquals(List.of("xứ Triệu Voi PC-LA", "hoa EG04"), shown(mentions));
        assertEquals(Mention.Review.ADDED, mentions.get(0).review());
        assertEquals(Mention.Review.CONFIRMED, mentions.get(1).review());
        assertEquals(1, mentions.get(1).confidence());
        var another = "Hôm qua, " + text + " Người Thái về rồi.";
        var again = decided(another, reject, confirm, add);
        assertEquals(List.of("xứ Triệu Voi PC-LA", "hoa EG04", "Thái EG03"), shown(again));
        assertEquals(another.indexOf("xứ"), again.get(0).start());
        assertEquals(List.of("Thái EG03"), shown(decided("Người Thái hát.", confirm, add)));
    }

    @Test
    void laterDecisionReplacesEarlierAndWinsOverWhatOverlaps() {
        var reject = decision(Verdict.REJECT, "EG03", "Thái", 0, 1);
        var confirm = decision(Verdict.CONFIRM, "EG03", "Thái", 0, 2);
        assertEquals(List.of("Thái EG03"), shown(decided("Người Thái hát.", confirm, reject)));
        assertEquals(
                List.of("Thái Lan EG03"),
                shown(decided("Hàng từ Thái Lan về.", decision(Verdict.ADD, "EG03", "Thái Lan", 0, 1))));
        assertEquals(List.of(), shown(decided("Không gì.", decision(Verdict.ADD, "EG99", "gì", 0, 1))));
    }

    /** As many decisions as an item may have, on words that stand everywhere, cost one look at the text. */
    @Test
    void decisionsStandWhereTheirWordsStandForTheSoManiethTime() {
        var text = "ab𝄞aba".repeat(200_000);
        var decisions = new ArrayList<MentionDecision>();
        var expected = new ArrayList<Integer>();
        for (int i = 0; i < 2_500; i++) {
            decisions.add(decision(Verdict.ADD, "EG01", "𝄞ab", 2 * i, i));
            expected.add(12 * i + 2);
            decisions.add(decision(Verdict.ADD, "EG01", "nowhere " + i, 0, i));
        }
        decisions.add(decision(Verdict.ADD, "EG02", "aab𝄞", 199_998, 1));
        expected.add(6 * 199_998 + 5);
        decisions.add(decision(Verdict.ADD, "EG02", "aab𝄞", 199_999, 1));
        var placed = new Decisions(decisions, id -> true).over(List.of(), Mention.TEXT, text);
        assertEquals(expected, placed.stream().map(Mention::start).toList());
        assertEquals(3, placed.get(0).end() - placed.get(0).start());
    }

    @Test
    void ordinalCountsAsDecisionsDo() {
        var text = "𠀋 Thái, Thái Lan, Thái";
        assertEquals(0, Linker.ordinal(text, "Thái", 2));
        assertEquals(1, Linker.ordinal(text, "Thái", 8));
        assertEquals(2, Linker.ordinal(text, "Thái", 18));
        assertEquals(-1, Linker.ordinal(text, "Thái", 3));
    }

    @Test
    void sameForManyThreadsAndEachTime() throws Exception {
        var text = new StringBuilder();
        for (var sentence : Judged.own("tune")) text.append(sentence.text()).append('\n');
        var item = Judged.item("i", "1", "vi");
        var once = LINKER.mentions(item, text.toString());
        assertFalse(once.isEmpty());
        var threads = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<List<Mention>>>();
            for (int n = 0; n < 12; n++) tasks.add(() -> LINKER.mentions(item, text.toString()));
            for (var done : threads.invokeAll(tasks)) assertEquals(once, done.get());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(once, Linker.of(Judged.register()).mentions(item, text.toString()));
    }

    @Test
    void mentionsStandWhereTheySayInAnyText() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var pieces = List.of(
                "Thái ",
                "người ",
                "Ê Đê",
                "-",
                "\n",
                ". ",
                "𠀋",
                "e\u0302\u0301",
                "Lào Cai ",
                "ꪼꪕꪒꪾ",
                "2025 ",
                "H'",
                "'s ",
                "lễ hội ",
                "Katê",
                "\u200b",
                "ភាសាខ្មែរ",
                "the ",
                "of ",
                "Dao",
                ",",
                "\ud800",
                "sáp nhập vào ",
                "Hà Giang");
        for (int n = 0; n < 300; n++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(40); piece >= 0; piece--)
                text.append(pieces.get(random.nextInt(pieces.size())));
            var whole = text.toString();
            for (var language : List.of("vi", "en", "rad")) {
                int last = 0;
                for (var mention : LINKER.mentions(Judged.item("i", "1", language), whole)) {
                    if (!mention.field().equals(Mention.TEXT)) continue;
                    int start = whole.offsetByCodePoints(0, mention.start());
                    int end = whole.offsetByCodePoints(0, mention.end());
                    assertEquals(mention.text(), whole.substring(start, end), "seed " + seed);
                    assertTrue(mention.start() >= last, "seed " + seed);
                    last = mention.end();
                }
            }
        }
    }

    @Test
    void manyMentionsAreCutAfterTheFirst() {
        var mentions = LINKER.mentions(Judged.item("i", "1", "vi"), "Người Thái hát. ".repeat(30_000));
        assertEquals(Linker.MOST_MENTIONS, mentions.size());
        assertEquals(6, mentions.get(0).start());
        assertEquals(
                16 * (Linker.MOST_MENTIONS - 1) + 6,
                mentions.get(Linker.MOST_MENTIONS - 1).start());
    }

    @Test
    void piecesOfLongTextsKeepTheirOffsets() {
        var filler = "Trời hôm nay mưa to. ".repeat(5_000);
        var mentions = LINKER.mentions(Judged.item("i", "1", "vi"), filler + "Người Mông hát.");
        assertEquals(List.of("Mông EG08"), shown(mentions));
        assertEquals(filler.length() + 6, mentions.get(0).start());
        assertEquals(List.of(), linked("vi", "a".repeat(300_000)));
    }

    @Test
    void editionIsOfNamesNotOfDescriptions() {
        assertEquals(LINKER.edition(), Linker.of(Judged.register()).edition());
        assertEquals(
                LINKER.edition(),
                Linker.of(with("FE076", "description_en", "Another word.")).edition());
        var renamed = Linker.of(with("FE076", "aliases", "Katê;Mbang Kate Ahier"));
        assertNotEquals(LINKER.edition(), renamed.edition());
        assertEquals(
                List.of("Mbang Kate Ahier FE076"),
                shown(renamed.mentions(Judged.item("i", "1", "vi"), "Họ dự Mbang Kate Ahier đông vui.")));
    }

    private static Register with(String id, String column, String value) {
        Collection<Entity> entities = REGISTER.all().stream()
                .map(entity -> {
                    if (!entity.id().equals(id)) return entity;
                    var cells = new LinkedHashMap<>(entity.cells());
                    cells.put(column, value);
                    return new Entity(id, cells, entity.sources(), entity.confidence(), entity.levels());
                })
                .toList();
        return new Register(entities, REGISTER.observations());
    }
}
