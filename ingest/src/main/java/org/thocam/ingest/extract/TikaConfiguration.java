package org.thocam.ingest.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration file that Tika's parent and children read. */
final class TikaConfiguration {
    /** Parsers that call other programs: none of them runs unasked. */
    private static final List<String> CALLERS = List.of("org.apache.tika.parser.external.CompositeExternalParser");

    private static final String TESSERACT = "org.apache.tika.parser.ocr.TesseractOCRParser";
    /** Ours, of ingest/tika; it hands on to the parsers that it stands for. */
    private static final String LEGACY_FONTS = "org.thocam.ingest.extract.fonts.LegacyFontParser";

    private static final String PDF = "org.apache.tika.parser.pdf.PDFParser";
    /** Ours too: each stands for the parser of Tika's above it. */
    private static final String INSIDE = "org.thocam.ingest.extract.inside.";

    private static final String OUR_PDF = INSIDE + "PagedPdfParser";
    private static final String OUR_TESSERACT = INSIDE + "PictureReader";

    private TikaConfiguration() {}

    static String of(Extractor.Limits limits, Optional<String> languages, Path file) {
        var excluded = new ArrayList<>(CALLERS);
        excluded.add(TESSERACT);
        excluded.add(PDF);
        var seeing = languages
                .map(named ->
                        parser(OUR_TESSERACT, "language", "string", named, "seconds", "int", limits.seconds() + "")
                                + parser(OUR_PDF, "ocr", "bool", "true"))
                .orElse(parser(OUR_PDF, "ocr", "bool", "false"));
        var exclusions = excluded.stream()
                .map(name -> "      <parser-exclude class=\"" + name + "\"/>\n")
                .collect(Collectors.joining());
        var arguments = arguments(limits).stream()
                .map(argument -> "<arg>" + xml(argument) + "</arg>")
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <properties>
                  <parsers>
                    <parser class="org.apache.tika.parser.DefaultParser">
                %s    </parser>
                %s  </parsers>
                  <autoDetectParserConfig>
                    <embeddedDocumentExtractorFactory class="org.thocam.ingest.extract.inside.KeepingExtractorFactory"/>
                    <contentHandlerDecoratorFactory class="org.thocam.ingest.extract.inside.SlidesFactory"/>
                  </autoDetectParserConfig>
                  <fetchers>
                    <fetcher class="org.apache.tika.pipes.fetcher.fs.FileSystemFetcher">
                      <params><name>file</name><allowAbsolutePaths>true</allowAbsolutePaths></params>
                    </fetcher>
                  </fetchers>
                  <emitters/>
                  <pipes>
                    <params>
                      <numClients>%d</numClients>
                      <timeoutMillis>%d</timeoutMillis>
                      <maxForEmitBatchBytes>1000000000</maxForEmitBatchBytes>
                      <maxFilesProcessedPerProcess>2000</maxFilesProcessedPerProcess>
                      <javaPath>%s</javaPath>
                      <forkedJvmArgs>%s</forkedJvmArgs>
                      <tikaConfig>%s</tikaConfig>
                    </params>
                  </pipes>
                </properties>
                """
                .formatted(
                        exclusions,
                        seeing + parser(LEGACY_FONTS),
                        limits.children(),
                        limits.seconds() * 1000,
                        xml(limits.java()),
                        arguments,
                        xml(file.toString()));
    }

    /** @param settings name, type and value of each parameter */
    private static String parser(String name, String... settings) {
        var parameters = new StringBuilder();
        for (int i = 0; i < settings.length; i += 3)
            parameters
                    .append("<param name=\"")
                    .append(settings[i])
                    .append("\" type=\"")
                    .append(settings[i + 1])
                    .append("\">")
                    .append(xml(settings[i + 2]))
                    .append("</param>");
        return "    <parser class=\"" + name + "\"><params>" + parameters + "</params></parser>\n";
    }

    private static List<String> arguments(Extractor.Limits limits) {
        return List.of(
                "-cp",
                limits.parsers().resolve("*").toString(),
                "-Xmx" + limits.heap(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + limits.work().resolve("child-%p.log"),
                "-Djava.io.tmpdir=" + limits.work(),
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                // whatever a parser tries to fetch goes to a proxy that nobody runs
                "-DsocksProxyHost=127.0.0.1",
                "-DsocksProxyPort=9",
                "-DsocksNonProxyHosts=",
                "-Dhttp.proxyHost=127.0.0.1",
                "-Dhttp.proxyPort=9",
                "-Dhttp.nonProxyHosts=",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=9");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
