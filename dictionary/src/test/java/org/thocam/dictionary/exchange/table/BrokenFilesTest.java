package org.thocam.dictionary.exchange.table;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.exchange.Collected;
import org.thocam.dictionary.exchange.FormatException;

class BrokenFilesTest {
    private static byte[] workbook() throws IOException {
        var words = new Collected();
        for (int i = 0; i < 5; i++)
            words.entry(
                    "e" + i,
                    new Entry(
                            "e" + i,
                            "",
                            "",
                            "",
                            Multitext.of("vi", "x" + i),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "",
                            ""));
        var out = new ByteArrayOutputStream();
        Tables.write(Kind.XLSX, Collected.head("vi"), words, out);
        return out.toByteArray();
    }

    /** The same workbook with its parts changed, so that the damage is inside of what is compressed. */
    private static byte[] with(byte[] workbook, java.util.function.UnaryOperator<byte[]> change) throws IOException {
        var file = java.nio.file.Files.createTempFile("broken", ".xlsx");
        var out = new ByteArrayOutputStream();
        java.nio.file.Files.write(file, workbook);
        try (var from = new ZipFile(file.toFile());
                var to = new ZipOutputStream(out)) {
            for (var entry : java.util.Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(change.apply(from.getInputStream(entry).readAllBytes()));
            }
        } finally {
            java.nio.file.Files.delete(file);
        }
        return out.toByteArray();
    }

    private static Collected read(byte[] bytes) throws Exception {
        var read = new Collected();
        Tables.read(new ByteArrayInputStream(bytes), Kind.XLSX, ColumnMapping.NONE, "vi", read);
        return read;
    }

    @Test
    void aBrokenWorkbookIsRefusedOrRead() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var workbook = workbook();
        for (int i = 0; i < 400; i++) {
            var broken = i % 2 == 0
                    ? workbook.clone()
                    : with(workbook, part -> {
                        if (random.nextInt(4) == 0) part[random.nextInt(part.length)] = (byte) random.nextInt(128);
                        return part;
                    });
            if (i % 2 == 0) broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                read(broken);
            } catch (FormatException e) {
                // as it should be
            } catch (Exception | Error e) {
                fail("seed " + seed + ", round " + i, e);
            }
        }
    }

    @Test
    void entitiesAreNotExpanded() throws Exception {
        var bomb = with(workbook(), part -> {
            var text = new String(part, StandardCharsets.UTF_8);
            int at = text.indexOf("<worksheet");
            if (at < 0) return part;
            return ("<!DOCTYPE worksheet [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY b 'bbbb'>]>"
                            + text.substring(at).replace("x1", "&a;&b;"))
                    .getBytes(StandardCharsets.UTF_8);
        });
        var refused = assertThrows(FormatException.class, () -> {
            var read = read(bomb);
            throw new AssertionError(read.entries.toString());
        });
        assertTrue(refused.getMessage().contains("wrong-xlsx"), refused.getMessage());
    }
}
