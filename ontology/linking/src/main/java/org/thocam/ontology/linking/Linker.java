package org.thocam.ontology.linking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.Mention;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Register;

/** Finds the entities that an item's text and description name. Cannot be changed; any number of threads may use it. */
public final class Linker {
    /** An item has no more mentions than that: the first ones count. */
    public static final int MOST_MENTIONS = 20_000;

    /** Raised with the code that decides; the tables beside it are in the digest themselves. */
    private static final int RULES = 2;

    /** A document before or after 1 July 2025, the day of the new units. */
    private static final String NEW_UNITS = "2025-07";

    private static final List<String> COLUMNS = List.of(
            "peoples",
            "languages",
            "provinces_63",
            "provinces_34",
            "place_text",
            "part_of",
            "merged_into",
            "same_as",
            "valid_from",
            "valid_to",
            "valid_period",
            "iso639_3",
            "lat",
            "lon");

    private final Gazetteer gazetteer;
    private final Register register;
    private final String edition;

    private Linker(Register register) {
        this.register = register;
        this.gazetteer = new Gazetteer(register);
        this.edition = digest(register);
    }

    /** A linker for the entities as they are in a register; made in well under a second. */
    public static Linker of(Register register) {
        return new Linker(register);
    }

    /**
     * What an item names, decisions of curators applied: in the text, then in titles and descriptions by tag, each in the order of places.
     * Takes time and memory in proportion to the text; of more than {@link #MOST_MENTIONS} the first are found.
     *
     * @param text of the item, as it stands in the archive
     */
    public List<Mention> mentions(Item item, String text) {
        var described = described(item);
        var beside = new ArrayList<Mention>();
        var decisions = new Decisions(item.decisions(), id -> register.find(id).isPresent());
        fields(item.title(), "title", item, described, decisions, beside);
        fields(item.description(), "description", item, described, decisions, beside);
        for (var mention : beside) {
            int known = gazetteer.find(mention.entity());
            if (known >= 0) described.add(gazetteer.known().get(known), gazetteer);
        }
        var language = item.languages().get(0).value();
        int most = Math.max(0, MOST_MENTIONS - beside.size());
        var all = new ArrayList<>(
                decisions.over(found(Mention.TEXT, text, language, item.date(), described, most), Mention.TEXT, text));
        all.addAll(beside);
        return List.copyOf(all);
    }

    private void fields(
            LanguageMap map, String name, Item item, Context described, Decisions decisions, List<Mention> to) {
        map.texts().forEach((tag, text) -> {
            var field = name + "@" + tag.value();
            int most = Math.max(0, MOST_MENTIONS - to.size());
            to.addAll(decisions.over(found(field, text, tag.value(), item.date(), described, most), field, text));
        });
    }

    /** What the item's metadata say that it is about. */
    private Context described(Item item) {
        var context = new Context();
        for (var id : item.people()) {
            int known = gazetteer.find(id);
            if (known >= 0) context.add(gazetteer.known().get(known), gazetteer);
        }
        item.place().ifPresent(place -> {
            for (var mention : found("place", place.name(), "vi", item.date(), new Context(), MOST_MENTIONS)) {
                var known = gazetteer.known().get(gazetteer.find(mention.entity()));
                if (known.kind() == EntityKind.PLACE) context.add(known, gazetteer);
            }
            var named = Passage.of(place.name().substring(0, Passage.end(place.name(), 0)), 0, "vi");
            for (var sentence : named.sentences) Scorer.cues(gazetteer, named, sentence, context.held);
            if (place.located()) context.point = new org.thocam.ontology.entity.Point(place.lat(), place.lon());
        });
        return context;
    }

    private List<Mention> found(String field, String text, String tag, String date, Context described, int most) {
        var found = new ArrayList<Mention>();
        var document = new Context();
        var language = tag.split("-")[0];
        double since = since(date);
        int points = 0;
        for (int from = 0; from < text.length() && found.size() < most; ) {
            int end = Passage.end(text, from);
            var piece = text.substring(from, end);
            read(Passage.of(piece, points, language), field, document, described, since, most, found);
            points += piece.codePointCount(0, piece.length());
            from = end;
        }
        return found;
    }

    private void read(
            Passage passage,
            String field,
            Context document,
            Context described,
            double since,
            int most,
            List<Mention> found) {
        var scorers = new ArrayList<Scorer>();
        for (var sentence : passage.sentences) {
            var scorer = new Scorer(gazetteer, passage, sentence);
            if (!scorer.find()) continue;
            scorers.add(scorer);
            document.add(scorer.here());
        }
        for (var scorer : scorers)
            for (var span : scorer.decide(document, described, since)) {
                if (found.size() >= most) return;
                found.add(mention(passage, field, scorer, span));
            }
    }

    private static Mention mention(Passage passage, String field, Scorer scorer, Span span) {
        var best = span.best();
        int first = scorer.begin(span);
        int last = span.to - 1;
        int end = passage.ends[last];
        return new Mention(
                field,
                passage.offset + passage.words.get(first).start(),
                passage.offset + passage.words.get(last).end(),
                passage.text.substring(passage.starts[first], end),
                scorer.known(best).id(),
                Math.round(1000 / (1 + Math.exp(-best.score - 0.8))) / 1000.0,
                best.reasons,
                Mention.Review.FOUND);
    }

    /** What the date of the item says for the units since July 2025. */
    private static double since(String date) {
        if (!date.matches("[0-9]{4}(-[0-9]{2}.*)?")) return 0;
        if (date.length() == 4) return date.compareTo("2025") > 0 ? 0.8 : date.equals("2025") ? 0 : -0.5;
        return date.compareTo(NEW_UNITS) >= 0 ? 0.8 : -0.5;
    }

    /**
     * Which of the places where a surface stands in a text begins at {@code start}, counted as a curator's decision counts them; -1 where
     * the surface does not stand there.
     *
     * @param start in code points
     */
    public static int ordinal(String text, String surface, int start) {
        int place = text.offsetByCodePoints(0, Math.min(start, text.codePointCount(0, text.length())));
        int ordinal = 0;
        for (int at = text.indexOf(surface); at >= 0 && at <= place; at = text.indexOf(surface, at + 1)) {
            if (at == place) return ordinal;
            ordinal++;
        }
        return -1;
    }

    /** Two linkers of the same edition find the same in the same item: a digest of the names and of the rules. */
    public String edition() {
        return edition;
    }

    private static String digest(Register register) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, RULES + " " + AnalysisSteps.GENERATION);
            add(digest, Triggers.all().source());
            register.all().stream()
                    .filter(entity -> entity.kind() != EntityKind.SCRIPT && entity.kind() != EntityKind.ORTHOGRAPHY)
                    .forEach(entity -> add(digest, linked(entity)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String linked(Entity entity) {
        var line = new StringBuilder(entity.id());
        for (var name : entity.names())
            line.append('\n')
                    .append(name.use())
                    .append(' ')
                    .append(name.language())
                    .append(' ')
                    .append(name.text());
        for (var column : COLUMNS) line.append('\n').append(entity.text(column));
        return line.toString();
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
