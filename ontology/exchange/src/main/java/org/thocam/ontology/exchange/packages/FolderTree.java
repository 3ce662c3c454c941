package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.thocam.ontology.Shown;

/** A package that is a folder. A link in it is refused: what it points to belongs to somebody else, or changes. */
final class FolderTree implements Tree {
    private final Path root;
    private final NavigableMap<String, Long> files = new TreeMap<>();

    FolderTree(Path root) throws IOException {
        this.root = root.toRealPath();
        Files.walkFileTree(this.root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                var name = relative(path);
                if (!attributes.isRegularFile())
                    throw new BadPackageException(root + ": '" + Shown.of(name)
                            + "' is a link or no file: want plain files only; put the file itself there");
                files.put(PackagePath.checked(name, root.toString()), attributes.size());
                if (files.size() > MOST_FILES)
                    throw new BadPackageException(
                            root + " has more than " + MOST_FILES + " files; make several packages of it");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String relative(Path path) {
        var parts = new StringJoiner("/");
        root.relativize(path).forEach(part -> parts.add(part.toString()));
        return parts.toString();
    }

    @Override
    public String name() {
        return String.valueOf(root.getFileName());
    }

    @Override
    public NavigableMap<String, Long> files() {
        return files;
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(onDisk(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Path onDisk(String path) throws IOException {
        if (!files.containsKey(path)) throw new NoSuchFileException(path);
        return root.resolve(path);
    }

    @Override
    public void close() {}
}
