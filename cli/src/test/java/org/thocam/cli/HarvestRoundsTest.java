package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Submission;

/**
 * The promise to partners: a harvest that runs while items are added, edited, withdrawn and restricted, and over a restart of the
 * server in its midst, misses nothing: with the next incremental one it is what a fresh harvest is. {@code -Dthocam.rounds.changes}
 * makes it harder (1,000 are wanted of it by hand), {@code -Dthocam.seed} repeats one.
 */
class HarvestRoundsTest {
    private static final int ROUNDS = Integer.getInteger("thocam.rounds", 50);
    private static final int CHANGES = Integer.getInteger("thocam.rounds.changes", 60);
    private static final int ITEMS = Math.max(150, CHANGES / 2);
    private static final int PAGE = 25;

    @TempDir
    Path home;

    @Test
    void fullPlusIncrementalIsAFreshHarvest() throws Exception {
        long seed = Long.getLong("thocam.seed", new Random().nextLong());
        System.out.println(
                "HarvestRoundsTest: -Dthocam.seed=" + seed + ", " + ROUNDS + " rounds of " + CHANGES + " changes");
        var random = new Random(seed);
        var shelf = new AtomicReference<>(new Shelf(home, 0, PAGE));
        try {
            int port = shelf.get().port();
            change(shelf, random.nextLong(), ITEMS, 0).join();
            for (int n = 0; n < ROUNDS; n++) {
                int round = n;
                var partner = new Partner(port);
                var before = random.nextLong();
                int restartAt = 1 + random.nextInt(4);
                var pages = new AtomicInteger();
                var changing = new ArrayList<CompletableFuture<Void>>();
                var editing = new AtomicReference<>(change(shelf, before, CHANGES / 2, round));
                partner.harvest("oai_dc", () -> {
                    if (pages.incrementAndGet() != restartAt) return;
                    editing.get().join();
                    restart(shelf, port);
                    changing.add(change(shelf, before + 1, CHANGES - CHANGES / 2, round));
                });
                changing.forEach(CompletableFuture::join);
                editing.get().join();
                partner.harvest("oai_dc", () -> {});
                var fresh = new Partner(port);
                fresh.harvest("oai_dc", () -> {});
                assertEquals(fresh.records, partner.records, "round " + round + ", seed " + seed);
            }
        } finally {
            shelf.get().close();
        }
    }

    private void restart(AtomicReference<Shelf> shelf, int port) {
        try {
            shelf.get().close();
            shelf.set(new Shelf(home, port, PAGE));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Two at work beside the harvest. */
    private static CompletableFuture<Void> change(AtomicReference<Shelf> shelf, long seed, int count, int round) {
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int worker = 0; worker < 2; worker++) {
            var random = new Random(seed + worker * 31L);
            int mine = worker;
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < count / 2; i++) one(shelf.get(), random, round + "." + mine + "." + i);
            }));
        }
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    private static void one(Shelf shelf, Random random, String what) {
        var id = new ItemId("it-" + random.nextInt(ITEMS));
        int kind = random.nextInt(10);
        boolean there = shelf.log().headOf(id).isPresent();
        if (there && kind < 2) {
            shelf.intake()
                    .withdraw(id, Optional.empty(), "round " + what, "test")
                    .join();
            return;
        }
        var access = kind == 2 ? new Access.Restricted(List.of()) : Access.OPEN;
        var item = new Item(
                id,
                new LanguageMap(
                        Map.of(new LanguageTag("vi"), "Lễ hội " + what, new LanguageTag("blt-Tavt"), "ꪼꪕꪒꪾ " + what)),
                "Text",
                List.of(new LanguageTag(random.nextBoolean() ? "vi" : "blt-Tavt")),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of("EG03"),
                Optional.empty(),
                "",
                access,
                List.of("round:" + random.nextInt(4)),
                List.of(),
                List.of(),
                "",
                "");
        shelf.intake()
                .take(new Submission(item, Optional.of("chữ " + what), List.of(), what), Optional.empty(), "test")
                .join();
    }
}
