package org.thocam.ontology.exchange.marc;

import javax.xml.stream.XMLStreamException;
import org.marc4j.marc.Record;
import org.marc4j.marc.impl.ControlFieldImpl;
import org.marc4j.marc.impl.DataFieldImpl;
import org.marc4j.marc.impl.LeaderImpl;
import org.marc4j.marc.impl.RecordImpl;
import org.marc4j.marc.impl.SubfieldImpl;
import org.thocam.ontology.exchange.XmlOut;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** marc4j's record as MARCXML and back. MARC21slim.xsd 1.2. */
final class MarcXml {
    static final String NAMESPACE = "http://www.loc.gov/MARC21/slim";

    private MarcXml() {}

    /** What stands within the root element. */
    static void write(Record record, XmlOut out) throws XMLStreamException {
        out.element("leader", leader(record));
        for (var field : record.getControlFields())
            out.start("controlfield")
                    .attribute("tag", field.getTag())
                    .text(field.getData())
                    .end();
        for (var field : record.getDataFields()) {
            out.start("datafield")
                    .attribute("tag", field.getTag())
                    .attribute("ind1", String.valueOf(field.getIndicator1()))
                    .attribute("ind2", String.valueOf(field.getIndicator2()));
            for (var sub : field.getSubfields())
                out.start("subfield")
                        .attribute("code", String.valueOf(sub.getCode()))
                        .text(sub.getData())
                        .end();
            out.end();
        }
    }

    private static String leader(Record record) {
        var leader = record.getLeader();
        return "00000" + leader.getRecordStatus() + leader.getTypeOfRecord() + new String(leader.getImplDefined1())
                + leader.getCharCodingScheme() + "2200000" + new String(leader.getImplDefined2()) + "4500";
    }

    /** Reads what is there; what has no tag or no code is passed by, as the oddities of a leader are. */
    static Record read(Element from) {
        var record = new RecordImpl();
        record.setLeader(leader(""));
        for (var node = from.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element element)) continue;
            var tag = element.getAttribute("tag").strip();
            switch (name(element)) {
                case "leader" -> record.setLeader(leader(element.getTextContent()));
                case "controlfield" -> {
                    if (tag.length() == 3) record.addVariableField(new ControlFieldImpl(tag, element.getTextContent()));
                }
                case "datafield" -> {
                    if (tag.length() == 3 && !tag.startsWith("00")) record.addVariableField(dataField(tag, element));
                }
                default -> {
                    // no part of the format
                }
            }
        }
        return record;
    }

    /** A leader of any length; a position that it does not have is blank. */
    static LeaderImpl leader(String text) {
        var full = String.format("%-24s", text);
        var leader = new LeaderImpl();
        leader.setRecordStatus(full.charAt(5));
        leader.setTypeOfRecord(full.charAt(6));
        leader.setImplDefined1(full.substring(7, 9).toCharArray());
        leader.setCharCodingScheme(full.charAt(9));
        leader.setIndicatorCount(2);
        leader.setSubfieldCodeLength(2);
        leader.setImplDefined2(full.substring(17, 20).toCharArray());
        leader.setEntryMap("4500".toCharArray());
        return leader;
    }

    private static DataFieldImpl dataField(String tag, Element from) {
        var field = new DataFieldImpl(tag, indicator(from, "ind1"), indicator(from, "ind2"));
        for (Node node = from.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element && name(element).equals("subfield")) {
                var code = element.getAttribute("code");
                if (code.length() == 1) field.addSubfield(new SubfieldImpl(code.charAt(0), element.getTextContent()));
            }
        return field;
    }

    private static char indicator(Element from, String name) {
        var value = from.getAttribute(name);
        return value.isEmpty() ? ' ' : value.charAt(0);
    }

    static String name(Element element) {
        return element.getLocalName() == null ? element.getTagName() : element.getLocalName();
    }
}
