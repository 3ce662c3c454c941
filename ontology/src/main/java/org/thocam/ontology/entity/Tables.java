package org.thocam.ontology.entity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.ontology.Shown;

/**
 * The readable tables that entities come in: UTF-8 in normal form C, tab-separated, one row a line, without quotes; the first line names
 * the columns, in any order. A table is named after its kind ({@link EntityKind#table()}); census figures are in {@code observations}.
 * Bounds: 8 MB a table, 200,000 rows, 10,000 characters a cell, 1,000 faults told.
 */
public final class Tables {
    /** The name of the table of census figures. */
    static final String OBSERVATIONS = "observations";

    /** How the file of a table ends. */
    public static final String ENDING = ".tsv";

    static final int LARGEST = 8 << 20;

    private Tables() {}

    /** The names of all tables, without the ending, in the order in which they are read. */
    public static List<String> names() {
        return Stream.concat(Arrays.stream(EntityKind.values()).map(EntityKind::table), Stream.of(OBSERVATIONS))
                .toList();
    }

    /**
     * Reads the tables of a folder, which has to hold all of them: a table without rows has its head only.
     *
     * @throws FaultyEntitiesException with all that is wrong in them; nothing is read then
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static Register read(Path folder) {
        var files = new LinkedHashMap<String, byte[]>();
        var faults = new ArrayList<Fault>();
        try (var list = Files.list(folder)) {
            for (var file : list.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                var name = file.getFileName().toString();
                var table = name.substring(0, name.length() - ENDING.length());
                if (!Files.isRegularFile(file)) faults.add(new Fault(Shown.of(table), 0, "", "", "", "a file", ""));
                // another's table is told by its name, unread
                else if (!names().contains(table)) files.put(table, new byte[0]);
                else {
                    var bytes = bytes(file);
                    if (bytes.length <= LARGEST) files.put(table, bytes);
                    else faults.add(large(table, Math.max(bytes.length, Files.size(file))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        for (var name : names())
            if (!files.containsKey(name)
                    && faults.stream().noneMatch(fault -> fault.table().equals(name)))
                faults.add(new Fault(name, 0, "", "", "", "the file " + name + ENDING + " in " + folder, ""));
        return readFiles(files, faults);
    }

    /** At most one byte more than a table may have: a file may have another size by the time it is read. */
    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    /**
     * @param tables the bytes of each, by its name without the ending; one that is left out has no rows
     * @throws FaultyEntitiesException with all that is wrong in them; nothing is read then
     */
    public static Register readFiles(Map<String, byte[]> tables) {
        return readFiles(tables, new ArrayList<>());
    }

    private static Register readFiles(Map<String, byte[]> tables, List<Fault> faults) {
        var texts = new LinkedHashMap<String, String>();
        tables.forEach((name, bytes) -> {
            if (bytes.length > LARGEST) faults.add(large(name, bytes.length));
            else decode(name, bytes, texts, faults);
        });
        return read(texts, faults);
    }

    private static void decode(String name, byte[] bytes, Map<String, String> texts, List<Fault> faults) {
        var in = ByteBuffer.wrap(bytes);
        try {
            texts.put(name, StandardCharsets.UTF_8.newDecoder().decode(in).toString());
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) if (bytes[i] == '\n') line++;
            faults.add(new Fault(
                    Shown.of(name),
                    line,
                    "",
                    "",
                    "byte %02X".formatted(bytes[Math.min(in.position(), bytes.length - 1)]),
                    "UTF-8; save the table in it",
                    ""));
        }
    }

    /**
     * @param tables the text of each, by its name without the ending; one that is left out has no rows
     * @throws FaultyEntitiesException with all that is wrong in them; nothing is read then
     */
    public static Register read(Map<String, String> tables) {
        return read(tables, new ArrayList<>());
    }

    private static Register read(Map<String, String> tables, List<Fault> faults) {
        var reader = new TableReader(faults);
        for (var name : new TreeSet<>(tables.keySet())) {
            if (!names().contains(name))
                faults.add(new Fault(
                        Shown.of(name),
                        0,
                        "",
                        "",
                        "",
                        "one of our tables; the nearest is '" + Nearest.of(name, names()) + "'",
                        ""));
            else if (tables.get(name).length() > LARGEST)
                faults.add(large(name, tables.get(name).length()));
        }
        for (var kind : EntityKind.values()) {
            var text = tables.getOrDefault(kind.table(), "");
            if (text.length() <= LARGEST) reader.entities(kind, text);
        }
        var figures = tables.getOrDefault(OBSERVATIONS, "");
        if (figures.length() <= LARGEST) reader.observations(figures);
        return reader.register();
    }

    private static Fault large(String table, long size) {
        return new Fault(Shown.of(table), 0, "", "", size + " bytes", "at most " + LARGEST + " bytes", "");
    }

    /** The text of each table, by its name without the ending: the same for the same register, and {@link #read(Map)} reads it back. */
    public static Map<String, String> write(Register register) {
        var tables = new LinkedHashMap<String, String>();
        for (var kind : EntityKind.values()) {
            var text = new StringBuilder(String.join("\t", TableReader.head(kind))).append('\n');
            for (var entity : register.of(kind)) row(text, entity);
            tables.put(kind.table(), text.toString());
        }
        var text = new StringBuilder(String.join("\t", TableReader.FIGURE)).append('\n');
        for (var figure : register.observations())
            text.append(String.join(
                            "\t",
                            figure.date().toString(),
                            figure.people(),
                            figure.place(),
                            Long.toString(figure.persons()),
                            figure.status(),
                            String.join(";", figure.sources()),
                            figure.confidence().word(),
                            figure.confidence().word() + "=value"))
                    .append('\n');
        tables.put(OBSERVATIONS, text.toString());
        return tables;
    }

    private static void row(StringBuilder text, Entity entity) {
        text.append(entity.id());
        for (var column : entity.kind().columns()) text.append('\t').append(entity.text(column.name()));
        text.append('\t').append(String.join(";", entity.sources()));
        text.append('\t').append(entity.confidence().word());
        text.append('\t').append(levels(entity)).append('\n');
    }

    /** {@code checked2=name_vi,peoples; recalled=aliases}: the surest first, in each the columns in the order of the table. */
    private static String levels(Entity entity) {
        return Arrays.stream(Confidence.values())
                .map(level -> entity.kind().columns().stream()
                        .map(Column::name)
                        .filter(column -> entity.levels().get(column) == level)
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(","), names -> names.isEmpty() ? "" : level.word() + "=" + names)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
