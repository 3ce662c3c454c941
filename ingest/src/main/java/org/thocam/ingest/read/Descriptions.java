package org.thocam.ingest.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.yaml.snakeyaml.LoaderOptions;

/** The description in a sidecar: the fields of a record, in JSON or YAML. */
final class Descriptions {
    private static final int LONGEST = 4 << 20;
    private static final ObjectMapper YAML =
            new ObjectMapper(YAMLFactory.builder().loaderOptions(limits()).build());

    private Descriptions() {}

    private static LoaderOptions limits() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(50);
        options.setCodePointLimit(LONGEST);
        return options;
    }

    /** @throws IllegalArgumentException if it is not what it has to be; the message goes on from the file's name */
    static ItemJson.Entry read(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            throw new IllegalArgumentException("is a link; put the description itself there");
        var text = text(path);
        return ItemJson.entry(path.getFileName().toString().endsWith(".json") ? ItemJson.parse(text) : yaml(text));
    }

    private static String text(Path path) throws IOException {
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) throw new IllegalArgumentException("is larger than " + LONGEST + " bytes");
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is no UTF-8", e);
        }
    }

    private static JsonNode yaml(String text) {
        try {
            return strings(YAML.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no YAML: " + Shown.of(e.getOriginalMessage()), e);
        }
    }

    /** In YAML a year or a day without quotes is a number; where a record wants a string, what was written is meant. */
    private static JsonNode strings(JsonNode node) {
        if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object
                && object.path("date").isNumber())
            object.put("date", object.path("date").asText());
        return node;
    }
}
