package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/**
 * CHAT, the format of TalkBank's CLAN. A main line ({@code *CHI:}) is what somebody says, and the lines under it ({@code %com:}) hang on it and have
 * its time; a line goes on where the next begins with a tab. Bullets, a time between two U+0015, are taken out of the text, and so are the marks of
 * overlap (⌈⌉⌊⌋), which stand within words. The words of {@code %wor} are a second tier of that name with their own times.
 */
final class ChatReader {
    private static final char BULLET = '\u0015';
    private static final Pattern TIMES =
            Pattern.compile("(?:%(?:snd|mov):\"([^\"]{1,1000})\"_)?([0-9]{1,15})_([0-9]{1,15})-?");
    private static final Pattern SWITCH = Pattern.compile("^\\[-\\s+([A-Za-z0-9-]{1,40})\\s*\\]\\s*");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern OVERLAP = Pattern.compile("[⌈⌉⌊⌋][2-9]?");

    private record Participant(String code, String name, String role, String id) {}

    /** A word, with its own time where a bullet follows it. */
    private record Word(String text, Optional<Span> span) {}

    private record Line(String text, Optional<Span> span, List<Word> words) {}

    private final TextLines lines;
    private final Limits limits;
    private final Gathering gathering;
    private final Map<String, Participant> participants = new HashMap<>();
    private String language = "";
    private boolean begun;
    private boolean ended;
    private int main = -1;
    private String speaker = "";

    private ChatReader(TextLines lines, Limits limits) {
        this.lines = lines;
        this.limits = limits;
        this.gathering = new Gathering(Format.CHAT, limits);
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        return new ChatReader(TextLines.guessed(in, limits), limits).read();
    }

    private Transcript read() throws TranscriptException {
        lines.legacy()
                .ifPresent(charset -> gathering.warn(
                        "the file is not UTF-8; it is read as " + charset.name() + ", which most of its letters fit"));
        StringBuilder line = null;
        int number = 0;
        while (lines.next()) {
            var text = lines.text();
            if (lines.damaged())
                gathering.warn("line " + lines.number() + " has bytes that are not UTF-8; each is U+FFFD now");
            if (text.isBlank()) continue;
            char first = text.charAt(0);
            if (first == '@' || first == '*' || first == '%') {
                if (line != null) line(line.toString(), "line " + number);
                line = new StringBuilder(text);
                number = lines.number();
            } else if (line == null) {
                throw new TranscriptException("line " + lines.number() + ": '" + Shown.of(text)
                        + "': CHAT wants a line that begins with @, * or %");
            } else {
                if (first != '\t')
                    gathering.warn("line " + lines.number()
                            + " begins with neither @, *, % nor a tab; it is read as the rest of the line before it");
                line.append(' ').append(text.strip());
            }
            gathering.bounded(line.length() > limits.characters() ? line.toString() : "", "line " + number);
        }
        if (line != null) line(line.toString(), "line " + number);
        if (!begun && gathering.size() == 0)
            throw new TranscriptException(
                    "neither @Begin nor a line of a speaker in " + lines.number() + " lines: this is no CHAT");
        if (!ended) gathering.warn("the file has no @End: it may be cut off");
        return gathering.transcript();
    }

    private void line(String line, String place) throws TranscriptException {
        int colon = line.indexOf(':');
        var name = (colon < 0 ? line : line.substring(0, colon)).strip();
        var value = colon < 0 ? "" : line.substring(colon + 1).strip();
        switch (line.charAt(0)) {
            case '@' -> header(name, value);
            case '*' -> main(name, colon < 0 ? missing(line, place) : value, place);
            default -> dependent(name, colon < 0 ? missing(line, place) : value, place);
        }
    }

    private String missing(String line, String place) {
        gathering.warn(place + ": '" + Shown.of(line) + "' has no colon behind its name; it is kept without a text");
        return "";
    }

    // ---- headers ----

    private void header(String name, String value) throws TranscriptException {
        switch (name) {
            case "@Begin" -> begun = true;
            case "@End" -> ended = true;
            case "@Languages" -> language = value.split("[,\\s]+")[0];
            case "@Participants" -> participants(value);
            case "@ID" -> id(value);
            case "@Media" -> medium(value);
            default -> {
                // a comment, a date: of the recording, not of what is said
            }
        }
    }

    /** {@code CHI Natasha Target_Child, MOT Mother}: a code, a name that may be missing, a role. */
    private void participants(String value) throws TranscriptException {
        for (var one : value.split(",")) {
            var words = one.strip().split("\\s+");
            if (words[0].isEmpty()) continue;
            if (participants.size() >= limits.tiers())
                throw new TranscriptException("@Participants: more than " + limits.tiers() + ": not read");
            participants.put(
                    words[0],
                    new Participant(
                            words[0],
                            words.length > 2 ? words[1] : "",
                            words.length > 1 ? words[words.length - 1] : "",
                            ""));
        }
    }

    private void id(String value) {
        var parts = value.split("\\|", 4);
        var known = parts.length > 2 ? participants.get(parts[2].strip()) : null;
        if (known != null)
            participants.put(known.code(), new Participant(known.code(), known.name(), known.role(), value));
    }

    /** {@code "https://…/sample.mp3", audio, missing}: a name, quoted where it is an address, what it is, whether it is there. */
    private void medium(String value) throws TranscriptException {
        int quote = value.startsWith("\"") ? value.indexOf('"', 1) : -1;
        var name = quote > 0 ? value.substring(1, quote) : value.split(",", 2)[0].strip();
        var rest = quote > 0 ? value.substring(quote + 1) : value.substring(Math.min(value.length(), name.length()));
        var type = rest.contains("video") ? "video" : rest.contains("audio") ? "audio" : "";
        if (!name.isEmpty()) gathering.medium(new Medium(Medium.fileName(name), type, 0));
    }

    // ---- what is said ----

    private void main(String name, String value, String place) throws TranscriptException {
        var participant = participants.get(name.substring(1));
        var attributes = new LinkedHashMap<String, String>();
        if (participant != null) {
            if (!participant.role().isEmpty()) attributes.put("role", participant.role());
            if (!participant.id().isEmpty()) attributes.put("ID", participant.id());
        }
        speaker = participant == null || participant.name().isEmpty() ? name.substring(1) : participant.name();
        var other = SWITCH.matcher(value);
        var spoken = other.find() ? other.group(1) : language;
        var line = parsed(other.replaceFirst(""), place);
        int tier = gathering.tier(name, Role.TRANSCRIPTION, speaker, spoken, attributes);
        main = gathering.add(tier, line.span(), line.text(), Optional.empty(), place);
    }

    private void dependent(String name, String value, String place) throws TranscriptException {
        if (main < 0)
            gathering.warn(place + ": '" + Shown.of(name) + "' stands under nobody's line; it is kept by itself");
        var line = parsed(value, place);
        int tier = gathering.tier(name, role(name), speaker, language(name), Map.of());
        // its own bullets are of what it tells about, not of when it was said
        var span = main < 0 ? line.span() : gathering.spanOf(main);
        int segment = gathering.add(tier, span, line.text(), main < 0 ? Optional.empty() : Optional.of(main), place);
        if (main >= 0) gathering.hang(tier, gathering.tierOf(main));
        if (!name.equals("%wor")
                || line.words().stream().allMatch(word -> word.span().isEmpty())) return;
        int words = gathering.tier(name, Role.WORD, speaker, language(name), Map.of(Gathering.UNIT, "word"));
        gathering.hang(words, tier);
        for (var word : line.words())
            gathering.add(words, word.span().or(() -> span), word.text(), Optional.of(segment), place);
    }

    /** Takes the bullets out; the line's time is from the first to the last of them. */
    private Line parsed(String value, String place) throws TranscriptException {
        var text = new StringBuilder();
        var words = new ArrayList<Word>();
        long start = Long.MAX_VALUE;
        long end = -1;
        for (int at = 0; at < value.length(); ) {
            int open = value.indexOf(BULLET, at);
            int close = open < 0 ? -1 : value.indexOf(BULLET, open + 1);
            var before = OVERLAP.matcher(value.substring(at, open < 0 ? value.length() : open))
                    .replaceAll("");
            text.append(before).append(' ');
            for (var word : SPACE.split(before)) if (!word.isEmpty()) words.add(new Word(word, Optional.empty()));
            if (open < 0) break;
            if (close < 0) {
                gathering.warn(place + ": a bullet is not closed");
                text.append(value, open + 1, value.length());
                break;
            }
            var bullet = value.substring(open + 1, close);
            var times = TIMES.matcher(bullet);
            if (times.matches()) {
                var span = gathering.span(Long.parseLong(times.group(2)), Long.parseLong(times.group(3)), place);
                start = Math.min(start, span.start());
                end = Math.max(end, span.end());
                if (times.group(1) != null) gathering.medium(new Medium(Medium.fileName(times.group(1)), "", 0));
                int last = words.size() - 1;
                if (last >= 0 && words.get(last).span().isEmpty())
                    words.set(last, new Word(words.get(last).text(), Optional.of(span)));
            } else if (!bullet.startsWith("%pic:") && !bullet.startsWith("%txt:")) {
                gathering.warn(place + ": the bullet '" + Shown.of(bullet) + "' is no time, as in 1000_2500");
            }
            at = close + 1;
        }
        return new Line(
                SPACE.matcher(text).replaceAll(" ").strip(),
                end < 0 ? Optional.empty() : Optional.of(new Span(start, end)),
                words);
    }

    private static Role role(String name) {
        return switch (name) {
            case "%wor" -> Role.WORD;
            case "%mor", "%umor" -> Role.MORPHEME;
            case "%ort" -> Role.ORTHOGRAPHY;
            case "%pho", "%mod", "%xpho", "%xmod" -> Role.PHONETIC;
            case "%glo", "%gls" -> Role.GLOSS;
            case "%eng", "%xeng", "%tra", "%xtra" -> Role.TRANSLATION;
            case "%gpx" -> Role.GESTURE;
            case "%com", "%exp", "%sit", "%act", "%add", "%cod", "%err", "%par", "%spa" -> Role.NOTE;
            default -> Role.OTHER;
        };
    }

    /** {@code %eng} is a translation into the language that it is called by. */
    private String language(String name) {
        return switch (name) {
            case "%eng", "%xeng" -> "eng";
            case "%wor", "%ort" -> language;
            default -> "";
        };
    }
}
