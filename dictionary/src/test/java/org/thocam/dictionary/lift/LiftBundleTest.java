package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiftBundleTest {
    private static final String LIFT =
            "<lift version='0.13'><header><ranges><range id='a' href='file://C:/My Files/L\u00E0ng.lift-ranges'/></ranges></header><entry/></lift>";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path zip(String... names) throws Exception {
        var zip = folder.resolve("a.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(LIFT.getBytes("UTF-8"));
            }
        }
        return zip;
    }

    private static List<String> names(List<LiftBundle.Part> parts) {
        return parts.stream().map(LiftBundle.Part::name).toList();
    }

    @Test
    void aFolderHasItsLiftRangesWritingSystemsAndMedia() throws Exception {
        for (var name : List.of(
                "lang.lift-ranges",
                "LA\u0300NG.lift-ranges",
                "other.lift-ranges",
                "WritingSystems/vi.ldml",
                "WritingSystems/idchangelog.xml",
                "audio/a.wav",
                "pictures/x/b.png",
                "consent/c.mp3",
                "others/d.pdf",
                "e.wav",
                "thumbs.db",
                "x/audio/f.wav")) write("d/" + name, "x");
        var lift = write("d/lang.lift", LIFT);
        var wanted = List.of(
                "lang.lift",
                "LA\u0300NG.lift-ranges",
                "WritingSystems/vi.ldml",
                "audio/a.wav",
                "consent/c.mp3",
                "e.wav",
                "lang.lift-ranges",
                "others/d.pdf",
                "pictures/x/b.png");
        for (var source : List.of(lift, lift.getParent()))
            try (var bundle = LiftBundle.of(source)) {
                assertEquals(wanted, names(bundle.parts()));
                assertEquals(2, bundle.ranges().size());
                assertEquals(5, bundle.media().size());
                assertTrue(bundle.has("audio/A.wav"));
                System.out.println("left: " + bundle.left());
                assertTrue(bundle.left().contains("other.lift-ranges"));
            }
    }

    @Test
    void theRealOneIsWhole() throws Exception {
        var real = LiftFileTest.SHARED.resolve("AllFLExFields");
        Assumptions.assumeTrue(Files.exists(real));
        try (var bundle = LiftBundle.of(real)) {
            System.out.println(names(bundle.parts()));
            assertEquals(5, bundle.parts().size());
        }
        var refused = assertThrows(BundleException.class, () -> LiftBundle.of(real.getParent()));
        System.out.println(refused.getMessage());
    }

    @Test
    void whatAFileNamesAndIsNotThereIsSaid() throws Exception {
        Assumptions.assumeTrue(Files.exists(LiftFileTest.SHARED));
        for (var name : List.of("AllFLExFields", "tuwari", "biatah", "small/test20080407.lift")) {
            var counts = new TreeMap<String, Integer>();
            try (var bundle = LiftBundle.of(LiftFileTest.SHARED.resolve(name));
                    var in = Files.newInputStream(bundle.lift().path())) {
                var validator = new LiftValidator(
                                problem -> counts.merge(problem.code().word(), 1, Integer::sum))
                        .with(bundle::has);
                for (var part : bundle.ranges())
                    try (var ranges = Files.newInputStream(part.path())) {
                        validator.with(
                                LiftRanges.read(ranges, problem -> System.out.println(part.name() + " " + problem)));
                    }
                validator.check(in);
            }
            System.out.println(name + " as a bundle: " + counts);
            assertEquals(0, counts.getOrDefault("missing-ranges", 0));
            assertEquals(
                    name.equals("AllFLExFields") ? 2 : counts.getOrDefault("missing-media", 0),
                    counts.getOrDefault("missing-media", 0));
        }
    }

    @Test
    void aZipIsUnpackedAndRemoved() throws Exception {
        Path unpacked;
        try (var bundle =
                LiftBundle.of(zip("p/a.lift", "p\\audio\\b.wav", "__MACOSX/p/._a.lift", "p/pictures/", "readme.txt"))) {
            assertEquals(List.of("a.lift", "audio/b.wav"), names(bundle.parts()));
            assertEquals(List.of("__MACOSX/p/._a.lift", "readme.txt"), bundle.left());
            unpacked = bundle.lift().path();
            assertTrue(Files.exists(unpacked));
        }
        assertFalse(Files.exists(unpacked));
    }

    @Test
    void whatIsNotToBeTrustedIsRefused() throws Exception {
        refused(zip("a.lift", "b.lift"));
        refused(zip("a.txt"));
        refused(zip("a.lift", "../b.wav"));
        refused(zip("a.lift", "audio/../../b.wav"));
        refused(zip("a.lift", "..\\b.wav"));
        refused(zip("a.lift", "/etc/b"));
        refused(zip("a.lift", "C:\\b"));
        refused(zip("a.lift", "b.wav", "B.wav"));
        refused(zip("a.lift", "audio", "audio/b.wav"));
        refused(Files.writeString(folder.resolve("b.zip"), "no zip"));
        refused(folder.resolve("none.lift"));
        var big = folder.resolve("big.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(big))) {
            out.putNextEntry(new ZipEntry("a.lift"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 50; i++) out.write(zeros);
        }
        var refused = assertThrows(BundleException.class, () -> LiftBundle.of(big, new LiftBundle.Limits(10, 1 << 20)));
        System.out.println(refused.getMessage());
        var many = zip("a.lift", "b", "c");
        System.out.println(
                assertThrows(BundleException.class, () -> LiftBundle.of(many, new LiftBundle.Limits(2, 1 << 20)))
                        .getMessage());
    }

    private static void refused(Path source) {
        System.out.println(
                assertThrows(BundleException.class, () -> LiftBundle.of(source)).getMessage());
    }
}
