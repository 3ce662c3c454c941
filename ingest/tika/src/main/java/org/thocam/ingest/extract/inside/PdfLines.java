package org.thocam.ingest.extract.inside;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The lines of a PDF in the order of its text, each with its box on the page as a reader sees it: cut to its CropBox, and turned. */
final class PdfLines extends PDFTextStripper {
    /** Of the height of a line: what hangs under its base. */
    private static final double UNDER = 0.25;

    private final Wish wish;
    private final PageWriter writer;
    private final Set<Integer> without;
    private final StringBuilder line = new StringBuilder();
    private double[] box;
    private double width;
    private double height;
    private int rotation;
    private boolean writing;

    /** @param without pages whose lines come from elsewhere */
    PdfLines(Wish wish, PageWriter writer, Set<Integer> without) {
        this.wish = wish;
        this.writer = writer;
        this.without = without;
        // as Tika has it
        setSuppressDuplicateOverlappingText(false);
    }

    /** Ends what takes too long; the text itself was read before. */
    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (wish.left() < 0) throw new IOException("no time left");
        super.processOperator(operator, operands);
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        var seen = page.getCropBox();
        rotation = Math.floorMod(page.getRotation(), 360);
        width = seen.getWidth();
        height = seen.getHeight();
        writing = !without.contains(getCurrentPageNo()) && writer.page(getCurrentPageNo());
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        if (!writing) return;
        line.append(text);
        for (var position : positions) add(position);
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() throws IOException {
        flush();
    }

    @Override
    protected void writeParagraphEnd() throws IOException {
        flush();
    }

    @Override
    protected void endPage(PDPage page) throws IOException {
        flush();
    }

    private void flush() throws IOException {
        if (writing) writer.line(line.toString(), box);
        line.setLength(0);
        box = null;
    }

    private void add(TextPosition glyph) {
        var matrix = glyph.getTextMatrix();
        double angle = Math.atan2(matrix.getShearY(), matrix.getScaleX());
        double up = glyph.getHeight();
        double x = matrix.getTranslateX();
        double y = matrix.getTranslateY();
        for (double over : new double[] {-UNDER * up, up}) {
            double dx = -Math.sin(angle) * over;
            double dy = Math.cos(angle) * over;
            add(x + dx, y + dy);
            add(glyph.getEndX() + dx, glyph.getEndY() + dy);
        }
    }

    /** A point from the lower left corner of the page before it is turned. */
    private void add(double x, double y) {
        double right = x / width;
        double down = 1 - y / height;
        var seen =
                switch (rotation) {
                    case 90 -> new double[] {1 - down, right};
                    case 180 -> new double[] {1 - right, 1 - down};
                    case 270 -> new double[] {down, 1 - right};
                    default -> new double[] {right, down};
                };
        if (!Double.isFinite(seen[0]) || !Double.isFinite(seen[1])) return;
        if (box == null) box = new double[] {seen[0], seen[1], seen[0], seen[1]};
        box[0] = Math.min(box[0], seen[0]);
        box[1] = Math.min(box[1], seen[1]);
        box[2] = Math.max(box[2], seen[0]);
        box[3] = Math.max(box[3], seen[1]);
    }
}
