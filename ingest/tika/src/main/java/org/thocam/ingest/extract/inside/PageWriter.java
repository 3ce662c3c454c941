package org.thocam.ingest.extract.inside;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes pages as hOCR 1.2, in units of which a page has {@link #UNITS} each way. */
final class PageWriter implements AutoCloseable {
    static final int UNITS = 100_000;
    private static final int MOST_PAGES = 20_000;

    private final BufferedWriter out;
    private int left;
    private int page;
    private int pages;

    /** @param characters that are written at most */
    PageWriter(Path file, int characters) throws IOException {
        out = Files.newBufferedWriter(file);
        left = characters;
        out.write("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>\n");
    }

    /** @param number from 1, each greater than the one before */
    boolean page(int number) throws IOException {
        endPage();
        if (++pages > MOST_PAGES || left <= 0) return false;
        out.write(
                "<div class='ocr_page' title='bbox 0 0 " + UNITS + " " + UNITS + "; ppageno " + (number - 1) + "'>\n");
        page = number;
        return true;
    }

    boolean isEmpty() {
        return pages == 0;
    }

    private void endPage() throws IOException {
        if (page > 0) out.write("</div>\n");
        page = 0;
    }

    /** @param box left, top, right and bottom as fractions of the page, or null where nobody knows */
    void line(String text, double[] box) throws IOException {
        var line = text.strip();
        if (line.isEmpty() || left <= 0 || page == 0) return;
        if (line.length() > left) line = line.substring(0, left);
        left -= line.length();
        out.write("<span class='ocr_line'");
        if (box != null)
            out.write(" title='bbox " + units(box[0]) + " " + units(box[1]) + " "
                    + Math.max(units(box[2]), units(box[0]) + 1) + " " + Math.max(units(box[3]), units(box[1]) + 1)
                    + "'");
        out.write(">" + xml(line) + "</span>\n");
    }

    private static int units(double fraction) {
        return Double.isNaN(fraction) ? 0 : (int) Math.round(Math.max(0, Math.min(1, fraction)) * UNITS);
    }

    private static String xml(String text) {
        var xml = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '&') xml.append("&amp;");
            else if (c == '<') xml.append("&lt;");
            else if (c == '>') xml.append("&gt;");
            else if (c == '\t' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF)
                xml.appendCodePoint(c);
            else xml.append(' ');
        });
        return xml.toString();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            endPage();
            out.write("</body></html>\n");
        }
    }
}
