package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.XmlStream;

/** DMLex in JSON: one object for the resource, or for a single entry. */
final class JsonForm {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonForm() {}

    private interface Element {
        void read(JsonNode node, long line);
    }

    static void read(InputStream in, DmLex.Parts parts) throws IOException, FormatException {
        try (var parser = MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT)
                throw XmlStream.fault(1, "not-dmlex", "want a JSON object, found " + parser.currentToken());
            var single = Draft.begun();
            boolean resource = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "entries" -> {
                        resource = true;
                        each(parser, (node, line) -> parts.entry((ObjectNode) node, line));
                    }
                    case "relations" -> each(parser, (node, line) -> parts.relation((ObjectNode) node, line));
                    case "langCode" -> {
                        resource = true;
                        parts.language(parser.getText());
                    }
                    case "translationLanguages" -> {
                        JsonNode languages = MAPPER.readTree(parser);
                        languages.forEach(language -> parts.translationLanguage(language.asText()));
                    }
                    case "title", "uri" -> parser.skipChildren();
                    default -> single.set(name, MAPPER.readTree(parser));
                }
            }
            if (single.has("headword")) parts.entry(single, 1);
            else if (!resource)
                throw XmlStream.fault(
                        1, "not-dmlex", "want a lexicographicResource with 'langCode' and 'entries', found neither");
            else single.fieldNames().forEachRemaining(name -> parts.unknown("lexicographicResource/" + name));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw XmlStream.fault(line, "not-well-formed", e.getOriginalMessage());
        }
    }

    private static void each(JsonParser parser, Element element) throws IOException, FormatException {
        if (parser.currentToken() != JsonToken.START_ARRAY)
            throw XmlStream.fault(
                    parser.currentLocation().getLineNr(), "not-dmlex", "want a list, found " + parser.currentToken());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long line = parser.currentLocation().getLineNr();
            if (parser.currentToken() != JsonToken.START_OBJECT)
                throw XmlStream.fault(line, "not-dmlex", "want an object, found " + parser.currentToken());
            element.read(MAPPER.readTree(parser), line);
        }
    }

    static final class Writing implements DmLex.Writing {
        private final JsonGenerator json;
        private boolean related;

        Writing(OutputStream out) throws IOException {
            json = MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        }

        @Override
        public void begin(ObjectNode head) throws IOException {
            json.writeStartObject();
            for (var member : head.properties())
                json.writeStringField(member.getKey(), member.getValue().asText());
            json.writeArrayFieldStart("entries");
        }

        @Override
        public void entry(ObjectNode entry) throws IOException {
            json.writeRaw('\n');
            MAPPER.writeTree(json, entry);
        }

        @Override
        public void languages(Set<String> translationLanguages) throws IOException {
            json.writeEndArray();
            json.writeArrayFieldStart("translationLanguages");
            for (var language : translationLanguages) json.writeString(language);
            json.writeEndArray();
        }

        @Override
        public void relation(ObjectNode relation) throws IOException {
            if (!related) json.writeArrayFieldStart("relations");
            related = true;
            json.writeRaw('\n');
            MAPPER.writeTree(json, relation);
        }

        @Override
        public void end() throws IOException {
            if (related) json.writeEndArray();
            json.writeEndObject();
            json.close();
        }
    }
}
