package org.thocam.ingest.harvest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest page that is taken fits into a small heap, read as it is and repaired: a partner must not bring a server down. */
class PageMemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"whole", "repaired"})
    void theLargestPageFitsIntoASmallHeap(String kind) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        kind)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        assertEquals(0, process.exitValue(), said);
    }

    /** Reads a page of as many bytes as are taken, in a process of its own. */
    static final class Child {
        private Child() {}

        public static void main(String[] kinds) throws Exception {
            var record =
                    "<record><header><identifier>oai:x.vn:1</identifier></header><metadata><a>ꪼꪕ</a></metadata></record>"
                            .getBytes(StandardCharsets.UTF_8);
            var page = new byte[Limits.USUAL.pageBytes()];
            Arrays.fill(page, (byte) ' ');
            int at = put(page, 0, "<OAI-PMH><ListRecords>".getBytes(StandardCharsets.UTF_8));
            int records = 0;
            for (; at + record.length < page.length - 100; records++) at = put(page, at, record);
            put(page, at, "</ListRecords></OAI-PMH>".getBytes(StandardCharsets.UTF_8));
            // the first letter of the first record's domain
            if (kinds[0].equals("repaired")) page[54] = 1;
            int read = OaiAnswer.of("http://x.vn/oai", page).records().size();
            if (read != records) throw new AssertionError(read + " of " + records + " records");
        }

        private static int put(byte[] page, int at, byte[] bytes) {
            System.arraycopy(bytes, 0, page, at, bytes.length);
            return at + bytes.length;
        }
    }
}
