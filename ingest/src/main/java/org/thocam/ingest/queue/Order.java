package org.thocam.ingest.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;

/** What the queue keeps of a submission beside the bytes of its files. */
record Order(Item item, Optional<String> text, List<String> files) {
    static byte[] written(Submission submission) {
        var node = ItemJson.MAPPER.createObjectNode();
        node.put("item", new String(ItemJson.stored(submission.item()), StandardCharsets.UTF_8));
        submission.text().ifPresent(text -> node.put("text", text));
        var names = node.putArray("files");
        submission.files().forEach(file -> names.add(file.name()));
        try {
            return ItemJson.MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("item " + submission.item().id() + " could not be written as JSON", e);
        }
    }

    static Order read(byte[] json, String job) {
        try {
            var node = ItemJson.MAPPER.readTree(json);
            var names = new ArrayList<String>();
            node.path("files").forEach(name -> names.add(name.textValue()));
            var item = (Item) ItemJson.holding(node.path("item").textValue().getBytes(StandardCharsets.UTF_8));
            return new Order(item, Optional.ofNullable(node.path("text").textValue()), names);
        } catch (IOException | RuntimeException e) {
            throw new ArchiveException("job " + job + " cannot be read back: " + e.getMessage(), e);
        }
    }
}
