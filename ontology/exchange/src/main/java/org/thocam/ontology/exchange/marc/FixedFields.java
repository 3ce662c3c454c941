package org.thocam.ontology.exchange.marc;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.marc4j.marc.Leader;
import org.marc4j.marc.impl.LeaderImpl;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;

/** Leader, 005, 007 and 008. MARC 21 bibliographic; the type of record as in LoC's Dublin Core to MARC crosswalk. */
final class FixedFields {
    private static final DateTimeFormatter ENTERED =
            DateTimeFormatter.ofPattern("yyMMdd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CHANGED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'.0'").withZone(ZoneOffset.UTC);
    /** No attempt to code. */
    private static final char FILL = '|';

    private FixedFields() {}

    static Leader leader(CatalogueRecord record) {
        var leader = new LeaderImpl();
        leader.setRecordStatus(record.version().number() > 1 ? 'c' : 'n');
        leader.setTypeOfRecord(typeOfRecord(record));
        leader.setImplDefined1(new char[] {level(record), ' '});
        leader.setCharCodingScheme('a');
        leader.setIndicatorCount(2);
        leader.setSubfieldCodeLength(2);
        // level and rules of description are the depositor's own: unknown, and none is claimed
        leader.setImplDefined2(new char[] {'u', 'u', ' '});
        leader.setEntryMap("4500".toCharArray());
        return leader;
    }

    static char typeOfRecord(CatalogueRecord record) {
        return switch (record.item().type()) {
            case "Text" -> 'a';
            case "Sound" -> 'i';
            case "MovingImage" -> 'g';
            case "StillImage", "Image" -> 'k';
            case "Dataset", "Software", "InteractiveResource", "Service" -> 'm';
            case "PhysicalObject", "Event" -> 'r';
            case "Collection" -> 'p';
            default -> ofFiles(record);
        };
    }

    private static char ofFiles(CatalogueRecord record) {
        var kinds = record.mediaTypes().stream()
                .map(type -> type.split("/")[0])
                .distinct()
                .toList();
        if (kinds.size() != 1) return 'a';
        return switch (kinds.get(0)) {
            case "audio" -> 'i';
            case "video" -> 'g';
            case "image" -> 'k';
            default -> 'a';
        };
    }

    private static char level(CatalogueRecord record) {
        if (record.item().type().equals("Collection")) return 'c';
        return Terms.hosts(record).isEmpty() ? 'm' : 'a';
    }

    static String changed(CatalogueRecord record) {
        return CHANGED.format(record.datestamp());
    }

    /** An electronic resource, remote; of its other positions nothing is said. Empty for an item without files. */
    static String electronic(CatalogueRecord record) {
        return record.item().files().isEmpty() ? "" : "cr |n|||||||||";
    }

    static String general(CatalogueRecord record) {
        var text = new StringBuilder(40)
                .append(ENTERED.format(record.datestamp()))
                .append(dates(record))
                .append("vm ");
        var specific = String.valueOf(FILL).repeat(17).toCharArray();
        // where the form of the item stands, depends on the type of record
        int form = "gkor".indexOf(typeOfRecord(record)) >= 0 ? 29 : 23;
        specific[form - 18] = record.item().files().isEmpty() ? FILL : 'o';
        var language = record.languages().stream().findFirst().orElse(LanguageTag.UNDETERMINED);
        return text.append(specific)
                .append(MarcTables.code(language))
                .append(" d")
                .toString();
    }

    private static String dates(CatalogueRecord record) {
        var exact = record.date().orElse("");
        if (exact.length() >= 10) return "e" + exact.substring(0, 4) + exact.substring(5, 7) + exact.substring(8, 10);
        if (exact.length() == 7) return "e" + exact.substring(0, 4) + exact.substring(5, 7) + "  ";
        return record.year().map(year -> "s" + year + "    ").orElse("nuuuuuuuu");
    }
}
