package org.thocam.ontology.exchange.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;
import org.thocam.ontology.exchange.Description;

/**
 * Reads a bag or an RO-Crate, in a folder or a ZIP file. All of it is checked before the first item is told, so nothing is taken in from
 * a package that is not whole. Packages that this library wrote give back their items; those of others become items as their crate says,
 * or one item of all their files.
 */
public final class PackageReader {
    private static final Pattern OURS =
            Pattern.compile(Pattern.quote(PackageExport.ITEMS) + "([^/]+)/" + Pattern.quote(PackageExport.DESCRIPTION));
    private static final int LONGEST_DESCRIPTION = 4 << 20;
    private static final int LONGEST_TEXT = 64 << 20;

    private final Path path;
    private final Workspace workspace;
    private final Consumer<Submission> taken;

    /** @param workspace where files of a ZIP file lie until it is closed; close it when all that was taken is durable */
    public PackageReader(Path path, Workspace workspace, Consumer<Submission> taken) {
        this.path = path;
        this.workspace = workspace;
        this.taken = taken;
    }

    /** Whether this is a folder or a ZIP file that says it is a bag or a crate; what else is wrong with it {@link #read} tells. */
    public static boolean isPackage(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
            return Files.isRegularFile(path.resolve(Bag.DECLARATION), LinkOption.NOFOLLOW_LINKS)
                    || Files.isRegularFile(path.resolve(CrateWriter.FILE), LinkOption.NOFOLLOW_LINKS);
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".zip") && !name.endsWith(".eln")) return false;
        try (var zip = new ZipPeek(path)) {
            return zip.has(Bag.DECLARATION) || zip.has(CrateWriter.FILE);
        } catch (IOException | RuntimeException e) {
            return false; // it does not say so: a file like another
        }
    }

    /** Looks for a name at the top of a ZIP file or in the folder at its top, and believes nothing. */
    private record ZipPeek(ZipFile zip) implements AutoCloseable {
        private ZipPeek(Path path) throws IOException {
            this(opened(path));
        }

        private static ZipFile opened(Path path) throws IOException {
            ZipTree.refuseLongDirectory(path);
            return ZipFile.builder()
                    .setPath(path)
                    .setCharset(StandardCharsets.UTF_8)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        }

        boolean has(String name) {
            var entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                var entry = entries.nextElement().getName();
                if (entry.equals(name) || entry.endsWith("/" + name) && entry.indexOf('/') == entry.lastIndexOf('/'))
                    return true;
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /**
     * Checks the package, then tells each item.
     *
     * @throws BadPackageException if it is not whole or not to be trusted; nothing was told then
     */
    public void read() throws IOException {
        try (Tree tree = Files.isDirectory(path) ? new FolderTree(path) : new ZipTree(path, workspace)) {
            if (!Bag.isBag(tree)) {
                if (!tree.files().containsKey(CrateWriter.FILE))
                    throw new BadPackageException(path + " is neither a bag nor a crate: want " + Bag.DECLARATION
                            + " or " + CrateWriter.FILE + " in its folder");
                contents(tree, "", Optional.empty());
                return;
            }
            contents(tree, Bag.PAYLOAD, Optional.of(Bag.checked(tree)));
        }
    }

    private void contents(Tree tree, String root, Optional<Bag> bag) throws IOException {
        var ours = tree.files().subMap(root, true, root + "\uFFFF", false).keySet().stream()
                .map(file -> OURS.matcher(file.substring(root.length())))
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1))
                .toList();
        if (!ours.isEmpty() && tree.files().containsKey(root + CrateWriter.FILE))
            ours(tree, root, ours, bag.isPresent());
        else if (tree.files().containsKey(root + CrateWriter.FILE)) {
            for (var entity : new CrateReader(tree, root, path.toString()).items())
                take(
                        entity.description()
                                .item(
                                        id(entity.name(), tree.name() + "\0" + entity.name()),
                                        Access.OPEN,
                                        List.of(),
                                        ""),
                        Optional.empty(),
                        tree,
                        entity.files(),
                        entity.name());
        } else foreign(tree, bag.orElseThrow());
    }

    /** What one of our own packages holds, as the archive had it. */
    private record Restored(Item item, Optional<String> text, List<NamedFile> files) {}

    /** @param name inside the item */
    record NamedFile(String name, String path) {}

    private void ours(Tree tree, String root, List<String> ids, boolean checked) throws IOException {
        var owned = Set.copyOf(ids);
        for (var file : tree.files().subMap(root, true, root + "\uFFFF", false).keySet()) {
            var parts = file.substring(root.length()).split("/", 3);
            boolean known = parts.length == 3 && parts[0].equals("items") && owned.contains(parts[1])
                    || parts[0].startsWith("ro-crate-")
                    || root.isEmpty() && parts.length == 1;
            if (!known)
                throw new BadPackageException(
                        "'" + Shown.of(file) + "' belongs to none of the " + ids.size()
                                + " items of the package: want every file below items/ID/; remove it, or make a package of its own of it");
        }
        for (var id : ids) restored(tree, root, id, !checked);
        for (var id : ids) {
            var restored = restored(tree, root, id, false);
            take(restored.item(), restored.text(), tree, restored.files(), PackageExport.ITEMS + id);
        }
    }

    private Restored restored(Tree tree, String root, String id, boolean bytesToo) throws IOException {
        var folder = PackageExport.ITEMS + id + "/";
        var where = "'" + Shown.of(folder + PackageExport.DESCRIPTION) + "'";
        var files = new ArrayList<NamedFile>();
        var inside = new HashSet<String>();
        ItemJson.Entry entry;
        try {
            var node = ItemJson.parse(text(tree, root + folder + PackageExport.DESCRIPTION, LONGEST_DESCRIPTION));
            if (!(node instanceof ObjectNode description))
                throw new BadPackageException(where + ": want a JSON object, as the archive keeps it");
            var listed = description.remove("files");
            // what the archive made, and makes again
            description.remove(List.of("decoded", "source", "digest"));
            entry = ItemJson.entry(description);
            if (!entry.item().id().value().equals(id))
                throw new BadPackageException(where + " has the id '"
                        + Shown.of(entry.item().id().value()) + "': want that of its folder, '" + Shown.of(id) + "'");
            if (listed != null)
                for (var file : listed) {
                    files.add(listed(tree, root + folder + "files/", file, where, bytesToo));
                    // it comes out of its container again
                    if (file.has("within")) inside.add(file.path("name").asText());
                }
        } catch (IllegalArgumentException e) {
            throw new BadPackageException(where + ": " + e.getMessage(), e);
        }
        long there = tree.files()
                .subMap(root + folder + "files/", true, root + folder + "files0", false)
                .size();
        var names = new HashSet<String>();
        for (var file : files)
            if (!names.add(file.name()))
                throw new BadPackageException(where + " lists '" + Shown.of(file.name()) + "' twice");
        if (there != files.size())
            throw new BadPackageException(where + " lists " + files.size() + " files, but there are " + there
                    + " in its folder files/: want the same");
        var record = root + folder + PackageExport.RECORD_TEXT;
        var text = tree.files().containsKey(record) ? Optional.of(text(tree, record, LONGEST_TEXT)) : entry.text();
        files.removeIf(file -> inside.contains(file.name()));
        return new Restored(entry.item(), text, files);
    }

    private NamedFile listed(Tree tree, String folder, JsonNode file, String where, boolean bytesToo)
            throws IOException {
        var name = file.path("name").asText("");
        PackagePath.checked(folder + name, where);
        var size = tree.files().get(folder + name);
        if (size == null)
            throw new BadPackageException(where + " lists the file '" + Shown.of(name) + "', which is not there");
        if (size != file.path("size").asLong(-1))
            throw new BadPackageException("'" + Shown.of(folder + name) + "' is damaged: item.json expected "
                    + file.path("size") + " bytes, found " + size + "; copy the package again");
        if (bytesToo)
            try (var in = tree.open(folder + name)) {
                var found = Fixity.of(in, List.of("sha512")).hex("sha512");
                if (!found.equals(file.path("sha512").asText()))
                    throw new BadPackageException("'" + Shown.of(folder + name)
                            + "' is damaged: item.json expected sha512 "
                            + Shown.of(file.path("sha512").asText()) + ", found " + found
                            + "; copy the package again");
            }
        return new NamedFile(name, folder + name);
    }

    static String text(Tree tree, String file, int longest) throws IOException {
        try (var in = tree.open(file)) {
            var bytes = in.readNBytes(longest + 1);
            if (bytes.length > longest)
                throw new BadPackageException("'" + Shown.of(file) + "' is larger than " + longest + " bytes");
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadPackageException("'" + Shown.of(file) + "' is no UTF-8", e);
        }
    }

    /** A bag of which we know no more than its {@code bag-info.txt}: one item of all its files. */
    private void foreign(Tree tree, Bag bag) throws IOException {
        var identifiers = new ArrayList<>(bag.infos("External-Identifier"));
        identifiers.addAll(bag.infos("Internal-Sender-Identifier"));
        var und = LanguageTag.UNDETERMINED;
        var draft = new Description.Draft();
        draft.title(und, bag.info("External-Identifier").orElse(tree.name()));
        identifiers.forEach(draft::identifier);
        bag.infos("External-Description").forEach(text -> draft.description(und, text));
        bag.infos("Internal-Sender-Description").forEach(text -> draft.description(und, text));
        bag.infos("Source-Organization").forEach(name -> draft.term("publisher", name, und, ""));
        bag.infos("Bag-Group-Identifier").forEach(group -> draft.term("isPartOf", group, und, ""));
        bag.infos("Bag-Count").forEach(count -> draft.term("extent", "bag " + count, und, ""));
        // an address or a telephone number of a person is not for every reader
        bag.infos("Contact-Name").forEach(name -> draft.term("provenance", "Contact: " + name, und, ""));
        bag.infos("Bagging-Date").forEach(day -> draft.term("provenance", "Bagged: " + day, und, ""));
        var files = tree.files().subMap(Bag.PAYLOAD, true, "data0", false).keySet().stream()
                .map(file -> new NamedFile(file.substring(Bag.PAYLOAD.length()), file))
                .toList();
        var identity = bag.info("External-Identifier").orElse(tree.name());
        take(
                draft.done().item(id(identity, "bag\0" + identity), Access.OPEN, List.of(), ""),
                Optional.empty(),
                tree,
                files,
                tree.name());
    }

    /** The same for the same name, so that the same package again is no change. */
    private static ItemId id(String name, String identity) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            var readable = Normalizer.normalize(name, Normalizer.Form.NFD)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\p{M}", "")
                    .replace('đ', 'd')
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", "");
            if (readable.length() > 60) readable = readable.substring(0, 60);
            return ItemId.ofItem("p-" + (readable.isEmpty() ? "" : readable + "-")
                    + HexFormat.of().formatHex(hash, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void take(Item item, Optional<String> text, Tree tree, List<NamedFile> files, String what)
            throws IOException {
        var place = path + "!" + what;
        var uploads = new ArrayList<Submission.Upload>();
        var names = new HashMap<String, String>();
        for (var file : files) {
            var name = safe(file.name(), names.keySet());
            names.put(name, file.path());
            uploads.add(new Submission.Upload(name, tree.onDisk(file.path())));
        }
        taken.accept(new Submission(item.from(place, ""), text, uploads, place));
    }

    /** A name that the archive allows; two that become the same are told apart. */
    private static String safe(String name, Set<String> taken) {
        var plain = name.replaceAll("[\\\\\\p{Cntrl}]", "_");
        var free = plain;
        for (int i = 2; taken.contains(free); i++) free = plain + "~" + i;
        return free;
    }
}
