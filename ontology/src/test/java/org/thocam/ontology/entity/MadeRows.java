package org.thocam.ontology.entity;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows that keep to the form of their columns, with anything that a cell may hold. */
final class MadeRows {
    private static final List<String> LETTERS = List.of(
            "a", "Đ", "ế", "ꪼ", "ꪕ", "ន", "ꨌ", "𞄀", "ไ", "'", "\"", "<", "&", "=", ",", "\\", "{", " ", "0", "-", "#",
            "🎋");

    private final Random random;

    MadeRows(Random random) {
        this.random = random;
    }

    Entity entity() {
        return entity(id(EntityKind.values()[random.nextInt(EntityKind.values().length)]));
    }

    Entity entity(String id) {
        var kind = EntityKind.ofId(id).orElseThrow();
        var cells = new LinkedHashMap<String, String>();
        boolean located = random.nextBoolean();
        for (var column : kind.columns()) {
            boolean degrees = column.type() == Column.Type.LATITUDE || column.type() == Column.Type.LONGITUDE;
            if (column.required() || (degrees ? located : random.nextInt(3) > 0))
                cells.put(column.name(), cell(column));
        }
        var levels = new HashMap<String, Confidence>();
        for (var column : cells.keySet()) if (random.nextBoolean()) levels.put(column, word());
        return new Entity(id, cells, List.of(text().replace("=", ""), "s" + random.nextInt(9)), word(), levels);
    }

    String cell(Column column) {
        return switch (column.type()) {
            case TEXT -> text();
            case DATE_RULE ->
                "L:%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(30))
                        + (random.nextBoolean() ? "/12-30" : "");
            case TEXTS -> String.join(";", List.of(text(), text(), text()).subList(0, 1 + random.nextInt(3)));
            case ID -> id(any(column));
            case IDS ->
                String.join(";", new ArrayList<>(new java.util.TreeSet<>(List.of(id(any(column)), id(any(column))))));
            case DATE ->
                LocalDate.of(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28))
                        .toString();
            case YEAR -> String.format("%04d", 1000 + random.nextInt(2000));
            case LATITUDE -> degrees(90);
            case LONGITUDE -> degrees(180);
        };
    }

    private EntityKind any(Column column) {
        var kinds = List.copyOf(column.targets());
        return kinds.get(random.nextInt(kinds.size()));
    }

    String id(EntityKind kind) {
        int number = random.nextInt(12) + 100;
        char letter = (char) ('a' + random.nextInt(6));
        return switch (kind) {
            case PEOPLE -> "EG" + number;
            case LANGUAGE -> "LG-x" + letter + letter;
            case SCRIPT -> "SC-Xx" + letter + letter;
            case ORTHOGRAPHY -> "OR-x" + letter + letter + "-Latn";
            case PLACE -> "PD-" + number;
            case FESTIVAL -> "FE" + number;
            case CRAFT -> "CR" + number;
            case CUSTOM -> "CU" + number;
            case HERITAGE -> "HE" + number;
        };
    }

    private String degrees(int most) {
        int scale = random.nextInt(8);
        long whole = (long) (most * Math.pow(10, scale));
        return Cell.plain(java.math.BigDecimal.valueOf(random.nextLong(2 * whole + 1) - whole, scale));
    }

    private Confidence word() {
        return Confidence.values()[random.nextInt(3)];
    }

    String text() {
        var text = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        return Normalizer.normalize(text.append("y"), Normalizer.Form.NFC);
    }

    Map<String, Entity> some(int count) {
        var rows = new LinkedHashMap<String, Entity>();
        for (int i = 0; i < count; i++) {
            var entity = entity();
            rows.put(entity.id(), entity);
        }
        return rows;
    }
}
