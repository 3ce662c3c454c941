package org.thocam.ingest.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ItemJson;

/**
 * What was made of originals, kept as long as there is room. A view: all of it can be thrown away and is made again when it is asked for.
 * It knows originals by the digests of their bytes and nothing else of them: <b>who may have a derivative is for the door to say</b>, by
 * the same rule as for the original, each time. A file is there whole or not at all. An original that nothing can be made of is noted
 * with state and reason, and not tried at each request.
 *
 * <p>Everything is made by child processes ({@link Limits}), as many at once as the settings say; more requests wait, up to a bound.
 */
public final class Derivatives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Derivatives.class);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{128}");
    private static final Set<String> OTHERS = Set.of(
            "application/ogg",
            "application/mp4",
            "application/mxf",
            "application/x-matroska",
            "application/vnd.rn-realmedia");

    private static final int THUMBNAIL = 320;
    private static final int TILE = 512;
    private static final Duration NO_TIME = Duration.ofDays(1);
    /** The ending of what is known of sound without ffprobe, which could say more. */
    private static final String BARE = "bare";

    /**
     * @param folder of what is made
     * @param work a folder of this process alone, for originals that are being read; emptied at opening
     * @param jobs made at once: one for each core is best, for each uses one
     * @param waiting requests that may wait; more are told to come again
     * @param bytes of all derivatives; beyond that those that nobody asked for longest go
     */
    public record Settings(
            Path folder, Path work, int jobs, int waiting, long bytes, Programs programs, Limits limits) {
        public Settings {
            if (jobs < 1 || waiting < 1 || bytes < 1)
                throw new IllegalArgumentException(
                        "jobs " + jobs + ", waiting " + waiting + ", bytes " + bytes + ": want 1 or more of each");
        }
    }

    private final Settings settings;
    private final Clock clock;
    private final Shelf shelf;
    private final Child children;
    private final Pictures pictures;
    private final Recordings recordings;
    private final ThreadPoolExecutor hands;
    private final ConcurrentHashMap<String, CompletableFuture<Map<Recipe, Derived>>> underWay =
            new ConcurrentHashMap<>();

    private Derivatives(Settings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        Files.createDirectories(settings.work());
        Shelf.emptied(settings.work());
        this.shelf = Shelf.open(settings.folder(), settings.bytes());
        this.children = new Child();
        this.pictures = new Pictures(settings.programs(), settings.limits(), settings.work(), children);
        this.recordings = new Recordings(settings.programs(), settings.limits(), children);
        var number = new AtomicInteger();
        // its threads stay: a child ends with the thread that started it
        this.hands = new ThreadPoolExecutor(
                settings.jobs(),
                settings.jobs(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                task -> {
                    var thread = new Thread(task, "thocam-media-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** @throws IOException if a folder cannot be made or read */
    public static Derivatives open(Settings settings) throws IOException {
        return new Derivatives(settings, Clock.systemUTC());
    }

    /** Whether a file of this media type is sound, film or a picture; what it is indeed is seen in its bytes. */
    public static boolean areMadeOf(String mediaType) {
        var type = mediaType.toLowerCase(Locale.ROOT).split(";")[0].strip();
        return type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("image/")
                || OTHERS.contains(type);
    }

    /** What there is or is noted already; makes nothing. */
    public Optional<Derived> there(String sha512, Recipe recipe) {
        return find(checked(sha512), recipe);
    }

    /**
     * A derivative, made if it is not there. Requests for the same wait for one making.
     *
     * @param sha512 digest of the original's bytes, in lower-case hex
     * @param original opens its bytes, which are checked against the digest; called on another thread, and not at all where nothing is to be made
     * @param patience how long the caller waits; the making goes on without it
     * @throws IOException if the original could not be read or is not what the digest says, or a disk is full; nothing is noted
     */
    public Derived of(String sha512, Recipe recipe, Supplier<InputStream> original, Duration patience)
            throws IOException, InterruptedException {
        var there = find(checked(sha512), recipe);
        if (there.isPresent()) return there.get();
        try {
            var made = begun(sha512, Set.of(recipe), false, original).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return made.get(recipe);
        } catch (RejectedExecutionException e) {
            return new Derived.Busy();
        } catch (TimeoutException e) {
            return new Derived.UnderWay();
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** The same without an end to the patience. */
    public Derived of(String sha512, Recipe recipe, Supplier<InputStream> original)
            throws IOException, InterruptedException {
        return of(sha512, recipe, original, Duration.ofDays(7));
    }

    /**
     * Makes several of one original, which is read only once.
     *
     * @param again also those that are there or are noted as failed
     * @return what came of each; {@link Derived.Unsuited} among them
     */
    public Map<Recipe, Derived> all(String sha512, Set<Recipe> recipes, boolean again, Supplier<InputStream> original)
            throws IOException, InterruptedException {
        checked(sha512);
        while (true) {
            try {
                return begun(sha512, recipes, again, original).get();
            } catch (RejectedExecutionException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (ExecutionException e) {
                throw cause(e);
            }
        }
    }

    /** What is known of an original, where it was read already; no process is started. */
    public Optional<Technical> technical(String sha512) {
        return find(checked(sha512), Recipe.TECHNICAL)
                .filter(Derived.Made.class::isInstance)
                .flatMap(made -> {
                    try {
                        return Optional.of(technical((Derived.Made) made));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    /** @throws NoSuchFileException if it was evicted in this moment */
    public static Technical technical(Derived.Made made) throws IOException {
        return Technical.of(ItemJson.MAPPER.readTree(Files.readAllBytes(made.path())));
    }

    /** Takes everything away that was made of an original, such as when it was withdrawn. */
    public void remove(String sha512) throws IOException {
        shelf.remove(checked(sha512));
    }

    /** Bytes of all that is kept. */
    public long bytes() {
        return shelf.bytes();
    }

    public int jobs() {
        return settings.jobs();
    }

    private Optional<Derived> find(String sha512, Recipe recipe) {
        return shelf.find(sha512, recipe).filter(this::holds);
    }

    /** What was read without ffprobe holds until it is there, and that there was no time as long as a machine may be busy. */
    private boolean holds(Derived there) {
        if (there instanceof Derived.Failed failed && failed.state() == State.TOO_SLOW)
            return failed.at().plus(NO_TIME).isAfter(clock.instant());
        return !(there instanceof Derived.Made made
                && made.path().toString().endsWith("." + BARE)
                && settings.programs().ffprobe().isPresent());
    }

    private static String checked(String sha512) {
        if (!DIGEST.matcher(sha512).matches())
            throw new IllegalArgumentException("digest '" + sha512 + "': want 128 hex digits of a sha512");
        return sha512;
    }

    private static IOException cause(ExecutionException e) {
        if (e.getCause() instanceof IOException io) return io;
        if (e.getCause() instanceof RuntimeException other) throw other;
        return new IOException(e.getCause());
    }

    private CompletableFuture<Map<Recipe, Derived>> begun(
            String sha512, Set<Recipe> recipes, boolean again, Supplier<InputStream> original) {
        var key = sha512 + EnumSet.copyOf(recipes) + again;
        var fresh = new CompletableFuture<Map<Recipe, Derived>>();
        var other = underWay.putIfAbsent(key, fresh);
        if (other != null) return other;
        try {
            hands.execute(() -> {
                try {
                    var made = new Making(sha512, again, original).all(recipes);
                    underWay.remove(key);
                    fresh.complete(made);
                } catch (IOException | RuntimeException | Error e) {
                    underWay.remove(key);
                    fresh.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.remove(key);
            fresh.completeExceptionally(e);
            throw e;
        }
        return fresh;
    }

    @Override
    public void close() {
        hands.shutdownNow();
        children.close();
        pictures.close();
        // nobody makes what waited
        underWay.values().forEach(waiting -> waiting.completeExceptionally(new IOException("closed")));
        try {
            if (!hands.awaitTermination(20, TimeUnit.SECONDS)) LOG.warn("a derivative is still being made");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One original in hand: copied once, under a name of ours, into a folder that goes afterwards. */
    private final class Making {
        private final String sha512;
        private final boolean again;
        private final Supplier<InputStream> source;
        private Path folder;
        private Path original;
        private Technical technical;

        Making(String sha512, boolean again, Supplier<InputStream> source) {
            this.sha512 = sha512;
            this.again = again;
            this.source = source;
        }

        Map<Recipe, Derived> all(Set<Recipe> recipes) throws IOException {
            var made = new java.util.EnumMap<Recipe, Derived>(Recipe.class);
            try {
                for (var recipe : EnumSet.copyOf(recipes)) made.put(recipe, one(recipe));
                return made;
            } finally {
                if (folder != null) Shelf.removed(folder);
            }
        }

        private Derived one(Recipe recipe) throws IOException {
            var there = again ? Optional.<Derived>empty() : find(sha512, recipe);
            if (there.isPresent()) return there.get();
            try {
                return recipe == Recipe.TECHNICAL ? described() : cooked(recipe);
            } catch (NotMadeException e) {
                if (children.closed()) throw new IOException("closed while it was made", e);
                LOG.info(
                        "{} of {}: {}: {}",
                        recipe.word(),
                        sha512.substring(0, 16),
                        e.state().word(),
                        e.getMessage());
                return shelf.note(sha512, recipe, new Derived.Failed(e.state(), e.getMessage(), clock.instant()));
            } catch (LackingException e) {
                return new Derived.Lacking(e.program());
            } catch (UnsuitedException e) {
                return new Derived.Unsuited(e.getMessage());
            }
        }

        private Derived described() throws IOException, NotMadeException, LackingException {
            var said = technical();
            var file = folder().resolve("technical");
            Files.write(file, ItemJson.MAPPER.writeValueAsBytes(said.json()));
            boolean bare = said instanceof Technical.Sound && said.source().equals("header");
            return shelf.put(sha512, Recipe.TECHNICAL, file, bare ? BARE : "json");
        }

        /** Of the file itself, from the first of its bytes: its name and what somebody called it do not matter. */
        private Technical technical() throws IOException, NotMadeException, LackingException {
            if (technical != null) return technical;
            if (!again) {
                var there = find(sha512, Recipe.TECHNICAL);
                if (there.isPresent() && there.get() instanceof Derived.Made made)
                    return technical = Derivatives.technical(made);
                if (there.isPresent() && there.get() instanceof Derived.Failed failed)
                    throw new NotMadeException(failed.state(), failed.reason());
            }
            try {
                technical = Signature.isPicture(original()) ? picture() : recording();
            } catch (NotMadeException e) {
                if (!children.closed())
                    shelf.note(
                            sha512, Recipe.TECHNICAL, new Derived.Failed(e.state(), e.getMessage(), clock.instant()));
                throw e;
            }
            return technical;
        }

        private Technical picture() throws IOException, NotMadeException {
            var words = pictures.ask(
                    settings.limits().describing(), "describe", original().toString());
            return new Technical.Picture(
                    "header",
                    words.get("format"),
                    Integer.parseInt(words.get("width")),
                    Integer.parseInt(words.get("height")),
                    words.get("colour"),
                    number(words, "components"),
                    number(words, "photometric"),
                    java.util.Arrays.stream(words.get("bits").split(" "))
                            .filter(word -> !word.isEmpty())
                            .map(Integer::valueOf)
                            .toList(),
                    Integer.parseInt(words.get("orientation")),
                    Integer.parseInt(words.get("pages")));
        }

        private Technical recording() throws IOException, NotMadeException, LackingException {
            if (recordings.ffprobe().isPresent()) return recordings.describe(original());
            Map<String, String> words;
            try {
                words = pictures.ask(
                        settings.limits().describing(), "sound", original().toString());
            } catch (NotMadeException e) {
                // another program may read it: that is not the file's fault
                throw new LackingException("ffprobe");
            }
            var duration = words.containsKey("durationMillis")
                    ? OptionalLong.of(Long.parseLong(words.get("durationMillis")))
                    : OptionalLong.empty();
            return new Technical.Sound(
                    "header",
                    new Technical.Container(
                            words.get("format"), duration, false, OptionalLong.empty(), OptionalLong.empty()),
                    List.of(new Technical.SoundTrack(
                            words.get("codec"),
                            "",
                            number(words, "sampleRate"),
                            number(words, "channels"),
                            number(words, "bits"),
                            "")));
        }

        private Derived cooked(Recipe recipe)
                throws IOException, NotMadeException, LackingException, UnsuitedException {
            var what = technical();
            if (!recipe.suits(what))
                throw new UnsuitedException(recipe.word() + " is not made of this file, which is "
                        + (what instanceof Technical.Picture
                                ? "a picture"
                                : what instanceof Technical.Film film
                                        ? film.sounds().isEmpty() ? "a film without sound" : "a film"
                                        : "sound"));
            if (recipe.wantsFfmpeg())
                settings.programs().wanted(settings.programs().ffmpeg(), "ffmpeg");
            var target = folder().resolve(recipe.word());
            var limits = settings.limits();
            switch (recipe) {
                case THUMBNAIL ->
                    pictures.ask(
                            limits.picture(),
                            "thumbnail",
                            original().toString(),
                            target.toString(),
                            String.valueOf(THUMBNAIL),
                            String.valueOf(limits.pixels()));
                case TILES -> tiles(target);
                case POSTER -> recordings.poster((Technical.Film) what, original(), target);
                case PEAKS -> recordings.peaks(what, original(), target);
                case ACCESS_WEBM -> recordings.access(what, false, original(), target);
                case ACCESS_MP3 -> recordings.access(what, true, original(), target);
                case TECHNICAL -> throw new AssertionError(recipe);
            }
            return shelf.put(
                    sha512,
                    recipe,
                    target,
                    switch (recipe) {
                        case THUMBNAIL, POSTER -> "jpg";
                        case PEAKS, TECHNICAL -> "json";
                        case TILES -> "tiles";
                        case ACCESS_MP3 -> "mp3";
                        case ACCESS_WEBM -> what instanceof Technical.Film ? "webm" : "weba";
                    });
        }

        private void tiles(Path target) throws IOException, NotMadeException {
            Files.createDirectories(target);
            var facts = pictures.ask(
                    settings.limits().picture(),
                    "tiles",
                    original().toString(),
                    target.toString(),
                    String.valueOf(TILE),
                    String.valueOf(settings.limits().tilePixels()));
            var json = ItemJson.MAPPER.createObjectNode();
            json.put("width", Integer.parseInt(facts.get("width")));
            json.put("height", Integer.parseInt(facts.get("height")));
            var sizes = json.putArray("sizes");
            for (var size : facts.get("sizes").split(" ")) {
                if (size.isEmpty()) continue;
                int comma = size.indexOf(',');
                sizes.addObject()
                        .put("width", Integer.parseInt(size.substring(0, comma)))
                        .put("height", Integer.parseInt(size.substring(comma + 1)));
            }
            var tile = json.putArray("tiles").addObject();
            tile.put("width", TILE).put("height", TILE);
            var factors = tile.putArray("scaleFactors");
            for (var factor : facts.get("scaleFactors").split(" ")) factors.add(Integer.parseInt(factor));
            Files.write(target.resolve("facts.json"), ItemJson.MAPPER.writeValueAsBytes((JsonNode) json));
        }

        private Path folder() throws IOException {
            if (folder == null) folder = Files.createTempDirectory(settings.work(), "job-");
            return folder;
        }

        private Path original() throws IOException {
            if (original != null) return original;
            var copy = folder().resolve("original");
            MessageDigest digest;
            try {
                digest = MessageDigest.getInstance("SHA-512");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
            try (var in = new DigestInputStream(source.get(), digest);
                    var out = Files.newOutputStream(copy)) {
                var piece = new byte[64 << 10];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    if (children.closed()) throw new IOException("closed while an original was copied");
                    out.write(piece, 0, n);
                }
            }
            var found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(sha512))
                throw new IOException(
                        "the original with sha512 " + sha512.substring(0, 16) + "… is damaged: its bytes have "
                                + found.substring(0, 16) + "…. Nothing was made of it; run 'thocam verify'.");
            return original = copy;
        }

        private static OptionalInt number(Map<String, String> words, String name) {
            var word = words.get(name);
            return word == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
        }
    }
}
