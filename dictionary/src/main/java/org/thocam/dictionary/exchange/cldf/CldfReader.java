package org.thocam.dictionary.exchange.cldf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** Reads a data set: all of its tables first, so that nothing is told of one that is broken; then its entries. */
final class CldfReader {
    private CldfReader() {}

    static CldfDataset read(Map<String, byte[]> files, Reading reading) throws FormatException, IOException {
        var metadata = Metadata.of(files);
        var faults = new ArrayList<Reading.Fault>();
        var unknown = new ArrayList<String>();
        load(metadata, files, new Reading() {
            @Override
            public void entry(String id, org.thocam.dictionary.entry.Entry entry) {}

            @Override
            public void fault(Fault fault) {
                faults.add(fault);
            }

            @Override
            public void unknown(String name) {
                unknown.add(name);
            }
        });
        References.settle(metadata, faults::add);
        metadata.component("LanguageTable").ifPresent(table -> languages(table, faults));
        faults.forEach(reading::fault);
        unknown.forEach(reading::unknown);
        entries(metadata, reading);
        return dataset(metadata, files);
    }

    /** Rows of all tables; what is not there stays empty. */
    static void load(Metadata metadata, Map<String, byte[]> files, Reading reading) throws FormatException {
        for (var table : metadata.tables) {
            var bytes = files.get(table.url);
            if (bytes != null) {
                TableRows.read(metadata, table, bytes, reading);
                continue;
            }
            table.present = false;
            reading.fault(new Reading.Fault(
                    table.url,
                    0,
                    "missing-table",
                    "want the file, which the metadata name; what refers to it is kept"));
        }
        var main = metadata.component(metadata.main());
        if (main.isEmpty() || !main.get().present)
            throw DatasetFiles.refused(
                    main.map(table -> table.url).orElse(metadata.name),
                    "missing-table",
                    "want a " + metadata.main() + ", found none");
        var needed = metadata.module() == CldfDataset.Module.WORDLIST
                ? List.of("id", "languageReference", "parameterReference", "form")
                : List.of("id", "languageReference", "headword");
        need(main.get(), needed);
        if (metadata.module() == CldfDataset.Module.DICTIONARY
                && metadata.component("SenseTable").isPresent())
            need(metadata.component("SenseTable").get(), List.of("id", "entryReference", "description"));
    }

    private static void need(CldfTable table, List<String> properties) throws FormatException {
        for (var property : properties)
            if (table.property(property).isEmpty())
                throw DatasetFiles.refused(
                        table.url, "missing-column", "want a column with the property " + CldfTable.TERMS + property);
    }

    private static void languages(CldfTable table, List<Reading.Fault> faults) {
        var glottocode =
                table.property("glottocode").map(CldfTable.Column::name).orElse("");
        var iso = table.property("iso639P3code").map(CldfTable.Column::name).orElse("");
        var isoOf = new HashMap<String, String>();
        var kept = new ArrayList<CldfTable.Row>();
        for (var row : table.rows) {
            kept.add(row);
            var code = row.cell(glottocode);
            var lect = "language '" + Shown.of(row.cell(table.id())) + "': ";
            if (code.isEmpty())
                faults.add(fault(table, row, "missing-glottocode", lect + "want a Glottocode, found none"));
            else if (!Lects.GLOTTOCODE.matcher(code).matches())
                faults.add(fault(
                        table,
                        row,
                        "wrong-glottocode",
                        lect + "want a Glottocode, such as bahn1262, found '" + Shown.of(code) + "'"));
            var three = row.cell(iso);
            if (!three.isEmpty() && !Lects.ISO.matcher(three).matches())
                faults.add(fault(
                        table,
                        row,
                        "wrong-iso639",
                        lect + "want a code of ISO 639-3, such as bdq, found '" + Shown.of(three) + "'"));
            var before = code.isEmpty() || three.isEmpty() ? null : isoOf.putIfAbsent(code, three);
            if (before != null && !before.equals(three))
                faults.add(fault(
                        table,
                        row,
                        "wrong-glottocode",
                        lect + "want one language for " + code + ", found '" + Shown.of(three) + "', and above '"
                                + Shown.of(before) + "'"));
        }
        table.rows = kept;
    }

    private static Reading.Fault fault(CldfTable table, CldfTable.Row row, String code, String message) {
        return new Reading.Fault(
                table.url, row.line(), code, message + ". The code is not used; the words of the language are kept");
    }

    private static void entries(Metadata metadata, Reading reading) {
        var mapping = new EntryMapping(metadata);
        var senses = new HashMap<String, List<EntryMapping.OfSense>>();
        var bySense = new HashMap<String, EntryMapping.OfSense>();
        mapping.senses.ifPresent(table -> {
            var reference = table.property("entryReference").orElseThrow().name();
            for (var row : table.rows) {
                var sense = new EntryMapping.OfSense(row.cells(), new ArrayList<>());
                bySense.put(row.cell(table.id()), sense);
                senses.computeIfAbsent(row.cell(reference), id -> new ArrayList<>())
                        .add(sense);
            }
        });
        mapping.examples.ifPresent(table -> {
            var reference = mapping.senseReference(table).orElseThrow();
            var orphans = new ArrayList<CldfTable.Row>();
            for (var row : table.rows) {
                boolean hangs = false;
                for (var id : reference.items(row.cell(reference.name())))
                    if (bySense.containsKey(id))
                        hangs |= bySense.get(id).examples().add(row.cells());
                if (!hangs) orphans.add(row);
            }
            table.rows = orphans;
        });
        var attached = new HashMap<String, List<EntryMapping.Attached>>();
        for (var table : mapping.attached()) {
            var reference = mapping.entryReference(table).orElseThrow().name();
            var orphans = new ArrayList<CldfTable.Row>();
            for (var row : table.rows) {
                if (!row.cells().containsKey(reference)) orphans.add(row);
                else
                    attached.computeIfAbsent(row.cell(reference), id -> new ArrayList<>())
                            .add(new EntryMapping.Attached(table, row.cells()));
            }
            table.rows = orphans;
        }
        for (var row : mapping.main.rows) {
            var id = row.cell(mapping.main.id());
            reading.entry(
                    id,
                    mapping.entry(new EntryMapping.Bundle(
                            id,
                            row.cells(),
                            senses.getOrDefault(id, List.of()),
                            attached.getOrDefault(id, List.of()))));
        }
        mapping.main.rows = new ArrayList<>();
        mapping.senses.ifPresent(table -> table.rows = new ArrayList<>());
    }

    private static CldfDataset dataset(Metadata metadata, Map<String, byte[]> files)
            throws IOException, FormatException {
        standard(metadata);
        var kept = new TreeMap<String, byte[]>();
        for (var table : metadata.tables) if (table.present) kept.put(table.url, table.csv());
        kept.put(metadata.name, Metadata.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(metadata.node));
        for (var file : files.entrySet()) if (file.getKey().endsWith(".bib")) kept.put(file.getKey(), file.getValue());
        return CldfDataset.of(kept);
    }

    /** Says of the tables what is true when {@link CldfTable#csv} has written them. */
    static void standard(Metadata metadata) {
        metadata.node.putObject("dialect").putNull("commentPrefix");
        for (var table : metadata.tables) {
            table.node.remove("dialect");
            if (table.node.has("dc:extent")) table.node.put("dc:extent", table.rows.size());
        }
    }
}
