package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Time-aligned and interlinear text, whatever its format. */
public final class Transcripts {
    /** How much of a beginning is looked at. */
    private static final int LOOKED_AT = 1 << 14;

    private static final Pattern TEXTGRID = Pattern.compile(
            "\\s*(?:File type\\s*=\\s*)?\"(?:ooTextFile(?: short)?\"[^\"]{0,200}\"TextGrid\"|Praat chronological TextGrid text file\").*",
            Pattern.DOTALL);

    /** A marker alone, or with a blank and a text; {@code \section{…}} is of another language. */
    private static final Pattern FIELD = Pattern.compile("\\\\[A-Za-z_][A-Za-z0-9_.+*-]{0,30}(?:[ \\t].*)?");

    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]+\\*?[\\[{].*");

    private Transcripts() {}

    /**
     * The format of a file, by what it begins with, or by the ending of its name where that does not tell.
     *
     * @param firstBytes some thousand bytes, or all of a shorter file
     */
    public static Optional<Format> formatOf(String name, byte[] firstBytes) {
        var text = beginning(firstBytes);
        return byBeginning(text).or(() -> byEnding(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Reads a file whole.
     *
     * @param in read to its end at most; not closed
     * @throws TranscriptException if it is not of that format, or over the limits; what can be read in spite of a fault is read, with a warning
     */
    public static Transcript read(Format format, InputStream in, Limits limits) throws TranscriptException {
        return switch (format) {
            case EAF -> EafReader.read(in, limits);
            case TEXTGRID -> TextGridReader.read(in, limits);
            case FLEXTEXT -> FlextextReader.read(in, limits);
            case TOOLBOX -> ToolboxReader.read(in, limits);
            case CHAT -> ChatReader.read(in, limits);
            case TRANSCRIBER -> TranscriberReader.read(in, limits);
            case EXMARALDA -> ExmaraldaReader.read(in, limits);
            case SRT -> SrtReader.read(in, limits);
            case WEBVTT -> WebVttReader.read(in, limits);
            case HOCR -> HocrReader.read(in, limits);
        };
    }

    private static Optional<Format> byBeginning(String text) {
        // Praat's binary form: a length before each name
        if (text.startsWith("ooBinaryFile\bTextGrid")) return Optional.of(Format.TEXTGRID);
        if (TEXTGRID.matcher(text).matches()) return Optional.of(Format.TEXTGRID);
        if (text.matches("(?s)WEBVTT(?:[ \\t\\r\\n].*)?")) return Optional.of(Format.WEBVTT);
        if (text.stripLeading().startsWith("<")) return byRoot(text);
        var lines = text.split("\\r\\n|\\r|\\n", -1);
        if (isChat(lines)) return Optional.of(Format.CHAT);
        if (isSrt(lines)) return Optional.of(Format.SRT);
        if (isToolbox(lines)) return Optional.of(Format.TOOLBOX);
        return Optional.empty();
    }

    private static Optional<Format> byEnding(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "eaf", "etf" -> Optional.of(Format.EAF);
            case "textgrid" -> Optional.of(Format.TEXTGRID);
            case "flextext" -> Optional.of(Format.FLEXTEXT);
            case "tbt", "sfm" -> Optional.of(Format.TOOLBOX);
            case "cha" -> Optional.of(Format.CHAT);
            case "trs" -> Optional.of(Format.TRANSCRIBER);
            case "exb" -> Optional.of(Format.EXMARALDA);
            case "srt" -> Optional.of(Format.SRT);
            case "vtt" -> Optional.of(Format.WEBVTT);
            case "hocr" -> Optional.of(Format.HOCR);
            default -> Optional.empty();
        };
    }

    private static Optional<Format> byRoot(String text) {
        return switch (root(text)) {
            case "ANNOTATION_DOCUMENT" -> Optional.of(Format.EAF);
            case "Trans" -> Optional.of(Format.TRANSCRIBER);
            case "basic-transcription" -> Optional.of(Format.EXMARALDA);
            // other formats have a root of this name too
            case "document" -> text.contains("<interlinear-text") ? Optional.of(Format.FLEXTEXT) : Optional.empty();
            // any other page of the web has this root
            case "html" ->
                text.contains("ocr_page") || text.contains("'ocr-system'") || text.contains("\"ocr-system\"")
                        ? Optional.of(Format.HOCR)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The name of the first element, behind instructions, comments and a document type; empty where it is not reached. */
    private static String root(String text) {
        int at = 0;
        while (true) {
            at = text.indexOf('<', at);
            if (at < 0 || at + 1 >= text.length()) return "";
            if (text.startsWith("<!--", at)) at = text.indexOf("-->", at);
            else if (text.startsWith("<?", at)) at = text.indexOf("?>", at);
            else if (text.startsWith("<!", at)) at = afterDoctype(text, at);
            else break;
            if (at < 0) return "";
        }
        int end = at + 1;
        while (end < text.length() && " \t\r\n/>".indexOf(text.charAt(end)) < 0) end++;
        return end == text.length()
                ? ""
                : text.substring(text.lastIndexOf(':', end) > at ? text.lastIndexOf(':', end) + 1 : at + 1, end);
    }

    private static int afterDoctype(String text, int from) {
        int close = text.indexOf('>', from);
        int subset = text.indexOf('[', from);
        return subset < 0 || close < subset ? close : text.indexOf("]>", subset);
    }

    private static boolean isChat(String[] lines) {
        var first = first(lines);
        if (!first.startsWith("@")) return false;
        for (var line : lines) if (line.strip().equals("@Begin") || line.startsWith("@Languages:")) return true;
        return first.strip().equals("@UTF8");
    }

    private static boolean isSrt(String[] lines) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) continue;
            if (SrtReader.isTimes(lines[i])) return true;
            return lines[i].matches("\\s*[0-9]{1,9}\\s*") && i + 1 < lines.length && SrtReader.isTimes(lines[i + 1]);
        }
        return false;
    }

    /** Toolbox's own header; or fields from the first line on, of several markers, and no command as in TeX. */
    private static boolean isToolbox(String[] lines) {
        var first = first(lines);
        if (first.matches("\\\\_sh\\s.*")) return true;
        if (!FIELD.matcher(first).matches()) return false;
        var markers = new HashSet<String>();
        int fields = 0;
        int others = 0;
        // the last line may be cut off
        for (var line : lines) {
            if (COMMAND.matcher(line).matches()) return false;
            if (FIELD.matcher(line).matches()) {
                fields++;
                markers.add(line.substring(0, ToolboxReader.marker(line)));
            } else if (!line.isBlank()) {
                others++;
            }
        }
        return markers.size() > 1 && fields > others;
    }

    private static String first(String[] lines) {
        for (var line : lines) if (!line.isBlank()) return line;
        return "";
    }

    /** The beginning as letters: UTF-16 by its mark, or else one letter a byte, which is enough for the words of a format. */
    private static String beginning(byte[] bytes) {
        int length = Math.min(bytes.length, LOOKED_AT);
        if (length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            return new String(bytes, 2, length - 2, StandardCharsets.UTF_16BE);
        if (length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            return new String(bytes, 2, length - 2, StandardCharsets.UTF_16LE);
        boolean marked = length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return new String(bytes, marked ? 3 : 0, length - (marked ? 3 : 0), StandardCharsets.ISO_8859_1);
    }
}
