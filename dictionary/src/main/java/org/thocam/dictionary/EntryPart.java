package org.thocam.dictionary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Content;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Version;

/**
 * The archive object of an edited entry: {@code entry.lift.xml}, its working text; {@code published.lift.xml} where readers see another;
 * {@code talk.json}, comments and conflicts.
 *
 * @param base the dictionary's file that the text was edited over; a later file has it in itself
 * @param action what the version did, such as {@code edit}
 * @param published empty where readers see the working text; an empty text where they see nothing
 */
record EntryPart(
        ItemId lexicon,
        EntryId entry,
        Version version,
        Version base,
        String action,
        ReviewState state,
        boolean deleted,
        String xml,
        Optional<Optional<String>> published,
        ObjectNode talk) {
    static final String TEXT = "entry.lift.xml";
    static final String PUBLISHED = "published.lift.xml";
    static final String TALK = "talk.json";
    private static final String NAME = "entry.";
    private static final ObjectMapper JSON = new ObjectMapper();

    static ItemId id(ItemId lexicon, EntryId entry) {
        return lexicon.part(NAME + entry);
    }

    static boolean is(ItemId id) {
        return id.isPart() && id.partName().startsWith(NAME);
    }

    static EntryId entry(ItemId id) {
        return new EntryId(id.partName().substring(NAME.length()));
    }

    /** Whether its text counts beside this file of the dictionary. */
    boolean over(Version file) {
        return base.compareTo(file) >= 0;
    }

    long conflicts() {
        long open = 0;
        for (var conflict : talk.path("conflicts")) if (!conflict.has("settled")) open++;
        return open;
    }

    static EntryPart read(Archive archive, Part part, Version version) {
        try {
            var facts = part.facts();
            boolean other = facts.containsKey("published");
            Optional<Optional<String>> published = !other
                    ? Optional.empty()
                    : Optional.of(
                            facts.get("published").equals("none")
                                    ? Optional.empty()
                                    : Optional.of(text(archive, part.id(), version, PUBLISHED)));
            var talk = facts.containsKey("talk")
                    ? (ObjectNode) JSON.readTree(text(archive, part.id(), version, TALK))
                    : JsonNodeFactory.instance.objectNode();
            return new EntryPart(
                    part.id().whole(),
                    entry(part.id()),
                    version,
                    new Version(Long.parseLong(facts.get("base"))),
                    facts.getOrDefault("action", ""),
                    ReviewState.ofWord(facts.getOrDefault("state", "published")),
                    facts.containsKey("deleted"),
                    text(archive, part.id(), version, TEXT),
                    published,
                    talk);
        } catch (IOException e) {
            throw new ArchiveException(part.id() + " " + version + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(Archive archive, ItemId id, Version version, String path) throws IOException {
        try (var in = archive.open(id, version, path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Part part() {
        var facts = new HashMap<String, String>();
        facts.put("base", Long.toString(base.number()));
        facts.put("action", action);
        facts.put("state", state.word());
        if (deleted) facts.put("deleted", "true");
        published.ifPresent(text -> facts.put("published", text.isPresent() ? "earlier" : "none"));
        if (!talk.isEmpty()) facts.put("talk", "true");
        return new Part(id(lexicon, entry), facts, "");
    }

    Map<String, Content> contents() {
        var contents = new HashMap<String, Content>();
        contents.put(TEXT, bytes(xml));
        published.flatMap(text -> text).ifPresent(text -> contents.put(PUBLISHED, bytes(text)));
        if (!talk.isEmpty()) contents.put(TALK, bytes(talk.toPrettyString()));
        return contents;
    }

    private static Content bytes(String text) {
        return new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    EntryPart at(Version number) {
        return new EntryPart(lexicon, entry, number, base, action, state, deleted, xml, published, talk);
    }
}
