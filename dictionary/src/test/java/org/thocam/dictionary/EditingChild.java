package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.thocam.ontology.ItemId;

/**
 * A process with some editors who work until it is killed. It tells each edit once it is acknowledged: {@code done MARK} or, where it met
 * another, {@code kept MARK}. Every editor adds a mark of its own to the text that it read, so that no later edit takes one away.
 */
final class EditingChild {
    private EditingChild() {}

    /** HOME SEED ROUND EDITORS */
    public static void main(String[] args) throws Exception {
        var desk = new Desk(Path.of(args[0]));
        var id = new ItemId("rad");
        var entries = new ArrayList<EntryId>();
        for (var entry : desk.entries("rad")) entries.add(entry.id());
        System.out.println("ready");
        for (int editor = 0; editor < Integer.parseInt(args[3]); editor++) {
            var random = new Random(Long.parseLong(args[1]) + 31L * editor);
            var name = "r" + args[2] + "e" + editor;
            new Thread(() -> edit(desk, id, entries, random, name)).start();
        }
    }

    private static void edit(Desk desk, ItemId id, ArrayList<EntryId> entries, Random random, String name) {
        for (int n = 0; ; n++) {
            var mark = "[" + name + "n" + n + "]";
            var entry = entries.get(random.nextInt(entries.size()));
            var read = desk.store.entry(id, entry).orElseThrow();
            if (random.nextInt(4) == 0) pause(random.nextInt(20));
            var lang = random.nextBoolean() ? "vi" : "en";
            try {
                var edited = desk.lexicons.edit(
                        new Lexicons.Edit(id, entry, read.tag(), name, false), tree -> marked(tree, lang, mark));
                System.out.println((edited instanceof Edited.Done ? "done " : "kept ") + mark);
            } catch (LexiconProblem e) {
                if (!String.valueOf(e.getMessage()).contains("settle some")) throw e;
            }
        }
    }

    private static ObjectNode marked(ObjectNode tree, String lang, String mark) {
        var definition = ((ObjectNode) tree.at("/senses/0")).withObject("/definition");
        definition.put(lang, definition.path(lang).asText() + mark);
        return tree;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
