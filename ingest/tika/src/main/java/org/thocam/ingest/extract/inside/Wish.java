package org.thocam.ingest.extract.inside;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.tika.parser.ParseContext;

/**
 * What the engine wants beside the text of one document. It comes as {@link Properties}, which both sides have, because the two share no
 * class of ours; the names of its entries stand in {@code org.thocam.ingest.extract.Inner} too.
 */
final class Wish {
    /** Where the files that are inside go; none are wanted where it is null. */
    final Path folder;

    /** The document itself. */
    final Path document;

    final int most;
    final long total;
    final long largest;
    final long ratio;
    /** Of the document, in bytes. */
    final long size;

    final int characters;
    private final long started = System.nanoTime();
    private final long seconds;

    private Wish(Properties wish) {
        folder = wish.containsKey("folder") ? Path.of(wish.getProperty("folder")) : null;
        document = Path.of(wish.getProperty("document", ""));
        most = (int) number(wish, "most");
        total = number(wish, "total");
        largest = number(wish, "largest");
        ratio = number(wish, "ratio");
        size = number(wish, "size");
        characters = (int) number(wish, "characters");
        seconds = number(wish, "seconds");
    }

    private static long number(Properties wish, String name) {
        return Long.parseLong(wish.getProperty(name, "0"));
    }

    /** The same for all who read one document. */
    static Optional<Wish> in(ParseContext context) {
        var known = context.get(Wish.class);
        if (known != null) return Optional.of(known);
        var told = context.get(Properties.class);
        if (told == null) return Optional.empty();
        var wish = new Wish(told);
        context.set(Wish.class, wish);
        return Optional.of(wish);
    }

    /** Milliseconds left for what may be left out: the engine ends the process a while later, and with it what was found. */
    long left() {
        return seconds * 800 - (System.nanoTime() - started) / 1_000_000;
    }
}
