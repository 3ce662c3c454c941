package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranscriptsTest {
    private static final Path MEDIA = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/media");

    @Test
    void everyFileOfTheTestDataIsKnownByItsBeginning() throws Exception {
        assumeTrue(Files.isDirectory(MEDIA), "no " + MEDIA);
        var wrong = new ArrayList<String>();
        int known = 0;
        List<Path> files;
        try (var walk = Files.walk(MEDIA)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            var path = MEDIA.relativize(file).toString();
            var want = formatOf(path);
            byte[] head;
            try (var in = Files.newInputStream(file)) {
                head = in.readNBytes(1 << 14);
            }
            // neither the name nor its ending is needed where the file says what it is
            var found = Transcripts.formatOf("file", head);
            if (!found.equals(want)) wrong.add(path + ": " + found + ", want " + want);
            if (!Transcripts.formatOf(path, head).equals(want)) wrong.add(path + " with its name");
            if (want.isPresent()) known++;
        }
        assertEquals(List.of(), wrong);
        assertTrue(known > 100, known + " of " + files.size());
    }

    private static Optional<Format> formatOf(String path) {
        if (path.endsWith(".eaf") || path.endsWith(".etf")) return Optional.of(Format.EAF);
        if (path.endsWith(".TextGrid")) return Optional.of(Format.TEXTGRID);
        if (path.startsWith("flextext/")) return Optional.of(Format.FLEXTEXT);
        if (path.startsWith("toolbox/")) return Optional.of(Format.TOOLBOX);
        if (path.startsWith("chat/")) return Optional.of(Format.CHAT);
        if (path.endsWith(".trs")) return Optional.of(Format.TRANSCRIBER);
        if (path.endsWith(".exb")) return Optional.of(Format.EXMARALDA);
        if (path.endsWith(".srt")) return Optional.of(Format.SRT);
        if (path.endsWith(".vtt")) return Optional.of(Format.WEBVTT);
        return Optional.empty();
    }

    @Test
    void plainTextIsNoToolboxFileForABackslash() {
        for (var text : List.of(
                "\\documentclass{article}\n\\begin{document}\n\\maketitle\n\\item one\n",
                "\\maketitle\n\\tableofcontents\n\\section{One}\n",
                "\\\\server\\share is where the recordings are\n\\\\server\\other too\n",
                "\\o/ hurrah\n\\o/ again\n",
                "A text.\n\\tx is a marker\n\\ge is another\n",
                "\\tx alone",
                "{\\rtf1\\ansi hello}",
                "C:\\tx\nC:\\ge\n",
                "")) assertEquals(Optional.empty(), format("file.txt", text), text);
        assertEquals(Optional.of(Format.TOOLBOX), format("file.txt", "\n\\ref 1\n\\t O Pedro\ngoes on\n\\g the Pedro"));
    }

    @Test
    void otherFilesThatBeginAlikeAreNotTaken() {
        assertEquals(Optional.empty(), format("a.xml", "<?xml version='1.0'?><document><title/></document>"));
        assertEquals(Optional.empty(), format("a.txt", "@article{key, title = {A}}"));
        assertEquals(Optional.empty(), format("a.txt", "1\n2\n3\n"));
        assertEquals(Optional.empty(), format("a.txt", "WEBVTTX\n"));
        assertEquals(Optional.empty(), format("a.Sound", "File type = \"ooTextFile\"\nObject class = \"Sound 2\"\n"));
    }

    @Test
    void theEndingTellsWhereTheBeginningDoesNot() {
        assertEquals(Optional.of(Format.CHAT), format("A.CHA", ""));
        assertEquals(Optional.of(Format.EAF), format("a.eaf", "<?xml version='1.0'?><!-- " + "long ".repeat(9000)));
        assertEquals(Optional.of(Format.WEBVTT), format("a.srt", "WEBVTT\n\n"));
    }

    private static Optional<Format> format(String name, String text) {
        return Transcripts.formatOf(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
