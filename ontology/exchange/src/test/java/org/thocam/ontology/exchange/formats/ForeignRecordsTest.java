package org.thocam.ontology.exchange.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.reference.People;

/** Records in the shapes in which other systems give them; the works that they describe are made up. */
class ForeignRecordsTest {
    private static final LanguageTag UND = LanguageTag.UNDETERMINED;

    @Test
    void dspaceSimple() {
        var read = read(
                """
                <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                  <dc:title>Hát then của người Tày</dc:title>
                  <dc:title>Then songs</dc:title>
                  <dc:creator>Nông, Thị D</dc:creator>
                  <dc:subject>Tày</dc:subject><dc:subject>Âm nhạc</dc:subject>
                  <dc:description>Luận văn</dc:description>
                  <dc:date>2014-05-06T03:04:05Z</dc:date><dc:date>2014-05-06T03:04:05Z</dc:date><dc:date>2010</dc:date>
                  <dc:type>Thesis</dc:type><dc:type>text</dc:type>
                  <dc:identifier>http://repo.example.vn/handle/123/4</dc:identifier>
                  <dc:language>vi_VN</dc:language><dc:language>Tiếng Anh; vn</dc:language>
                  <dc:coverage>Cao Bằng</dc:coverage><dc:coverage>1990-2000</dc:coverage>
                  <dc:rights/>
                </oai_dc:dc>""");
        assertEquals("Hát then của người Tày", read.title().texts().get(UND));
        assertEquals(List.of("EG02"), read.people());
        assertEquals("2010", read.date());
        assertEquals("Text", read.type());
        assertEquals(List.of(new LanguageTag("vi-VN"), new LanguageTag("en")), read.languages());
        assertEquals(Optional.of(new Place("Cao Bằng", null, null)), read.place());
        assertEquals(
                Set.of(
                        Term.of("alternative", "Then songs"),
                        Term.of("available", "2014-05-06T03:04:05Z"),
                        Term.of("type", "Thesis"),
                        Term.of("subject", "Âm nhạc"),
                        Term.of("temporal", "1990-2000")),
                Set.copyOf(read.terms()));
        assertEquals("", read.rights());
    }

    @Test
    void dspaceIntermediateMetadata() {
        var read = read(
                """
                <dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim">
                  <dim:field mdschema="dc" element="title" lang="vi_VN">Dệt thổ cẩm</dim:field>
                  <dim:field mdschema="dc" element="title" qualifier="alternative" lang="en">Brocade</dim:field>
                  <dim:field mdschema="dc" element="contributor" qualifier="author">Hà, Văn E</dim:field>
                  <dim:field mdschema="dc" element="contributor" qualifier="advisor">Vi, Thị F</dim:field>
                  <dim:field mdschema="dc" element="date" qualifier="accessioned">2014-05-06T03:04:05Z</dim:field>
                  <dim:field mdschema="dc" element="date" qualifier="issued">2012-11</dim:field>
                  <dim:field mdschema="dc" element="description" qualifier="abstract" lang="vi">Tóm tắt</dim:field>
                  <dim:field mdschema="dc" element="description" qualifier="provenance">Submitted by x@y</dim:field>
                  <dim:field mdschema="dc" element="subject" qualifier="ddc">746</dim:field>
                  <dim:field mdschema="dc" element="language" qualifier="iso">vie</dim:field>
                  <dim:field mdschema="dc" element="identifier" qualifier="uri">http://hdl.handle.net/123/5</dim:field>
                  <dim:field mdschema="dc" element="relation" qualifier="ispartofseries">Tập san</dim:field>
                  <dim:field mdschema="local" element="note">ours alone</dim:field>
                </dim:dim>""");
        assertEquals("Dệt thổ cẩm", read.title().texts().get(new LanguageTag("vi-VN")));
        assertEquals(List.of("Hà, Văn E"), read.creators());
        assertEquals("2012-11", read.date());
        assertEquals("Tóm tắt", read.description().texts().get(new LanguageTag("vi")));
        assertEquals(
                Set.of(
                        new Term("alternative", "Brocade", new LanguageTag("en"), ""),
                        new Term("contributor", "Vi, Thị F", UND, "advisor"),
                        new Term("subject", "746", UND, "DDC"),
                        Term.of("isPartOf", "Tập san")),
                Set.copyOf(read.terms()));
    }

    @Test
    void dspaceQualified() {
        var read = read(
                """
                <dcterms:record xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                  <dc:title>Nhà rông</dc:title>
                  <dcterms:abstract>Về nhà rông</dcterms:abstract>
                  <dcterms:issued>2009-01</dcterms:issued>
                  <dcterms:dateAccepted>2009-02-03T00:00:00Z</dcterms:dateAccepted>
                  <dcterms:spatial xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:Point">name=Kon Tum; east=108; north=14.35</dcterms:spatial>
                </dcterms:record>""");
        assertEquals("2009-01", read.date());
        assertEquals(Optional.of(new Place("Kon Tum", 14.35, 108.0)), read.place());
        assertTrue(read.terms().contains(Term.of("abstract", "Về nhà rông")));
    }

    @Test
    void modsOfACatalogue() {
        var read = read(
                """
                <modsCollection xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink"><mods version="3.5">
                  <titleInfo><nonSort>The </nonSort><title>weavers</title><subTitle>a study</subTitle></titleInfo>
                  <titleInfo type="alternative"><title>Thợ dệt</title></titleInfo>
                  <name type="personal"><namePart>Doe, Jane</namePart><namePart type="date">1950-</namePart>
                    <role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role></name>
                  <name><namePart type="given">An</namePart><namePart type="family">Lê</namePart>
                    <role><roleTerm type="text">illustrator</roleTerm></role></name>
                  <typeOfResource>text</typeOfResource><genre authority="marcgt">bibliography</genre>
                  <originInfo><place><placeTerm type="code" authority="marccountry">vm</placeTerm></place>
                    <publisher>Nhà xuất bản thử</publisher><dateIssued>[1998]</dateIssued>
                    <dateIssued encoding="marc">1998</dateIssued></originInfo>
                  <language><languageTerm authority="iso639-2b" type="code">vie</languageTerm></language>
                  <language><languageTerm authority="iso639-3" type="code">blt</languageTerm><scriptTerm authority="iso15924" type="code">Latn</scriptTerm></language>
                  <physicalDescription><extent>x, 200 p.</extent></physicalDescription>
                  <note>Includes index.</note>
                  <subject authority="lcsh"><topic>Weaving</topic><geographic>Vietnam</geographic></subject>
                  <subject><geographic>Hòa Bình</geographic><cartographics><coordinates>20.8, 105.3</coordinates></cartographics></subject>
                  <relatedItem type="series"><titleInfo><title>Studies</title></titleInfo></relatedItem>
                  <identifier type="isbn">9786041000002</identifier><identifier type="isbn" invalid="yes">1</identifier>
                  <accessCondition type="use and reproduction" xlink:href="http://creativecommons.org/licenses/by/4.0/"/>
                </mods></modsCollection>""");
        assertEquals("The weavers: a study", read.title().texts().get(UND));
        assertEquals(List.of("Doe, Jane"), read.creators());
        assertEquals("Text", read.type());
        assertEquals("[1998]", read.date());
        assertEquals(List.of(new LanguageTag("vi"), new LanguageTag("blt-Latn")), read.languages());
        assertEquals(Optional.of(new Place("Hòa Bình", 20.8, 105.3)), read.place());
        assertEquals(List.of("9786041000002"), read.identifiers());
        assertEquals("http://creativecommons.org/licenses/by/4.0/", read.rights());
        assertEquals("Includes index.", read.description().texts().get(UND));
        assertEquals(
                Set.of(
                        Term.of("alternative", "Thợ dệt"),
                        new Term("contributor", "Lê, An", UND, "illustrator"),
                        new Term("type", "bibliography", UND, "marcgt"),
                        Term.of("publisher", "Nhà xuất bản thử"),
                        Term.of("issued", "[1998]"),
                        Term.of("issued", "1998"),
                        Term.of("extent", "x, 200 p."),
                        new Term("subject", "Weaving--Vietnam", UND, "lcsh"),
                        Term.of("isPartOf", "Studies")),
                Set.copyOf(read.terms()));
    }

    @Test
    void languageArchive() {
        var read = read(
                """
                <olac:olac xmlns:olac="http://www.language-archives.org/OLAC/1.1/" xmlns="http://purl.org/dc/elements/1.1/"
                    xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                  <title>Jarai wordlist</title>
                  <dcterms:alternative xml:lang="vi">Từ vựng Gia Rai</dcterms:alternative>
                  <contributor xsi:type="olac:role" olac:code="speaker">Rmah G</contributor>
                  <contributor xsi:type="olac:role" olac:code="wizard">Nobody</contributor>
                  <subject xsi:type="olac:language" olac:code="jra"/>
                  <subject xsi:type="olac:linguistic-field" olac:code="lexicography"/>
                  <language xsi:type="olac:language" olac:code="en"/>
                  <type xsi:type="olac:linguistic-type" olac:code="lexicon"/>
                  <type xsi:type="dcterms:DCMIType">Sound</type>
                  <date xsi:type="dcterms:W3CDTF">1966-07</date>
                </olac:olac>""");
        assertEquals("Từ vựng Gia Rai", read.title().texts().get(new LanguageTag("vi")));
        assertEquals(List.of(new LanguageTag("en")), read.languages());
        assertEquals("Sound", read.type());
        assertEquals(
                Set.of(
                        new Term("contributor", "Rmah G", UND, "speaker"),
                        Term.of("contributor", "Nobody"),
                        new Term("subject", "jra", UND, "olac:language"),
                        new Term("subject", "lexicography", UND, "olac:linguistic-field"),
                        new Term("type", "lexicon", UND, "olac:linguistic-type")),
                Set.copyOf(read.terms()));
    }

    @Test
    void aRecordWithoutATitleIsRefused() {
        var thrown = assertThrows(
                UnreadableRecordException.class,
                () -> read("<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\"/>"));
        assertTrue(thrown.getMessage().contains("no title"));
        assertThrows(
                UnreadableRecordException.class, () -> read("<modsCollection xmlns=\"http://www.loc.gov/mods/v3\"/>"));
    }

    @Test
    void theNamesThatAPeopleIsGivenInOneRecordAreOnePeople() {
        for (int i = 1; i <= 54; i++) {
            var id = "EG%02d".formatted(i);
            var names = Facts.names(People.ofId(id).orElseThrow()).stream()
                    .map(name -> "<dc:subject>" + name.text() + "</dc:subject>")
                    .collect(Collectors.joining());
            var read = read(
                    "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>t</dc:title>"
                            + names + "</oai_dc:dc>");
            assertEquals(List.of(id), read.people(), names);
            assertEquals(List.of(), read.terms(), names);
        }
    }

    private static Description read(String xml) {
        var root = Xml.parsed(xml);
        return Crosswalks.reader(root).orElseThrow().read(root);
    }
}
