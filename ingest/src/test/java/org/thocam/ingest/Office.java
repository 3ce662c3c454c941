package org.thocam.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Documents as LibreOffice writes them; tests are skipped where it is not installed. */
public final class Office {
    /** The start of a flat OpenDocument text, in which the style {@code B} begins a page. */
    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
            <office:automatic-styles><style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles>
            <office:body><office:text>
            """;

    private Office() {}

    /** A black text on a white ground, 1000 by 160. */
    public static BufferedImage picture(String text) {
        var image = new BufferedImage(1000, 160, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 1000, 160);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SERIF, Font.PLAIN, 44));
        graphics.drawString(text, 40, 90);
        graphics.dispose();
        return image;
    }

    /** A paragraph with such a picture. */
    public static String framed(String text) throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(picture(text), "png", png);
        return "<text:p><draw:frame svg:width=\"15cm\" svg:height=\"2.4cm\" text:anchor-type=\"as-char\"><draw:image draw:mime-type=\"image/png\"><office:binary-data>"
                + Base64.getEncoder().encodeToString(png.toByteArray())
                + "</office:binary-data></draw:image></draw:frame></text:p>";
    }

    /** A text document of these paragraphs, as {@code NAME.ending}. */
    public static Path document(Path folder, String name, String paragraphs, String ending) throws Exception {
        var source = Files.writeString(
                folder.resolve(name + ".fodt"),
                HEAD.strip() + paragraphs + "</office:text></office:body></office:document>");
        return converted(folder, source, name + "." + ending, ending);
    }

    /** @param options of soffice, before the file */
    public static Path converted(Path folder, Path source, String name, String ending, String... options)
            throws Exception {
        var command = new ArrayList<>(List.of(
                "soffice", "-env:UserInstallation=" + folder.resolve("office").toUri(), "--headless"));
        command.addAll(List.of(options));
        command.addAll(List.of("--convert-to", ending, "--outdir", folder.toString(), source.toString()));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("office.log").toFile())
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) process.destroyForcibly().waitFor();
        } catch (IOException e) {
            assumeTrue(false, "skipped: LibreOffice (soffice) is not installed");
        }
        var to = folder.resolve(name);
        assumeTrue(Files.exists(to), () -> "skipped: this LibreOffice writes no ." + ending);
        return to;
    }
}
