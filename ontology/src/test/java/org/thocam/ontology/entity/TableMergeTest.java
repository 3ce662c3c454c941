package org.thocam.ontology.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableMergeTest {
    private static final Entity BASE =
            festival(Map.of("name_vi", "Gầu Tào", "kind", "festival", "lat", "22.5", "lon", "104"));

    @Test
    void whatOneSideChangedIsTaken() {
        var ours = with(BASE, "name_en", "Gau Tao");
        var theirs = with(BASE, "kind", "rite");
        var outcome = merge(List.of(BASE), List.of(ours), List.of(theirs), false);
        assertEquals(register(with(ours, "kind", "rite")), outcome.register());
        assertEquals(
                List.of(new TableDiff.Change(TableDiff.Kind.CHANGED, "FE001", "kind", "festival", "rite")),
                outcome.changes());
        assertEquals(List.of(), outcome.conflicts());
    }

    @Test
    void whatBothChangedIsAConflict() {
        var ours = with(BASE, "kind", "fair");
        var theirs = with(BASE, "kind", "rite");
        var conflict = new TableMerge.Conflict("FE001", "kind", "festival", "fair", "rite");
        var kept = merge(List.of(BASE), List.of(ours), List.of(theirs), false);
        assertEquals(List.of(conflict), kept.conflicts());
        assertEquals(register(ours), kept.register());
        var taken = merge(List.of(BASE), List.of(ours), List.of(theirs), true);
        assertEquals(List.of(conflict), taken.conflicts());
        assertEquals(register(theirs), taken.register());
    }

    @Test
    void aPointIsNotMadeOfTwoHalves() {
        var ours = with(BASE, "lat", "22.6");
        var theirs = with(BASE, "lon", "105");
        var outcome = merge(List.of(BASE), List.of(ours), List.of(theirs), false);
        assertEquals(register(ours), outcome.register());
        assertEquals(
                List.of("lat", "lon"),
                outcome.conflicts().stream().map(TableMerge.Conflict::column).toList());
    }

    @Test
    void aRowThatWasEditedHereIsNotRemovedSilently() {
        var ours = with(BASE, "kind", "fair");
        var kept = merge(List.of(BASE), List.of(ours), List.of(), false);
        assertEquals(register(ours), kept.register());
        assertEquals(List.of(new TableMerge.Conflict("FE001", "", "Gầu Tào", "Gầu Tào", "")), kept.conflicts());
        assertEquals(
                register(), merge(List.of(BASE), List.of(ours), List.of(), true).register());
        var plain = merge(List.of(BASE), List.of(BASE), List.of(), false);
        assertEquals(register(), plain.register());
        assertEquals(TableDiff.Kind.REMOVED, plain.changes().get(0).kind());
    }

    @Test
    void confidenceGoesWithItsCell() {
        var theirs = new Entity(
                "FE001", BASE.cells(), BASE.sources(), BASE.confidence(), Map.of("name_vi", Confidence.CHECKED2));
        var outcome = merge(List.of(BASE), List.of(with(BASE, "kind", "fair")), List.of(theirs), false);
        assertEquals(
                Confidence.CHECKED2,
                outcome.register().find("FE001").orElseThrow().confidence("name_vi"));
        assertEquals(
                List.of("~ FE001 confidence_by_column: '' → 'name_vi=checked2'"),
                outcome.changes().stream().map(TableDiff.Change::message).toList());
    }

    @Test
    void mergingKeepsItsLaws() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var rows = new MadeRows(random);
        for (int i = 0; i < 50; i++) {
            var base = TablesTest.fitting(rows, random);
            var ours = edited(base, rows, random);
            var theirs = edited(base, rows, random);
            var hint = "seed " + seed;
            assertEquals(theirs, TableMerge.merge(base, base, theirs, false).register(), hint);
            assertEquals(ours, TableMerge.merge(base, ours, base, false).register(), hint);
            assertEquals(ours, TableMerge.merge(base, ours, ours, false).register(), hint);
            var outcome = TableMerge.merge(base, ours, theirs, false);
            assertEquals(TableDiff.between(ours, outcome.register()), outcome.changes(), hint);
            assertEquals(
                    outcome.register(),
                    TableMerge.merge(base, outcome.register(), outcome.register(), true)
                            .register(),
                    hint);
            // whoever wins, only what is in conflict differs
            var columns =
                    outcome.conflicts().stream().map(conflict -> conflict.id()).toList();
            for (var change : TableDiff.between(
                    outcome.register(),
                    TableMerge.merge(base, ours, theirs, true).register()))
                assertTrue(columns.contains(change.id()), hint + change);
            if (outcome.conflicts().isEmpty())
                assertEquals(
                        outcome.register(),
                        TableMerge.merge(base, theirs, ours, false).register(),
                        hint);
        }
    }

    private static Register edited(Register register, MadeRows rows, Random random) {
        var all = new LinkedHashMap<String, Entity>();
        for (var entity : register.all()) all.put(entity.id(), entity);
        for (var entity : register.all())
            switch (random.nextInt(8)) {
                case 0 -> all.remove(entity.id());
                case 1 -> all.put(entity.id(), rows.entity(entity.id()));
                case 2 -> {
                    var column = entity.kind().columns().get(0);
                    all.put(entity.id(), with(entity, column.name(), rows.cell(column)));
                }
                default -> {}
            }
        for (var entity : rows.some(3).values()) all.putIfAbsent(entity.id(), entity);
        var figures = new ArrayList<>(register.observations());
        figures.removeIf(figure -> random.nextInt(5) == 0);
        figures.replaceAll(figure -> random.nextInt(5) > 0
                ? figure
                : new Observation(
                        figure.date(),
                        figure.people(),
                        figure.place(),
                        7,
                        "derived",
                        figure.sources(),
                        figure.confidence()));
        return new Register(all.values(), figures);
    }

    @Test
    void aDifferenceIsATableForPeople() {
        var after = with(BASE, "description_en", "é".repeat(100));
        assertEquals(
                """
                   id     column          before  after
                ~  FE001  description_en          %s
                """
                        .formatted("é".repeat(59) + "…"),
                TableDiff.text(TableDiff.between(register(BASE), register(after))));
    }

    private static TableMerge.Outcome merge(
            List<Entity> base, List<Entity> ours, List<Entity> theirs, boolean preferTheirs) {
        return TableMerge.merge(
                new Register(base, List.of()),
                new Register(ours, List.of()),
                new Register(theirs, List.of()),
                preferTheirs);
    }

    private static Register register(Entity... entities) {
        return new Register(List.of(entities), List.of());
    }

    private static Entity festival(Map<String, String> cells) {
        return new Entity("FE001", cells, List.of("x"), Confidence.CHECKED1, Map.of());
    }

    private static Entity with(Entity entity, String column, String text) {
        var cells = new LinkedHashMap<>(entity.cells());
        cells.put(column, text);
        return new Entity(entity.id(), cells, entity.sources(), entity.confidence(), entity.levels());
    }
}
