package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.entity.TableDiff;
import org.thocam.ontology.entity.Tables;
import org.thocam.ontology.graph.EntityShapes;

/** The verbs of {@code thocam reference}, for the process that holds the home; each line is one JSON object. */
final class ReferenceOperations {
    private final AuthorityFile entities;
    private final Consumer<JsonNode> out;

    ReferenceOperations(AuthorityFile entities, Consumer<JsonNode> out) {
        this.entities = entities;
        this.out = out;
    }

    /** {@code {"entities","observations","changed","version","changes":[...],"conflicts":[...]}}, or {@code {"faults":[...]}} and nothing taken. */
    int load(JsonNode arguments) {
        try {
            var tables = Tables.read(folder(arguments));
            var loaded = entities.load(
                    tables,
                    arguments.path("preferTables").asBoolean(),
                    arguments.path("dryRun").asBoolean(),
                    arguments.path("agent").asText("thocam"));
            var answer = ItemJson.MAPPER
                    .createObjectNode()
                    .put("entities", tables.all().size())
                    .put("observations", tables.observations().size())
                    .put("changed", loaded.changed())
                    .put("version", loaded.version().number());
            var changes = answer.putArray("changes");
            loaded.outcome().changes().forEach(change -> changes.add(told(change)));
            var conflicts = answer.putArray("conflicts");
            loaded.outcome().conflicts().forEach(conflict -> conflicts
                    .addObject()
                    .put("id", conflict.id())
                    .put("column", conflict.column())
                    .put("base", conflict.base())
                    .put("ours", conflict.ours())
                    .put("theirs", conflict.theirs())
                    .put("message", conflict.message()));
            out.accept(answer);
            return loaded.outcome().conflicts().isEmpty() ? Exit.DONE : Exit.SOME_FAILED;
        } catch (FaultyEntitiesException e) {
            return faulty(e);
        }
    }

    /** One line for each difference, then {@code {"text"}} with all of them for people. */
    int diff(JsonNode arguments) {
        try {
            var changes = TableDiff.between(entities.register(), Tables.read(folder(arguments)));
            changes.forEach(change -> out.accept(told(change)));
            out.accept(ItemJson.MAPPER.createObjectNode().put("text", TableDiff.text(changes)));
            return Exit.DONE;
        } catch (FaultyEntitiesException e) {
            return faulty(e);
        }
    }

    int export(JsonNode arguments) throws IOException {
        var folder = folder(arguments);
        var tables = Tables.write(entities.register());
        for (var table : tables.entrySet())
            Files.write(
                    folder.resolve(table.getKey() + Tables.ENDING),
                    table.getValue().getBytes(StandardCharsets.UTF_8));
        out.accept(ItemJson.MAPPER.createObjectNode().put("written", tables.size()));
        return Exit.DONE;
    }

    private static Path folder(JsonNode arguments) {
        var folder = Path.of(arguments.path("folder").asText());
        if (!Files.isDirectory(folder)) throw new Stop(Exit.NOT_FOUND, folder + " is no folder of tables");
        return folder;
    }

    private int faulty(FaultyEntitiesException e) {
        var answer = ItemJson.MAPPER.createObjectNode();
        var faults = answer.putArray("faults");
        for (var fault : e.faults()) {
            var told = faults.addObject()
                    .put("table", fault.table())
                    .put("line", fault.line())
                    .put("entity", fault.entity())
                    .put("column", fault.column())
                    .put("found", fault.found())
                    .put("expected", fault.expected())
                    .put("shape", EntityShapes.shapeOf(fault).orElse(""))
                    .put("message", fault.message());
            EntityShapes.inVietnamese(fault).ifPresent(expected -> told.put("expectedVi", expected));
        }
        out.accept(answer);
        return Exit.USAGE;
    }

    private static ObjectNode told(TableDiff.Change change) {
        return ItemJson.MAPPER
                .createObjectNode()
                .put("kind", change.kind().name().toLowerCase(java.util.Locale.ROOT))
                .put("id", change.id())
                .put("column", change.column())
                .put("before", change.before())
                .put("after", change.after());
    }
}
