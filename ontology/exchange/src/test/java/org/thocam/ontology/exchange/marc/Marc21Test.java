package org.thocam.ontology.exchange.marc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.marc4j.marc.DataField;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.Samples;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.formats.Crosswalks;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class Marc21Test {
    private static final Path SCHEMAS = Path.of(System.getProperty("thocam.root", "../.."), "..", "shared", "schemas");

    static String xml(Item item) throws Exception {
        var text = new StringWriter();
        var out = new XmlOut(text);
        Crosswalks.of("marc21").orElseThrow().write(Samples.record(item), out);
        out.flush();
        return text.toString();
    }

    static Element element(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    static Description read(String xml) throws Exception {
        var root = element(xml);
        return Crosswalks.reader(root).orElseThrow().read(root);
    }

    private static Schema schema() throws Exception {
        var file = new File(SCHEMAS.toFile(), "MARC21slim.xsd");
        org.junit.jupiter.api.Assumptions.assumeTrue(file.exists(), file + " is not there");
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(file);
    }

    private static List<DataField> fields(Item item, String tag) {
        return Marc21.record(Samples.record(item)).getDataFields().stream()
                .filter(field -> field.getTag().equals(tag))
                .toList();
    }

    private static Item titled(String tag, String title, String... languages) {
        var full = Samples.full();
        return new Item(
                full.id(),
                LanguageMap.of(new LanguageTag(tag), title),
                "Text",
                Stream.of(languages).map(LanguageTag::new).toList(),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                java.util.Optional.empty(),
                "",
                full.access(),
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    @Test
    void whatWeWriteIsValid() throws Exception {
        var validator = schema().newValidator();
        validator.validate(new StreamSource(new StringReader(xml(Samples.full()))));
        var random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            var xml = xml(Samples.random(random, i));
            validator.validate(new StreamSource(new StringReader(xml)));
        }
    }

    @Test
    void fixedFieldsHaveTheirLengths() {
        var record = Marc21.record(Samples.record(Samples.full()));
        var fields = record.getControlFields().stream()
                .collect(Collectors.toMap(field -> field.getTag(), field -> field.getData()));
        assertEquals("tc-fe001", fields.get("001"));
        assertEquals("thocam.example.vn", fields.get("003"));
        assertEquals("20260304050607.0", fields.get("005"));
        assertEquals(14, fields.get("007").length());
        assertEquals("260304e20190517vm |||||o|||||||||||tai d", fields.get("008"));
        assertEquals(40, fields.get("008").length());
        // a part of a collection of songs: a component part
        assertEquals('i', record.getLeader().getTypeOfRecord());
        assertEquals("a ", new String(record.getLeader().getImplDefined1()));
        assertEquals('a', record.getLeader().getCharCodingScheme());
    }

    @Test
    void theOriginalStandsIn880BesideTheLatinTitle() {
        var title = fields(Samples.full(), "245").get(0);
        var original = fields(Samples.full(), "880").get(0);
        assertEquals("880-01", title.getSubfield('6').getData());
        assertEquals("Lễ Xên Mường của người Thái", title.getSubfield('a').getData());
        assertEquals("245-01", original.getSubfield('6').getData());
        assertEquals("ꪼꪕꪒꪾ", original.getSubfield('a').getData());
    }

    @Test
    void onlyAnOriginalIsTransliterated() throws Exception {
        var item = titled("lo", "ເມືອງ", "lo");
        assertEquals("muang", fields(item, "245").get(0).getSubfield('a').getData());
        assertEquals("ເມືອງ", fields(item, "880").get(0).getSubfield('a').getData());
        assertEquals(item.title(), read(xml(item)).title());
    }

    @Test
    void aScriptThatMarcHasACodeForIsNamedInTheLink() {
        assertEquals("/$1", Scripts.linkCode("漢喃"));
        assertEquals("/(3/r", Scripts.linkCode("چم"));
        assertEquals("", Scripts.linkCode("ꪼꪕꪒꪾ"));
    }

    @Test
    void aLanguageWithoutAMarcCodeIsSaidInIso639() {
        var fields = fields(Samples.full(), "041");
        assertEquals(
                List.of("tai", "vie"),
                fields.get(0).getSubfields('a').stream().map(s -> s.getData()).toList());
        assertEquals(
                List.of("blt", "vie"),
                fields.get(1).getSubfields('a').stream().map(s -> s.getData()).toList());
        assertEquals("iso639-3", fields.get(1).getSubfield('2').getData());
        assertEquals("und", MarcTables.code(new LanguageTag("xyz")));
        assertEquals("khm", MarcTables.code(new LanguageTag("km")));
        assertEquals("chi", MarcTables.code(new LanguageTag("zh")));
        assertEquals("mkh", MarcTables.code(new LanguageTag("bdq")));
    }

    @Test
    void theSubfieldInWhichSystemsLinkAHeadingToItsAuthorityIsLeftToThem() throws Exception {
        for (var tag : List.of("100", "648", "650", "651", "655", "700", "751"))
            for (var heading : fields(Samples.full(), tag)) assertEquals(List.of(), heading.getSubfields('9'), tag);
        var link = fields(Samples.full(), "648").get(0).getSubfield('8').getData();
        assertTrue(link.matches("[1-9][0-9]*\\\\u"), link);
        var local = fields(Samples.full(), "989").stream()
                .filter(field -> field.getSubfield('8').getData().equals(link))
                .toList();
        assertEquals("lang:vi", local.get(0).getSubfield('9').getData());
    }

    @Test
    void theFullItemComesBack() throws Exception {
        assertEquals(kept(Samples.full()), came(read(xml(Samples.full())), Samples.full()));
    }

    @Test
    void whatWeWriteComesBack() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("Marc21Test seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var item = Samples.random(random, i);
            assertEquals(kept(item), came(read(xml(item)), item), "seed " + seed + ", item " + i + "\n" + xml(item));
        }
    }

    /** All that MARC carries; the README lists what it does not. */
    private record Kept(
            LanguageMap title,
            String type,
            List<LanguageTag> languages,
            LanguageMap description,
            List<String> creators,
            String date,
            List<String> people,
            Object place,
            String rights,
            Set<String> identifiers,
            Set<Term> terms) {}

    private static String nfc(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC);
    }

    private static LanguageMap nfc(LanguageMap map) {
        return new LanguageMap(
                map.texts().entrySet().stream().collect(Collectors.toMap(e -> e.getKey(), e -> nfc(e.getValue()))));
    }

    private static Set<Term> nfc(List<Term> terms) {
        return terms.stream()
                .map(t -> new Term(t.name(), nfc(t.value()), t.language(), t.qualifier()))
                .collect(Collectors.toSet());
    }

    private static Kept kept(Item item) {
        return new Kept(
                nfc(item.title()),
                item.type(),
                item.languages().stream().filter(tag -> !tag.undetermined()).toList(),
                nfc(item.description()),
                item.creators(),
                item.date(),
                item.people(),
                item.place(),
                nfc(item.rights()),
                new HashSet<>(item.identifiers()),
                nfc(item.terms()));
    }

    /** Without our own names and addresses, which a record has beside what the item says. */
    private static Kept came(Description read, Item item) {
        var own = Samples.LINKS;
        var identifiers = new HashSet<>(read.identifiers());
        identifiers.remove("(" + own.domain() + ")" + item.id());
        identifiers.remove(own.page(item.id()));
        item.files().forEach(file -> identifiers.remove(own.file(item.id(), file.name())));
        return new Kept(
                read.title(),
                read.type(),
                read.languages(),
                read.description(),
                read.creators(),
                read.date(),
                read.people(),
                read.place(),
                read.rights(),
                identifiers,
                new HashSet<>(read.terms()));
    }

    @Test
    void oddLeadersAndFixedFieldsAreNoFault() throws Exception {
        for (var leader : List.of("", "x", "0".repeat(24), "00000" + "\u00e9".repeat(30)))
            for (var general : List.of("", "1", "|".repeat(40), "x".repeat(39), "9".repeat(45))) {
                var xml = "<record xmlns='http://www.loc.gov/MARC21/slim'><leader>" + leader
                        + "</leader><controlfield tag='008'>"
                        + general
                        + "</controlfield><controlfield/><datafield tag='245' ind1='' ind2='abc'><subfield code='a'>T"
                        + "</subfield><subfield/></datafield><datafield tag=''/><datafield tag='880' ind1=' ' ind2=' '><subfield code='6'>x"
                        + "</subfield></datafield></record>";
                assertEquals("T", read(xml).title().shown());
            }
    }

    @Test
    void anotherLibrarysPairsLanguagesAndHeadingsAreRead() throws Exception {
        var read = read("<record><leader>00000cam a2200000 a 4500</leader>"
                + "<controlfield tag='001'>12</controlfield><controlfield tag='003'>VN-X</controlfield>"
                + "<controlfield tag='008'>" + "790321s1952    vm  a    b    000 0 lao  " + "</controlfield>"
                + field("245", "10", "6", "880-02", "a", "Muang Lao /", "c", "Somphong.")
                + field("880", "10", "6", "245-02", "a", "ເມືອງລາວ")
                + field("100", "1 ", "a", "Kham, Di,", "d", "1930-", "e", "author.")
                + field("700", "1 ", "a", "Lo, Van.", "4", "trl")
                + field("260", "  ", "a", "Hà Nội :", "b", "Khoa học xã hội,", "c", "1952.")
                + field("650", " 7", "a", "Ê Đê", "2", "vn")
                + field("650", " 0", "a", "Laos", "x", "History.")
                + field("651", " 0", "a", "Sơn La")
                + field("034", "0 ", "d", "E1040000", "e", "E1050000", "f", "N0220000", "g", "N0210000")
                + "</record>");
        assertEquals("Muang Lao", read.title().texts().get(new LanguageTag("lo-Latn")));
        assertEquals("ເມືອງລາວ", read.title().texts().get(new LanguageTag("lo")));
        assertEquals(List.of(new LanguageTag("lo")), read.languages());
        assertEquals(List.of("Kham, Di, 1930-"), read.creators());
        assertEquals("1952", read.date());
        assertEquals(
                List.of(org.thocam.ontology.reference.People.named("Ê Đê")
                        .orElseThrow()
                        .id()),
                read.people());
        assertTrue(read.identifiers().contains("(VN-X)12"));
        assertTrue(read.terms().contains(new Term("publisher", "Khoa học xã hội", LanguageTag.UNDETERMINED, "")));
        assertTrue(read.terms().contains(new Term("contributor", "Lo, Van.", LanguageTag.UNDETERMINED, "translator")));
        assertTrue(read.terms().contains(new Term("subject", "Laos--History.", LanguageTag.UNDETERMINED, "LCSH")));
        assertEquals(21.5, read.place().orElseThrow().lat());
        assertFalse(read.terms().stream().anyMatch(term -> term.value().equals("Ê Đê")));
    }

    private static String field(String tag, String indicators, String... subs) {
        var text = new StringBuilder("<datafield tag='" + tag + "' ind1='" + indicators.charAt(0) + "' ind2='"
                + indicators.charAt(1) + "'>");
        for (int i = 0; i < subs.length; i += 2)
            text.append("<subfield code='" + subs[i] + "'>" + subs[i + 1] + "</subfield>");
        return text + "</datafield>";
    }

    private static Description withFields(String fields) throws Exception {
        return read("<record xmlns='http://www.loc.gov/MARC21/slim'><leader>00000nam a2200000 u 4500</leader>" + fields
                + "<datafield tag='245' ind1='0' ind2='0'><subfield code='a'>T</subfield></datafield></record>");
    }

    private static String access(String ind1, String more) {
        return "<datafield tag='506' ind1='" + ind1 + "' ind2=' '><subfield code='a'>Chỉ cho người của bản</subfield>"
                + more + "</datafield>";
    }

    @Test
    void aStatementOfRestrictionIsNotLost() throws Exception {
        var restricted = new Access.Restricted(List.of());
        assertEquals(Access.OPEN, withFields("").access());
        assertEquals(restricted, withFields(access("1", "")).access());
        assertEquals("Chỉ cho người của bản", withFields(access("1", "")).rights());
        assertEquals(Access.OPEN, withFields(access("0", "")).access());
        // no information whether it restricts: its words are kept
        assertEquals(Access.OPEN, withFields(access(" ", "")).access());
        assertEquals("Chỉ cho người của bản", withFields(access(" ", "")).rights());
        assertEquals(restricted, withFields(access("1", "") + access("0", "")).access());
        var day = new Access.Embargoed(LocalDate.of(2031, 2, 3), List.of());
        assertEquals(
                day,
                withFields(access("1", "<subfield code='g'>20310203</subfield>"))
                        .access());
        assertEquals(
                restricted,
                withFields(access("1", "<subfield code='g'>20310299</subfield>"))
                        .access());
    }

    @Test
    void anEmbargoOfOursComesBackAsOne() throws Exception {
        var item = Samples.full();
        var embargo = new Access.Embargoed(LocalDate.of(2031, 1, 2), List.of());
        var closed = new Item(
                item.id(),
                item.title(),
                item.type(),
                item.languages(),
                item.description(),
                item.creators(),
                item.date(),
                item.people(),
                item.place(),
                "",
                embargo,
                item.sets(),
                item.files(),
                item.identifiers(),
                "",
                "");
        assertEquals(embargo, read(xml(closed)).access());
        assertEquals("", read(xml(closed)).rights());
    }

    @Test
    void aNumberIsNamedWithWhoGaveIt() throws Exception {
        var number = "<controlfield tag='001'>17</controlfield>";
        var own =
                "<datafield tag='040' ind1=' ' ind2=' '><subfield code='a'>VN-A</subfield><subfield code='c'>VN-A</subfield></datafield>";
        var copied =
                "<datafield tag='040' ind1=' ' ind2=' '><subfield code='a'>DLC</subfield><subfield code='d'>VN-A</subfield></datafield>";
        assertEquals(List.of("(VN-A)17"), withFields(number + own).identifiers());
        assertEquals(List.of("17"), withFields(number + copied).identifiers());
        assertEquals(List.of("17"), withFields(number).identifiers());
        assertEquals(
                List.of("(VN-B)17"),
                withFields(number + "<controlfield tag='003'>VN-B</controlfield>" + own)
                        .identifiers());
    }
}
