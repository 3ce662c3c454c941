package org.thocam.ontology.exchange.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.reference.People;

/**
 * Reads the RO-Crate of another library (1.0 to 1.3): each {@code RepositoryObject} is an item with the files it names; what none of them
 * names belongs to the crate itself, which is an item too where it has files. What lies on the web is never fetched.
 */
final class CrateReader {
    private static final int LONGEST = 64 << 20;
    private static final int DEEPEST = 50;
    private static final Set<String> OURSELVES = Set.of(CrateWriter.FILE, "ro-crate-preview.html");

    /** @param name of the entity in the crate */
    record Entity(String name, Description description, List<PackageReader.NamedFile> files) {}

    private final Tree tree;
    private final String root;
    private final String where;
    private final Map<String, JsonNode> entities = new LinkedHashMap<>();
    private final Set<String> claimed = new HashSet<>();

    CrateReader(Tree tree, String root, String where) {
        this.tree = tree;
        this.root = root;
        this.where = where + ": " + CrateWriter.FILE;
    }

    List<Entity> items() throws IOException {
        graph();
        var dataset = rootEntity();
        for (var entity : entities.values()) check(entity);
        var items = new ArrayList<Entity>();
        for (var entity : entities.values())
            if (is(entity, "RepositoryObject") && entity != dataset) items.add(item(entity, filesOf(entity), dataset));
        var left = new ArrayList<PackageReader.NamedFile>();
        for (var file : tree.files().subMap(root, true, root + "\uFFFF", false).keySet()) {
            var path = file.substring(root.length());
            boolean payload = !OURSELVES.contains(path) && !path.startsWith("ro-crate-preview_files/");
            boolean tag = root.isEmpty() && Bag.isBag(tree);
            if (payload && !tag && !claimed.contains(path)) left.add(new PackageReader.NamedFile(path, file));
        }
        if (items.isEmpty() || !left.isEmpty()) items.add(item(dataset, left, dataset));
        return items;
    }

    private void graph() throws IOException {
        if (tree.files().get(root + CrateWriter.FILE) > LONGEST)
            throw new BadPackageException(where + " is larger than " + LONGEST + " bytes; make several crates of it");
        JsonNode json;
        try (var in = tree.open(root + CrateWriter.FILE)) {
            json = ItemJson.MAPPER.readTree(in);
        } catch (JsonProcessingException e) {
            throw new BadPackageException(where + " is no JSON: " + Shown.of(e.getOriginalMessage()), e);
        }
        if (!(json.path("@graph") instanceof ArrayNode graph))
            throw new BadPackageException(where + ": want an object with a list '@graph', as flattened JSON-LD has it");
        for (var entity : graph) {
            var id = entity.path("@id").asText("");
            if (!entity.isObject() || !entity.path("@id").isTextual())
                throw new BadPackageException(where + ": an entity in @graph has no @id");
            if (entities.put(id, entity) != null)
                throw new BadPackageException(where + " describes '" + Shown.of(id) + "' twice: want each @id once");
        }
    }

    /** RO-Crate 1.2, "Finding the Root Data Entity". */
    private JsonNode rootEntity() {
        for (var name : List.of(CrateWriter.FILE, "./" + CrateWriter.FILE, "ro-crate-metadata.jsonld")) {
            var descriptor = entities.get(name);
            if (descriptor == null) continue;
            var about = entities.get(descriptor.path("about").path("@id").asText(""));
            if (about != null) return about;
        }
        throw new BadPackageException(where + " has no root: want an entity '" + CrateWriter.FILE
                + "' whose 'about' names an entity of the graph");
    }

    /** Every local file that is described must be there, whole. */
    private void check(JsonNode entity) throws IOException {
        var id = entity.path("@id").asText();
        if (!is(entity, "File") && !is(entity, "MediaObject") || CrateIds.isNoPath(id)) return;
        var path = CrateIds.path(id, where);
        var size = tree.files().get(root + path);
        if (size == null)
            throw new BadPackageException(
                    where + " describes the file '" + Shown.of(path) + "', which is not there; copy the crate again");
        var told = entity.path("contentSize").asText("");
        if (told.matches("\\d{1,18}") && Long.parseLong(told) != size)
            throw new BadPackageException("'" + Shown.of(path) + "' is damaged: " + CrateWriter.FILE + " expected "
                    + told + " bytes, found " + size + "; copy the crate again");
        for (var algorithm : List.of("sha256", "sha512")) {
            var expected = entity.path(algorithm).asText("");
            if (expected.isEmpty()) continue;
            try (var in = tree.open(root + path)) {
                var found = Fixity.of(in, List.of(algorithm)).hex(algorithm);
                if (!found.equalsIgnoreCase(expected))
                    throw new BadPackageException("'" + Shown.of(path) + "' is damaged: " + CrateWriter.FILE
                            + " expected " + algorithm + " " + Shown.of(expected) + ", found " + found
                            + "; copy the crate again");
            }
        }
    }

    /** The files that an entity names in {@code hasPart}, and those in the folders that it names or is. */
    private List<PackageReader.NamedFile> filesOf(JsonNode entity) {
        var paths = new LinkedHashSet<String>();
        collect(entity, paths, new HashSet<>(), 0);
        var id = entity.path("@id").asText();
        var folder = CrateIds.isNoPath(id) ? "" : CrateIds.path(id, where) + "/";
        var files = new ArrayList<PackageReader.NamedFile>();
        for (var path : paths) {
            if (!claimed.add(path)) continue;
            var name = folder.length() > 1 && path.startsWith(folder) ? path.substring(folder.length()) : path;
            files.add(new PackageReader.NamedFile(name, root + path));
        }
        return files;
    }

    private void collect(JsonNode entity, Set<String> paths, Set<String> seen, int depth) {
        var id = entity.path("@id").asText();
        if (depth > DEEPEST || !seen.add(id)) return;
        if (!CrateIds.isNoPath(id)) {
            var path = CrateIds.path(id, where);
            if (path.isEmpty()) return;
            if (tree.files().containsKey(root + path)) paths.add(path);
            else
                for (var file : tree.files()
                        .subMap(root + path + "/", true, root + path + "0", false)
                        .keySet()) paths.add(file.substring(root.length()));
        }
        for (var part : values(entity, "hasPart")) {
            var inner = entities.get(part.path("@id").asText(""));
            if (inner != null && !is(inner, "RepositoryObject")) collect(inner, paths, seen, depth + 1);
        }
    }

    private Entity item(JsonNode entity, List<PackageReader.NamedFile> files, JsonNode dataset) {
        var id = entity.path("@id").asText();
        var draft = new Description.Draft();
        for (var property : entity.properties()) property(draft, property.getKey(), entity);
        if (!draft.hasTitle()) draft.title(LanguageTag.UNDETERMINED, entity == dataset ? tree.name() : id);
        return new Entity(entity == dataset ? tree.name() : id, draft.done(), files);
    }

    private void property(Description.Draft draft, String property, JsonNode entity) {
        for (var value : values(entity, property)) {
            var text = text(value);
            if (text.isBlank()) continue;
            var language = language(value);
            switch (property) {
                case "name", "headline" -> draft.title(language, text);
                case "description" -> draft.description(language, text);
                case "author", "creator" -> draft.creator(text);
                case "dateCreated", "temporal" -> draft.date(text);
                case "inLanguage" ->
                    tag(value)
                            .ifPresentOrElse(
                                    draft::language, () -> draft.term("subject", text, LanguageTag.UNDETERMINED, ""));
                case "identifier", "url", "sameAs" -> draft.identifier(text);
                case "conditionsOfAccess", "usageInfo", "copyrightNotice" -> draft.rights(text);
                case "license" -> license(draft, value, text);
                case "contentLocation", "spatialCoverage", "locationCreated" -> draft.place(place(value, text));
                case "additionalType" -> draft.type(text);
                case "about" -> about(draft, value, text);
                case "keywords" -> {
                    for (var word : text.split("[,;]")) draft.term("subject", word, language, "");
                }
                default -> CrateTerms.term(property).ifPresent(term -> draft.term(term, text, language, ""));
            }
        }
    }

    private void license(Description.Draft draft, JsonNode value, String text) {
        var iri = value.path("@id").asText("");
        if (!iri.isEmpty() && !iri.startsWith("#")) draft.term("license", iri, LanguageTag.UNDETERMINED, "");
        draft.rights(text);
    }

    /** A people by our code where the entity has one, else by its name; all else is a subject. */
    private void about(Description.Draft draft, JsonNode value, String text) {
        var iri = value.path("@id").asText("");
        var people = People.ofId(iri.substring(iri.lastIndexOf('/') + 1))
                .or(() -> value.isTextual() ? Optional.empty() : People.named(text));
        if (people.isPresent()) draft.people(people.get().id());
        else draft.term("subject", text, language(value), "");
    }

    private Place place(JsonNode value, String text) {
        var place = described(value);
        var geo = described(place.path("geo"));
        try {
            if (geo.has("latitude") && geo.has("longitude"))
                return new Place(
                        text,
                        Double.valueOf(geo.path("latitude").asText()),
                        Double.valueOf(geo.path("longitude").asText()));
        } catch (IllegalArgumentException e) {
            return new Place(text, null, null); // degrees that are none say nothing
        }
        return new Place(text, null, null);
    }

    private Optional<LanguageTag> tag(JsonNode value) {
        var entity = described(value);
        var told = new ArrayList<String>();
        for (var property : List.of("code", "alternateName", "@value"))
            for (var one : values(entity, property)) told.add(one.asText(""));
        if (value.isTextual()) told.add(value.textValue());
        var iri = value.path("@id").asText("");
        told.add(iri.substring(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1));
        for (var one : told) {
            if (!one.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")) continue;
            try {
                return Optional.of(new LanguageTag(one));
            } catch (IllegalArgumentException e) {
                continue; // another of its names may be a tag
            }
        }
        return Optional.empty();
    }

    private static LanguageTag language(JsonNode value) {
        try {
            return value.path("@language").isTextual()
                    ? new LanguageTag(value.path("@language").textValue())
                    : LanguageTag.UNDETERMINED;
        } catch (IllegalArgumentException e) {
            return LanguageTag.UNDETERMINED; // said wrongly is not said
        }
    }

    /** The entity that a reference leads to; itself where it leads nowhere. */
    private JsonNode described(JsonNode value) {
        var entity = entities.get(value.path("@id").asText(""));
        return entity != null ? entity : value;
    }

    /** A scalar, the name of what a reference leads to, or the reference itself. */
    private String text(JsonNode value) {
        if (value.isValueNode()) return value.asText("");
        if (value.has("@value")) return value.path("@value").asText("");
        var entity = described(value);
        for (var property : List.of("name", "value"))
            for (var name : values(entity, property)) {
                if (name.isValueNode()) return name.asText("");
                if (name.has("@value")) return name.path("@value").asText("");
            }
        var id = value.path("@id").asText("");
        return id.startsWith("_:") ? "" : id;
    }

    private static List<JsonNode> values(JsonNode entity, String property) {
        var value = entity.path(property);
        if (value.isMissingNode() || value.isNull()) return List.of();
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of(value);
    }

    private static boolean is(JsonNode entity, String type) {
        return values(entity, "@type").stream().anyMatch(one -> one.asText("").equals(type));
    }
}
