package org.thocam.ingest.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ItemId;

/**
 * Lists the objects of a storage root by their namaste files (OCFL 1.1, sections 3.3 and 4.1). Reads only as much of each inventory
 * as it takes to know the id: a rebuild lists every object there is.
 */
final class ObjectRoots {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectRoots.class);
    private static final JsonFactory JSON = new JsonFactory();

    private ObjectRoots() {}

    static void forEach(Path folder, Consumer<ItemId> consumer) throws IOException {
        forEachName(folder, name -> consumer.accept(new ItemId(name)));
    }

    /** The ids of all objects, whoever wrote them. */
    static void forEachName(Path folder, Consumer<String> consumer) throws IOException {
        var inner = new ArrayList<Path>();
        boolean object = false;
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                if (entry.getFileName().toString().startsWith("0=ocfl_object_")) object = true;
                else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) inner.add(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (object) {
            id(folder, consumer);
            return;
        }
        inner.sort(null);
        for (var deeper : inner) if (!deeper.getFileName().toString().equals("extensions"))
            forEachName(deeper, consumer);
    }

    private static void id(Path object, Consumer<String> consumer) {
        try (var parser = JSON.createParser(object.resolve("inventory.json").toFile())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME) continue;
                boolean wanted = parser.currentName().equals("id");
                parser.nextToken();
                if (wanted) {
                    consumer.accept(parser.getText());
                    return;
                }
                parser.skipChildren();
            }
            LOG.error("{} has an inventory without an id; run 'thocam verify'", object);
        } catch (IOException e) {
            LOG.error("{} has no inventory that can be read ({}); run 'thocam verify'", object, e.getMessage());
        }
    }
}
