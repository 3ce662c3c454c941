package org.thocam.dictionary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import org.thocam.ontology.ItemId;

/** How long an edit takes without HTTP and other views: FOLDER FILE.lift; prints medians. No test: it asserts nothing. */
final class EditLatency {
    private EditLatency() {}

    public static void main(String[] args) throws Exception {
        try (var desk = new Desk(Files.createTempDirectory(Path.of(args[0]), "edit-latency"))) {
            desk.take("big", Path.of(args[1]));
            var id = new ItemId("big");
            var ids = desk.entries("big").stream().map(KeptEntry::id).toList();
            for (int round = 1; round <= 4; round++) {
                var took = new ArrayList<Long>();
                for (int n = 0; n < 300; n++) {
                    var entry = ids.get((n * 7919 + round) % ids.size());
                    var read = desk.store.entry(id, entry).orElseThrow();
                    int mark = n;
                    long start = System.nanoTime();
                    desk.lexicons.edit(new Lexicons.Edit(id, entry, read.tag(), "tester", false), tree -> {
                        tree.withObject("/citation").put("rad", "sửa " + mark);
                        return tree;
                    });
                    took.add(System.nanoTime() - start);
                }
                Collections.sort(took);
                System.out.printf(
                        "round %d: edit p50 %.1f ms, p95 %.1f ms%n", round, took.get(150) / 1e6, took.get(285) / 1e6);
            }
        }
    }
}
