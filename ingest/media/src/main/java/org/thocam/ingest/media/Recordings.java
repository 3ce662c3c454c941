package org.thocam.ingest.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/**
 * Sound and film, by ffmpeg and ffprobe. What reaches their command lines is ours, but for numbers. They open the one file that is named:
 * playlists and other formats that name further files are not among those they read, and no protocol reaches out.
 */
final class Recordings {
    private static final int MOST_SAID = 4 << 20;
    /** Containers and codecs of recordings as archives have them. None of them names other files. */
    private static final String FORMATS =
            "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dv,eac3,flac,flv,h264,hevc,ivf,m4v,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,mpegvideo,mxf,nut,ogg,rm,tta,voc,w64,wav,wv";

    private static final int POSTER = 640;
    private static final int BLACK = 24;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;

    private final Programs programs;
    private final Limits limits;
    private final Child children;

    Recordings(Programs programs, Limits limits, Child children) {
        this.programs = programs;
        this.limits = limits;
        this.children = children;
    }

    Technical describe(Path original) throws IOException, NotMadeException, LackingException {
        var command = new ArrayList<>(List.of(
                programs.wanted(programs.ffprobe(), "ffprobe").toString(),
                "-hide_banner",
                "-v",
                "error",
                "-protocol_whitelist",
                "file,pipe",
                "-format_whitelist",
                FORMATS,
                "-print_format",
                "json",
                "-show_format",
                "-show_streams",
                original.toString()));
        var kept = new Child.Kept(MOST_SAID);
        var ended = children.run(command, original.getParent(), limits.describing(), limits.output(), kept);
        if (ended.overTime())
            throw new NotMadeException(
                    State.TOO_SLOW,
                    "reading what the file says of itself was stopped after "
                            + limits.describing().toMillis() / 1000.0 + " s");
        if (ended.code() != 0) throw failed(ended, original);
        JsonNode answer;
        try {
            answer = ItemJson.MAPPER.readTree(kept.bytes());
        } catch (JsonProcessingException e) {
            throw new NotMadeException(State.BROKEN, "ffprobe's answer is over " + MOST_SAID + " bytes, or no JSON");
        }
        return described(answer, original);
    }

    private Technical described(JsonNode answer, Path original) throws IOException, NotMadeException {
        var sounds = new ArrayList<Technical.SoundTrack>();
        Technical.FilmTrack film = null;
        for (var stream : answer.path("streams")) {
            var kind = stream.path("codec_type").asText();
            if (kind.equals("audio")) sounds.add(sound(stream));
            boolean cover = stream.path("disposition").path("attached_pic").asInt() == 1;
            if (kind.equals("video") && !cover && film == null) film = film(stream);
        }
        if (film == null && sounds.isEmpty())
            throw new NotMadeException(State.BROKEN, "the file holds no track of sound and none of film");
        var container = container(answer.path("format"), original);
        return film == null
                ? new Technical.Sound("ffprobe", container, List.copyOf(sounds))
                : new Technical.Film("ffprobe", container, film, List.copyOf(sounds));
    }

    private Technical.Container container(JsonNode format, Path original) throws IOException {
        var duration = time(format, "duration", 3);
        boolean counted = false;
        if (duration.orElse(0) <= 0) {
            duration = counted(original);
            counted = duration.isPresent();
        }
        return new Technical.Container(
                format.path("format_name").asText(),
                duration,
                counted,
                time(format, "start_time", 6),
                whole(format, "bit_rate"));
    }

    /** Of a film that says no length: the time of its last packet, found by reading all of them. */
    private OptionalLong counted(Path original) throws IOException {
        if (programs.ffmpeg().isEmpty()) return OptionalLong.empty();
        var command = ffmpeg(original, List.of());
        command.addAll(List.of("-map", "0:v?", "-map", "0:a?", "-c", "copy"));
        command.addAll(List.of("-progress", "pipe:1", "-nostats", "-f", "null", "-"));
        var last = new Child.Kept(1 << 20);
        var ended = children.run(command, original.getParent(), limits.picture(), limits.output(), last);
        if (ended.overTime()) return OptionalLong.empty();
        long micros = 0;
        for (var line : new String(last.bytes(), java.nio.charset.StandardCharsets.US_ASCII).split("\n"))
            if (line.matches("out_time_us=\\d{1,15}")) micros = Long.parseLong(line.substring(12));
        return micros <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(micros / 1000.0));
    }

    private static Technical.SoundTrack sound(JsonNode stream) {
        int raw = stream.path("bits_per_raw_sample").asInt();
        int bits = raw > 0 ? raw : stream.path("bits_per_sample").asInt();
        return new Technical.SoundTrack(
                stream.path("codec_name").asText(),
                stream.path("profile").asText(),
                positive(stream.path("sample_rate").asInt()),
                positive(stream.path("channels").asInt()),
                positive(bits),
                language(stream));
    }

    private static Technical.FilmTrack film(JsonNode stream) {
        int rotation = 0;
        for (var side : stream.path("side_data_list"))
            if (side.path("rotation").isNumber())
                rotation = side.path("rotation").asInt();
        return new Technical.FilmTrack(
                stream.path("codec_name").asText(),
                stream.path("profile").asText(),
                stream.path("width").asInt(),
                stream.path("height").asInt(),
                stream.path("sample_aspect_ratio").asText(),
                stream.path("avg_frame_rate").asText(),
                stream.path("r_frame_rate").asText(),
                rotation,
                language(stream));
    }

    private static String language(JsonNode stream) {
        var said = stream.path("tags").path("language").asText();
        return said.length() > 35 || said.equals("und") ? "" : said;
    }

    private static OptionalInt positive(int value) {
        return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private static OptionalLong time(JsonNode node, String name, int digits) {
        try {
            return OptionalLong.of(new BigDecimal(node.path(name).asText())
                    .movePointRight(digits)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong whole(JsonNode node, String name) {
        return time(node, name, 0);
    }

    /** A frame at a tenth of the film; where that is black, one further on. */
    void poster(Technical.Film film, Path original, Path target)
            throws IOException, NotMadeException, LackingException {
        long length = film.container().durationMillis().orElse(0);
        var last = new Child.Ended(0, false, "");
        for (double share : new double[] {0.1, 0.3, 0.5, 0.7, 0}) {
            if (length == 0 && share > 0) continue;
            var small = new Child.Kept(256);
            var command = ffmpeg(original, List.of("-ss", seconds(Math.round(length * share))));
            command.addAll(List.of(
                    "-filter_complex",
                    "[0:v:0]thumbnail=30,scale=w='ceil(iw*if(gt(sar,0),sar,1))':h=ih,setsar=1,"
                            + fitting(POSTER, 1)
                            + ",split[a][b];[b]scale=16:16:flags=area,format=gray[c]"));
            command.addAll(List.of("-map", "[a]", "-frames:v", "1", "-q:v", "3", "-f", "mjpeg", target.toString()));
            command.addAll(List.of("-map", "[c]", "-frames:v", "1", "-f", "rawvideo", "pipe:1"));
            last = children.run(command, original.getParent(), limits.picture(), limits.output(), small);
            if (last.overTime()) throw tooSlow(limits.picture());
            if (small.bytes().length < 256 || !Files.exists(target) || Files.size(target) == 0) continue;
            // where all of the film is dark, the last frame tried is as good as any
            if (light(small.bytes()) >= BLACK || share == 0) return;
        }
        if (!Files.exists(target) || Files.size(target) == 0)
            throw new NotMadeException(
                    State.EMPTY,
                    "no picture of the film could be read"
                            + (last.said().isEmpty() ? "" : ": " + reason(last, original)));
    }

    private static double light(byte[] gray) {
        double sum = 0;
        for (byte value : gray) sum += value & 0xFF;
        return sum / gray.length;
    }

    /** Both sides even, as the codecs of films want it, or as they come. */
    private static String fitting(int longest, int step) {
        return "scale=w='max(" + step + ",trunc(iw*min(1,%1$d/max(iw,ih))/%2$d)*%2$d)'".formatted(longest, step)
                + ":h='max(%2$d,trunc(ih*min(1,%1$d/max(iw,ih))/%2$d)*%2$d)'".formatted(longest, step);
    }

    void peaks(Technical technical, Path original, Path target) throws IOException, NotMadeException, LackingException {
        var tracks = technical instanceof Technical.Film film ? film.sounds() : ((Technical.Sound) technical).sounds();
        int rate = tracks.get(0).sampleRate().orElse(44_100);
        var command = ffmpeg(original, List.of());
        command.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", String.valueOf(rate)));
        command.addAll(List.of("-t", String.valueOf(limits.longest().toSeconds()), "-f", "s16le", "pipe:1"));
        var peaks = new Peaks();
        var ended = children.run(command, original.getParent(), wall(technical), limits.output(), peaks::take);
        if (ended.overTime()) throw tooSlow(wall(technical));
        if (ended.code() > 128) throw failed(ended, original);
        if (peaks.isEmpty())
            throw new NotMadeException(
                    ended.code() == 0 ? State.EMPTY : State.BROKEN,
                    ended.said().isEmpty() ? "there is no sound in the file" : reason(ended, original));
        try (var out = Files.newOutputStream(target)) {
            peaks.write(rate, out);
        }
    }

    void access(Technical technical, boolean mp3, Path original, Path target)
            throws IOException, NotMadeException, LackingException {
        var command = ffmpeg(original, List.of());
        command.addAll(List.of("-t", String.valueOf(limits.longest().toSeconds())));
        // names of people and places stand in tags: a copy has none of them
        command.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"));
        if (technical instanceof Technical.Film film) {
            command.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?"));
            command.addAll(List.of(
                    "-vf",
                    "scale=w='ceil(iw*if(gt(sar,0),sar,1))':h=ih,setsar=1," + fitting(POSTER, 2) + ",format=yuv420p"));
            command.addAll(List.of("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-crf", "24"));
            command.addAll(List.of("-b:v", "700k", "-g", "120", "-fps_mode", "vfr"));
            if (!film.sounds().isEmpty()) command.addAll(List.of("-c:a", "libopus", "-b:a", "64k", "-ac", "2"));
            command.addAll(List.of("-f", "webm"));
        } else {
            command.addAll(List.of("-map", "0:a:0", "-vn"));
            if (mp3) command.addAll(List.of("-c:a", "libmp3lame", "-q:a", "4", "-write_xing", "1", "-f", "mp3"));
            else command.addAll(List.of("-c:a", "libopus", "-b:a", "64k", "-f", "webm"));
            if (channels(technical) > 2) command.addAll(command.size() - 2, List.of("-ac", "2"));
        }
        command.addAll(List.of("-fs", String.valueOf(limits.output()), target.toString()));
        var ended = children.run(command, original.getParent(), wall(technical), limits.output(), new Child.Kept(0));
        if (ended.overTime()) throw tooSlow(wall(technical));
        if (ended.code() != 0) throw failed(ended, original);
        if (Files.size(target) >= limits.output())
            throw new NotMadeException(State.TOO_LARGE, "the copy is over " + limits.output() + " bytes");
        if (describedLength(target) == 0)
            throw new NotMadeException(
                    State.EMPTY,
                    "nothing could be copied out of the recording"
                            + (ended.said().isEmpty() ? "" : ": " + reason(ended, original)));
    }

    private long describedLength(Path copy) throws IOException, LackingException {
        if (programs.ffprobe().isEmpty()) return 1;
        try {
            return container(describe(copy)).durationMillis().orElse(0);
        } catch (NotMadeException e) {
            return 0;
        }
    }

    private static Technical.Container container(Technical technical) {
        return technical instanceof Technical.Film film ? film.container() : ((Technical.Sound) technical).container();
    }

    private static int channels(Technical technical) {
        return technical instanceof Technical.Sound sound && !sound.sounds().isEmpty()
                ? sound.sounds().get(0).channels().orElse(1)
                : 2;
    }

    private Duration wall(Technical technical) {
        var container = container(technical);
        double seconds =
                Math.min(limits.longest().toMillis(), container.durationMillis().orElse(0)) / 1000.0;
        return limits.recording()
                .plusMillis(Math.round(seconds * limits.perSecond().toMillis()));
    }

    /** Why a program ended badly; 128 and a signal's number where the kernel ended it. */
    private static NotMadeException failed(Child.Ended ended, Path original) throws IOException {
        Full.refuse(ended.said());
        if (ended.code() == 128 + SIGXCPU || ended.code() == 128 + SIGKILL)
            return new NotMadeException(State.TOO_SLOW, "it was ended by the system, code " + ended.code());
        if (ended.code() == 128 + SIGXFSZ || ended.said().contains("Cannot allocate memory"))
            return new NotMadeException(State.TOO_LARGE, "it takes more memory or room than there is for one");
        return new NotMadeException(State.BROKEN, reason(ended, original));
    }

    private static NotMadeException tooSlow(Duration wall) {
        return new NotMadeException(State.TOO_SLOW, "it was stopped after " + wall.toMillis() / 1000.0 + " s");
    }

    private List<String> ffmpeg(Path original, List<String> before) throws IOException {
        var program = programs.ffmpeg().orElseThrow(() -> new IOException("ffmpeg is not installed"));
        var command = new ArrayList<>(List.of(program.toString(), "-nostdin", "-hide_banner", "-v", "error", "-y"));
        command.addAll(List.of("-threads", "1", "-filter_threads", "1", "-filter_complex_threads", "1"));
        command.addAll(List.of("-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS));
        command.addAll(List.of("-max_pixels", String.valueOf(limits.pixels())));
        command.addAll(before);
        command.addAll(List.of("-i", original.toString()));
        return command;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** The last thing a program said, without the name of our copy. */
    private static String reason(Child.Ended ended, Path original) {
        var lines = ended.said()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        var said = lines.isEmpty() ? "code " + ended.code() : lines.get(lines.size() - 1);
        if (said.endsWith("Format not on whitelist") || ended.said().contains("not on whitelist"))
            return "no recording of a format that is read here: playlists, and what names other files, are none";
        return Shown.of(said.replace(original + ": ", "").replace(original.toString(), "the file"));
    }

    Optional<Path> ffprobe() {
        return programs.ffprobe();
    }
}
