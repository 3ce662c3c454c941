import io.ocfl.api.model.ObjectVersionId;
import io.ocfl.api.model.VersionInfo;
import io.ocfl.core.OcflRepositoryBuilder;
import io.ocfl.core.extension.storage.layout.config.HashedNTupleLayoutConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** ocfl-java alone, one object an entry: FOLDER OBJECTS; prints objects a second. It does not ask the disk to keep them. */
class OcflAlone {
    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory(Path.of(args[0]), "ocfl-alone");
        int objects = Integer.parseInt(args[1]);
        var root = Files.createDirectory(folder.resolve("root"));
        var repository = new OcflRepositoryBuilder()
                .defaultLayoutConfig(new HashedNTupleLayoutConfig())
                .storage(storage -> storage.fileSystem(root))
                .workDir(Files.createDirectory(folder.resolve("work")))
                .build();
        var text = "<entry id='x'><lexical-unit><form lang='rad'><text>êa</text></form></lexical-unit></entry>".repeat(5);
        for (int n = 0; n < 200; n++) write(repository, "warm" + n, text);
        long start = System.nanoTime();
        for (int n = 0; n < objects; n++) write(repository, "e" + n, text);
        System.out.printf("%.0f%n", objects / ((System.nanoTime() - start) / 1e9));
    }

    private static void write(io.ocfl.api.OcflRepository repository, String id, String text) {
        repository.updateObject(
                ObjectVersionId.head(id),
                new VersionInfo(),
                object -> object.writeFile(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "entry.xml"));
    }
}
