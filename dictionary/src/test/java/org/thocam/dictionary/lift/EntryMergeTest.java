package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryMergeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static ObjectNode entry(String json) throws Exception {
        return LiftEntry.made((ObjectNode) JSON.readTree(json.replace('\'', '"')))
                .tree();
    }

    private static final String BASE =
            "{'lexicalUnit':{'rad':'êa'},'senses':[{'id':'s1','glosses':[{'lang':'vi','text':'nước'}],"
                    + "'examples':[{'forms':{'rad':'mnăm êa'}},{'forms':{'rad':'êa krông'}}]},{'id':'s2','glosses':[{'lang':'vi','text':'sông'}]}]}";

    @Test
    void disjointEditsMeet() throws Exception {
        var base = entry(BASE);
        var mine = base.deepCopy();
        ((ObjectNode) mine.at("/senses/0/glosses/0")).put("text", "nước uống");
        var theirs = base.deepCopy();
        ((ObjectNode) theirs.at("/senses/0/examples/1/forms")).put("vi", "nước sông");
        ((ArrayNode) theirs.at("/senses")).addObject().put("id", "s3");
        var merged = EntryMerge.edit(base, mine, theirs);
        assertEquals(List.of(), merged.conflicts());
        assertEquals("nước uống", merged.tree().at("/senses/0/glosses/0/text").asText());
        assertEquals(
                "nước sông", merged.tree().at("/senses/0/examples/1/forms/vi").asText());
        assertEquals("s3", merged.tree().at("/senses/2/id").asText());
    }

    @Test
    void oneFieldTwiceIsAConflictThatShowsBoth() throws Exception {
        var base = entry(BASE);
        var mine = base.deepCopy();
        ((ObjectNode) mine.at("/senses/0/glosses/0")).put("text", "nước uống");
        var theirs = base.deepCopy();
        ((ObjectNode) theirs.at("/senses/0/glosses/0")).put("text", "sông");
        var merged = EntryMerge.edit(base, mine, theirs);
        assertEquals(
                "[{\"path\":\"senses/s1/glosses/vi/text\",\"kind\":\"values\",\"base\":{\"text\":\"nước\"},\"mine\":{\"text\":\"nước uống\"},\"theirs\":{\"text\":\"sông\"}}]",
                merged.conflicts().stream().map(Conflict::json).toList().toString());
        assertTrue(!merged.clean());
    }

    @Test
    void anEditOutlivesADeletionWhicheverCameFirst() throws Exception {
        var base = entry(BASE);
        var edited = base.deepCopy();
        ((ObjectNode) edited.at("/senses/1/glosses/0")).put("text", "con sông");
        var deleted = base.deepCopy();
        ((ArrayNode) deleted.at("/senses")).remove(1);
        for (var merged : List.of(EntryMerge.edit(base, edited, deleted), EntryMerge.edit(base, deleted, edited))) {
            assertEquals(
                    "con sông", merged.tree().at("/senses/1/glosses/0/text").asText());
            assertTrue(merged.clean());
            assertEquals(
                    List.of(Conflict.Kind.EDIT_KEPT),
                    merged.conflicts().stream().map(Conflict::kind).toList());
        }
    }

    @Test
    void aFileThatLacksAFieldDeletesNothingUnlessAsked() throws Exception {
        var base = entry(BASE);
        var theirs =
                entry("{'lexicalUnit':{'rad':'êa'},'senses':[{'id':'s1','glosses':[{'lang':'vi','text':'nước'}]}]}");
        assertEquals(
                List.of(),
                FieldChange.between(
                        base, EntryMerge.file(base, base, theirs, false).tree()));
        assertEquals(
                List.of("senses/s1/examples/1", "senses/s1/examples/2", "senses/s2"),
                FieldChange.between(
                                base, EntryMerge.file(base, base, theirs, true).tree())
                        .stream()
                        .map(FieldChange::path)
                        .toList());
    }

    @Test
    void theSameAdditionTwiceIsOne() throws Exception {
        var base = entry(BASE);
        var mine = base.deepCopy();
        ((ArrayNode) mine.at("/senses/0/examples"))
                .addObject()
                .putObject("forms")
                .put("rad", "êa hrah");
        var merged = EntryMerge.edit(base, mine, mine.deepCopy());
        assertEquals(3, merged.tree().at("/senses/0/examples").size());
        assertEquals(List.of(), merged.conflicts());
    }

    /** 2 to 5 editors, each on a state that it read some time ago: what it changed is in the entry, or in a conflict. */
    @Test
    void noEditVanishes() throws Exception {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("EntryMergeTest.noEditVanishes seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var head = LiftEntry.made(entry(BASE));
            int editors = 2 + random.nextInt(4);
            var read = new ArrayList<LiftEntry>();
            for (int i = 0; i < editors; i++) read.add(head);
            for (int step = 0; step < 12; step++) {
                int who = random.nextInt(editors);
                var base = read.get(who).tree();
                var theirs = base.deepCopy();
                for (int edits = 1 + random.nextInt(3); edits > 0; edits--)
                    edit(theirs, random, round + "-" + step + "-" + edits);
                var mine = head.tree();
                var merged = EntryMerge.edit(base, mine, theirs);
                var next = head.with(merged.tree());
                assertEquals(
                        List.of(), FieldChange.between(merged.tree(), next.tree()), "seed " + seed + " round " + round);
                var all = strings(next.tree())
                        + merged.conflicts().stream()
                                .map(conflict -> conflict.json().toString())
                                .collect(Collectors.joining());
                for (var change : FieldChange.between(base, theirs)) {
                    if (change.path().equals("senses/order")) {
                        assertTrue(
                                ordered(theirs, base, mine, next.tree())
                                        || merged.conflicts().stream()
                                                .anyMatch(conflict -> conflict.kind() == Conflict.Kind.ORDER),
                                "seed " + seed + " round " + round + ": order lost " + change + "\nbase " + base
                                        + "\nmine " + mine + "\ntheirs " + theirs + "\nmerged " + next.tree());
                    }
                    if (change.path().endsWith("/order")) continue;
                    for (var text : texts(change.after()))
                        assertTrue(
                                all.contains(text) || base.toString().contains(text),
                                "seed " + seed + " round " + round + ": lost " + change + "\nbase " + base + "\nmine "
                                        + mine + "\ntheirs " + theirs + "\nmerged " + next.tree());
                }
                // what was there and nobody deleted stays
                for (var change : FieldChange.between(base, mine)) {
                    if (change.path().endsWith("/order")) continue;
                    for (var text : texts(change.after()))
                        assertTrue(
                                all.contains(text) || base.toString().contains(text),
                                "seed " + seed + " round " + round + ": mine lost " + change + "\nbase " + base
                                        + "\nmine " + mine + "\ntheirs " + theirs + "\nmerged " + next.tree());
                }
                if (merged.clean()) head = next;
                if (random.nextBoolean()) read.set(who, head);
            }
        }
    }

    /** Whether the senses that all four have stand as they do in {@code wanted}. */
    private static boolean ordered(ObjectNode wanted, ObjectNode base, ObjectNode mine, ObjectNode result) {
        var common = ids(wanted);
        for (var other : List.of(base, mine, result)) common.retainAll(ids(other));
        var found = ids(result);
        found.retainAll(common);
        var before = ids(base);
        before.retainAll(common);
        return found.equals(common) || before.equals(common);
    }

    private static List<String> ids(ObjectNode entry) {
        var ids = new ArrayList<String>();
        entry.path("senses").forEach(sense -> ids.add(sense.path("id").asText()));
        return ids;
    }

    private static String strings(ObjectNode tree) {
        return tree.toString();
    }

    private static List<String> texts(com.fasterxml.jackson.databind.JsonNode value) {
        var texts = new ArrayList<String>();
        if (value.isTextual()) texts.add(value.asText());
        value.forEach(item -> texts.addAll(texts(item)));
        return texts;
    }

    private static void edit(ObjectNode entry, Random random, String mark) {
        var senses = entry.withArray("/senses");
        int kind = random.nextInt(9);
        if (kind == 0) entry.withObject("/lexicalUnit").set(pick(random), TextNode.valueOf("từ " + mark));
        else if (kind == 1) {
            var sense = NODES.objectNode().put("id", "n" + mark);
            sense.putArray("glosses").addObject().put("lang", "vi").put("text", "mới " + mark);
            senses.insert(random.nextInt(senses.size() + 1), sense);
        } else if (kind == 2 && senses.size() > 1) senses.remove(random.nextInt(senses.size()));
        else if (kind == 3 && senses.size() > 1) {
            var moved = senses.remove(random.nextInt(senses.size()));
            senses.insert(random.nextInt(senses.size() + 1), moved);
        } else if (!senses.isEmpty()) {
            var sense = (ObjectNode) senses.get(random.nextInt(senses.size()));
            var examples = sense.withArray("/examples");
            if (kind == 4) {
                var example = NODES.objectNode();
                example.putObject("forms").put("rad", "câu " + mark);
                examples.insert(random.nextInt(examples.size() + 1), example);
            } else if (kind == 5 && !examples.isEmpty()) examples.remove(random.nextInt(examples.size()));
            else if (kind == 6 && !examples.isEmpty())
                ((ObjectNode) examples.get(random.nextInt(examples.size())))
                        .withObject("/forms")
                        .put(pick(random), "sửa " + mark);
            else if (kind == 7) sense.withObject("/definition").put(pick(random), "nghĩa " + mark);
            else {
                var glosses = sense.withArray("/glosses");
                if (glosses.isEmpty())
                    glosses.addObject().put("lang", pick(random)).put("text", "dịch " + mark);
                else ((ObjectNode) glosses.get(random.nextInt(glosses.size()))).put("text", "dịch " + mark);
            }
            if (examples.isEmpty()) sense.remove("examples");
        }
    }

    private static String pick(Random random) {
        return List.of("rad", "vi", "en").get(random.nextInt(3));
    }
}
