package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/** Makes the derivatives of all items or of some: several files at once, one item after another in memory. */
final class DeriveOperation {
    private static final Logger LOG = LoggerFactory.getLogger(DeriveOperation.class);
    private static final int PAGE = 500;
    /** Tiles are many files and few are looked at: they are made when somebody does, or by name. */
    private static final Set<Recipe> USUAL = EnumSet.complementOf(EnumSet.of(Recipe.TILES));

    private final Engine engine;
    private final Consumer<JsonNode> tell;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final Set<String> lacking = ConcurrentHashMap.newKeySet();

    DeriveOperation(Engine engine, Consumer<JsonNode> tell) {
        this.engine = engine;
        this.tell = tell;
    }

    /** @param arguments {@code recipe}: a word or nothing; {@code again}; {@code ids}: none for all items */
    int run(JsonNode arguments) throws InterruptedException {
        var word = arguments.path("recipe").asText("");
        var recipes = recipes(word);
        boolean again = arguments.path("again").asBoolean();
        var derivatives = engine.derivatives();
        int jobs = derivatives.jobs();
        // whoever hands on a file when all hands are full makes it with its own
        var hands = new ThreadPoolExecutor(
                jobs,
                jobs,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(2 * jobs),
                new ThreadPoolExecutor.CallerRunsPolicy());
        try {
            if (arguments.path("ids").isEmpty()) {
                tell.accept(ItemJson.MAPPER
                        .createObjectNode()
                        .put("total", engine.log().items()));
                all(derivatives, recipes, again, hands);
            } else {
                tell.accept(ItemJson.MAPPER
                        .createObjectNode()
                        .put("total", arguments.path("ids").size()));
                for (var text : arguments.path("ids")) {
                    var id = id(text.asText());
                    item(
                            engine.archive()
                                    .head(id)
                                    .filter(head -> head.holding() instanceof Item)
                                    .orElseThrow(() -> absent(text.asText())),
                            derivatives,
                            recipes,
                            again,
                            hands);
                }
            }
            hands.shutdown();
            hands.awaitTermination(Long.MAX_VALUE, TimeUnit.SECONDS);
        } finally {
            hands.shutdownNow();
        }
        tell.accept(ItemJson.MAPPER
                .createObjectNode()
                .put("files", files.get())
                .put("made", made.get())
                .put("kept", kept.get())
                .put("failed", failed.get())
                .put("bytes", derivatives.bytes()));
        if (failed.get() > 0) return Exit.SOME_FAILED;
        return !word.isEmpty() && !lacking.isEmpty() ? Exit.SERVICE_DOWN : Exit.DONE;
    }

    static Set<Recipe> recipes(String word) {
        if (word.isEmpty()) return USUAL;
        if (word.equals("access")) return EnumSet.of(Recipe.ACCESS_WEBM, Recipe.ACCESS_MP3);
        return Recipe.of(word)
                .map(EnumSet::of)
                .orElseThrow(() -> new Stop(
                        Exit.USAGE,
                        "there is no recipe '" + Shown.of(word)
                                + "'; there are technical, thumbnail, poster, peaks, access, tiles"));
    }

    private static ItemId id(String text) {
        try {
            return ItemId.ofItem(text);
        } catch (IllegalArgumentException e) {
            throw absent(text);
        }
    }

    private static Stop absent(String id) {
        return new Stop(Exit.NOT_FOUND, "there is no item '" + Shown.of(id) + "'");
    }

    private void all(Derivatives derivatives, Set<Recipe> recipes, boolean again, ThreadPoolExecutor hands) {
        ItemId last = null;
        while (true) {
            var heads = engine.log().heads(last, PAGE);
            for (var head : heads)
                if (head.kind() == Change.Kind.DEPOSITED)
                    engine.archive()
                            .head(head.id())
                            .filter(one -> one.holding() instanceof Item)
                            .ifPresent(one -> item(one, derivatives, recipes, again, hands));
            if (heads.size() < PAGE) return;
            last = heads.get(heads.size() - 1).id();
        }
    }

    private void item(
            Archived head, Derivatives derivatives, Set<Recipe> recipes, boolean again, ThreadPoolExecutor hands) {
        var item = (Item) head.holding();
        for (var file : item.files())
            if (Derivatives.areMadeOf(file.mediaType()))
                hands.execute(() -> file(head, item, file, derivatives, recipes, again));
        tell.accept(ItemJson.MAPPER.createObjectNode().put("item", item.id().value()));
    }

    private void file(
            Archived head, Item item, Bitstream file, Derivatives derivatives, Set<Recipe> recipes, boolean again) {
        files.incrementAndGet();
        var wanted = again
                ? recipes
                : recipes.stream()
                        .filter(recipe ->
                                derivatives.there(file.sha512(), recipe).isEmpty())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Recipe.class)));
        try {
            if (!again)
                for (var recipe : recipes)
                    derivatives.there(file.sha512(), recipe).ifPresent(there -> {
                        if (there instanceof Derived.Failed fault) failed(item, file, recipe, fault);
                        else kept.incrementAndGet();
                    });
            if (wanted.isEmpty()) return;
            derivatives
                    .all(file.sha512(), wanted, again, () -> engine.archive()
                            .open(item.id(), head.version(), "files/" + file.name()))
                    .forEach((recipe, derived) -> {
                        if (derived instanceof Derived.Made) made.incrementAndGet();
                        if (derived instanceof Derived.Failed fault) failed(item, file, recipe, fault);
                        if (derived instanceof Derived.Lacking program && lacking.add(program.program()))
                            tell.accept(ItemJson.MAPPER
                                    .createObjectNode()
                                    .put("lacking", program.program())
                                    .put("reason", program.reason()));
                    });
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} of {}", file.name(), item.id(), e);
            failed(item, file, "", "unreadable", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Item item, Bitstream file, Recipe recipe, Derived.Failed fault) {
        failed(item, file, recipe.word(), fault.state().word(), fault.reason());
    }

    private void failed(Item item, Bitstream file, String recipe, String state, String reason) {
        failed.incrementAndGet();
        tell.accept(ItemJson.MAPPER
                .createObjectNode()
                .put("id", item.id().value())
                .put("file", file.name())
                .put("recipe", recipe)
                .put("fault", state)
                .put("reason", reason));
    }
}
