package org.thocam.ontology.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A transcript as the archive keeps it beside the file it was read from: UTF-8, one JSON value a line. The first is an object of format, media, tiers
 * and warnings. Each other is the array of a segment: tier, start, end (ms, or null), whether the time is derived, text, parent (or null),
 * place, and where it stands on a page the array of page, x, y, width, height and confidence (or null).
 */
public final class TranscriptLines {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10)
                    .maxStringLength(4 << 20)
                    .build())
            .build();

    private TranscriptLines() {}

    /** @param to not closed */
    public static void write(Transcript transcript, OutputStream to) throws IOException {
        try (var json = JSON.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            head(transcript, json);
            for (var segment : transcript.segments()) segment(segment, json);
            json.writeRaw("\n");
        }
    }

    private static void head(Transcript transcript, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", transcript.format().name());
        json.writeArrayFieldStart("media");
        for (var medium : transcript.media()) {
            json.writeStartObject();
            json.writeStringField("name", medium.name());
            json.writeStringField("type", medium.mediaType());
            json.writeNumberField("origin", medium.origin());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tiers");
        for (var tier : transcript.tiers()) {
            json.writeStartObject();
            json.writeStringField("name", tier.name());
            json.writeStringField("role", tier.role().name());
            if (tier.parent().isPresent())
                json.writeNumberField("parent", tier.parent().get());
            json.writeStringField("speaker", tier.speaker());
            json.writeStringField("language", tier.language());
            json.writeObjectFieldStart("attributes");
            for (var attribute : tier.attributes().entrySet())
                json.writeStringField(attribute.getKey(), attribute.getValue());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("warnings");
        for (var warning : transcript.warnings()) json.writeString(warning);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void segment(Segment segment, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(segment.tier());
        if (segment.span().isPresent()) {
            var span = segment.span().get();
            json.writeNumber(span.start());
            json.writeNumber(span.end());
            json.writeBoolean(span.derived());
        } else {
            json.writeNull();
            json.writeNull();
            json.writeBoolean(false);
        }
        json.writeString(segment.text());
        if (segment.parent().isPresent()) json.writeNumber(segment.parent().get());
        else json.writeNull();
        json.writeString(segment.place());
        if (segment.region().isPresent()) {
            var region = segment.region().get();
            json.writeStartArray();
            json.writeNumber(region.page());
            for (double one : new double[] {region.x(), region.y(), region.width(), region.height()})
                json.writeNumber(Math.round(one * 1e6) / 1e6);
            if (region.confidence().isPresent())
                json.writeNumber(Math.round(region.confidence().getAsDouble() * 1e4) / 1e4);
            else json.writeNull();
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in read to its end; not closed
     * @throws IOException if it is none of ours, or more than the limits
     */
    public static Transcript read(InputStream in, Limits limits) throws IOException {
        try (var json = JSON.createParser(in)) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            return new Reading(json, limits).transcript();
        } catch (IllegalArgumentException e) {
            throw new IOException("kept segments hold a value that is none: " + e.getMessage(), e);
        }
    }

    private record Reading(JsonParser json, Limits limits) {
        Transcript transcript() throws IOException {
            var media = new ArrayList<Medium>();
            var tiers = new ArrayList<Tier>();
            var warnings = new ArrayList<String>();
            Format format = null;
            want(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "format" -> format = Format.valueOf(json.getText());
                    case "media" -> {
                        while (json.nextToken() != JsonToken.END_ARRAY) media.add(medium());
                    }
                    case "tiers" -> {
                        while (json.nextToken() != JsonToken.END_ARRAY) tiers.add(tier());
                    }
                    case "warnings" -> {
                        while (json.nextToken() != JsonToken.END_ARRAY) warnings.add(json.getText());
                    }
                    default -> json.skipChildren();
                }
            }
            if (format == null) throw fault("a first line with a format", "none");
            var segments = new ArrayList<Segment>();
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                want(token, JsonToken.START_ARRAY);
                if (segments.size() >= limits.segments()) throw fault("at most " + limits.segments(), "more segments");
                segments.add(segment(tiers.size()));
            }
            return new Transcript(format, media, tiers, segments, warnings);
        }

        private Medium medium() throws IOException {
            var fields = object();
            return new Medium(
                    fields.getOrDefault("name", ""),
                    fields.getOrDefault("type", ""),
                    Long.parseLong(fields.get("origin")));
        }

        private Map<String, String> object() throws IOException {
            want(json.currentToken(), JsonToken.START_OBJECT);
            var fields = new LinkedHashMap<String, String>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
            return fields;
        }

        private Tier tier() throws IOException {
            want(json.currentToken(), JsonToken.START_OBJECT);
            var fields = new LinkedHashMap<String, String>();
            Map<String, String> attributes = Map.of();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("attributes")) attributes = object();
                else fields.put(name, json.getText());
            }
            return new Tier(
                    fields.get("name"),
                    Role.valueOf(fields.get("role")),
                    Optional.ofNullable(fields.get("parent")).map(Integer::valueOf),
                    fields.get("speaker"),
                    fields.get("language"),
                    attributes);
        }

        private Segment segment(int tiers) throws IOException {
            int tier = json.nextIntValue(-1);
            if (tier < 0 || tier >= tiers) throw fault("one of " + tiers + " tiers", "" + tier);
            Optional<Span> span = Optional.empty();
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                json.nextToken();
                json.nextToken();
            } else {
                long start = json.getLongValue();
                long end = json.nextLongValue(-1);
                span = Optional.of(new Span(start, end, json.nextBooleanValue()));
            }
            var text = json.nextTextValue();
            Optional<Integer> parent =
                    json.nextToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(json.getIntValue());
            var place = json.nextTextValue();
            if (text == null || place == null) throw fault("the text and the place of a segment", "none");
            Optional<Region> region = Optional.empty();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                region = Optional.of(region());
                json.nextToken();
            }
            want(json.currentToken(), JsonToken.END_ARRAY);
            return new Segment(tier, span, text, parent, place, region);
        }

        private Region region() throws IOException {
            int page = json.nextIntValue(0);
            var box = new double[4];
            for (int i = 0; i < box.length; i++) {
                json.nextToken();
                box[i] = json.getDoubleValue();
            }
            var confidence = json.nextToken() == JsonToken.VALUE_NULL
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(json.getDoubleValue());
            want(json.nextToken(), JsonToken.END_ARRAY);
            return new Region(page, box[0], box[1], box[2], box[3], confidence);
        }

        private void want(JsonToken found, JsonToken wanted) throws IOException {
            if (found != wanted) throw fault(wanted.name(), String.valueOf(found));
        }

        private IOException fault(String wanted, String found) {
            return new IOException(
                    "kept segments, line " + json.currentLocation().getLineNr() + ": want " + wanted + ", found "
                            + found + ". Ingest the file again, or run 'thocam verify'.");
        }
    }
}
