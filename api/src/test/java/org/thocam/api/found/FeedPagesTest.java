package org.thocam.api.found;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.MemoryLog;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

class FeedPagesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryLog log = new MemoryLog();
    private final Map<ItemId, Long> versions = new HashMap<>();
    private Instant now = START;

    private void change(Random random) {
        // several in a second
        now = now.plusMillis(random.nextInt(900));
        var id = new ItemId("i" + random.nextInt(80));
        boolean withdrawn = versions.containsKey(id) && random.nextInt(5) == 0;
        var access = random.nextInt(6) == 0 ? new Access.Restricted(List.of()) : Access.OPEN;
        long version = versions.merge(id, 1L, Long::sum);
        log.record(
                List.of(new Change(
                        0,
                        id,
                        new Version(version),
                        withdrawn ? Change.Kind.WITHDRAWN : Change.Kind.DEPOSITED,
                        now,
                        access,
                        List.of(),
                        "")),
                List.of());
    }

    private List<ItemId> live() {
        var query = new org.thocam.ontology.FeedQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1000);
        return log.feed(query, now).stream()
                .filter(entry -> !entry.deleted())
                .map(entry -> entry.id())
                .toList();
    }

    private List<ItemId> walked(FeedPages pages, List<FeedPages.Page> index) {
        var found = new ArrayList<ItemId>();
        for (var page : index) {
            var entries = pages.page(page.start(), now);
            entries.subList(0, Math.min(pages.size(), entries.size())).forEach(entry -> found.add(entry.id()));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 1000})
    void everyItemIsInAPageWhateverChangesAfterTheListOfPagesWasMade(int size) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var pages = new FeedPages(() -> log, false, size);
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(30); i >= 0; i--) change(random);
            // in the midst of a second, which goes on
            pages.all(now);
            for (int i = random.nextInt(5); i >= 0; i--) change(random);
            now = now.plusSeconds(2);
            assertEquals(
                    new TreeSet<>(live()),
                    new TreeSet<>(walked(pages, pages.all(now))),
                    "seed " + seed + ", a remembered list");
            var anew = new FeedPages(() -> log, false, size);
            assertEquals(live(), walked(anew, anew.all(now)), "seed " + seed + ", each once and in order");
        }
    }

    @Test
    void theListIsMadeAnewAfterAWhileSoThatEmptiedPagesGo() {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) change(random);
        var pages = new FeedPages(() -> log, true, 5);
        now = now.plusSeconds(2);
        pages.all(now);
        for (int i = 0; i < 400; i++) change(random);
        int remembered = pages.all(now).size();
        now = now.plusSeconds(3601);
        int anew = pages.all(now).size();
        assertTrue(anew < remembered, anew + " of " + remembered);
    }

    @Test
    void aStartReadsWhatItWrote() {
        var random = new Random(7);
        for (int i = 0; i < 100; i++) change(random);
        var starts = new HashSet<String>();
        for (var page : new FeedPages(() -> log, true, 3).all(now)) {
            var text = page.start().toString();
            assertTrue(text.matches("[0-9A-Za-z._-]+") && starts.add(text), text);
            assertEquals(Optional.of(page.start()), FeedPages.Start.of(text));
        }
        for (var wrong : List.of("", "1", "00", "-1.aQ", "1.", "1.aQ==", "1.Li4v", "9999999999999999999.aQ", "1.aQ.aQ"))
            assertEquals(wrong.equals("-1.aQ"), FeedPages.Start.of(wrong).isPresent(), wrong);
    }
}
