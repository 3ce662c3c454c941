package org.thocam.ontology.linking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Point;
import org.thocam.ontology.linking.Form.Use;
import org.thocam.ontology.linking.Gazetteer.Known;
import org.thocam.ontology.linking.Passage.Sentence;
import org.thocam.ontology.linking.Span.Option;

/**
 * Weighs what a sentence may name: small pieces of evidence are added, and the sum has to reach a threshold and be clear of what else the
 * words may mean. Weights are odds on a logarithmic scale; what each rests on stands beside it.
 */
final class Scorer {
    static final double THRESHOLD = 0.1;
    /** What is as likely as something else is neither. */
    static final double MARGIN = 0.35;

    private static final double SURE = 0.8;
    private static final double SAME_PRACTICE = 1.2;
    private static final double CAPITAL = 1.2;
    /** In words. */
    private static final int LONGEST_PEOPLE = 5;
    /** More of the words are its name than those that are shown. */
    private static final double WHOLE = 0.8;

    private static final int FIRST_YEAR_OF_NEW_UNITS = 2025;
    private static final int FIRST_MONTH_OF_NEW_UNITS = 7;
    private static final double NEAR_KM = 150;
    private static final Set<String> DATE_WORDS =
            Set.of("ngày", "ngay", "tháng", "thang", "năm", "nam", "hết", "het", "cuối", "cuoi", "the", "end", "of");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Set<String> AFTER = Set.of("sau", "after");
    private static final Set<String> MERGES =
            Set.of("sáp nhập", "hợp nhất", "sap nhap", "hop nhat", "nhập với", "nhập vào", "nhap voi", "nhap vao");
    private static final Set<String> MERGERS = Set.of("merged", "merger", "merge", "merges", "absorbed", "joined");
    private static final Set<String> BEFORE = Set.of("trước", "truoc", "before", "until");
    private static final Set<String> TO = Set.of("đến", "den", "to", "tới", "toi");
    private static final Set<String> JOINS =
            Set.of("và", "va", "and", "or", "với", "voi", "hay", "hoặc", "hoac", "cùng", "cung");

    private final Gazetteer gazetteer;
    private final Triggers triggers = Triggers.all();
    private final Passage passage;
    private final Sentence sentence;
    /** A sentence in capitals says nothing by them. */
    private final boolean lowerCase;

    private final boolean noCapitals;
    private List<Span> spans = List.of();
    private final BitSet begins = new BitSet();
    private final BitSet ends = new BitSet();
    private int lastPlace = -1;
    private final Context here = new Context();
    private final Set<Integer> cued = new HashSet<>();
    private int firstYear = 0;
    private int lastYear = 0;
    private int merge = -1;
    private boolean before;

    Scorer(Gazetteer gazetteer, Passage passage, Sentence sentence) {
        this.gazetteer = gazetteer;
        this.passage = passage;
        this.sentence = sentence;
        this.lowerCase = sentence.capitals();
        boolean none = true;
        for (int n = sentence.from(); n < sentence.to() && none; n++)
            none = !Keys.capital(passage.words.get(n).text());
        this.noCapitals = none;
    }

    /** Finds what the sentence may name, and what it surely names. */
    boolean find() {
        spans = candidates();
        if (spans.isEmpty()) return false;
        for (var span : spans) {
            begins.set(span.from);
            ends.set(span.to);
            for (var option : span.options) if (known(option).kind() == EntityKind.PLACE) lastPlace = span.from;
        }
        times();
        cues();
        Span last = null;
        for (var span : spans) {
            triggers(span);
            if (span.trigger == null && span.behind == null) inherit(span, last);
            for (var option : span.options) local(span, option);
            if (last == null || span.from >= last.to) last = span;
        }
        for (var span : apart(spans)) {
            var best = span.best();
            if (best == null || best.score < SURE || !clear(span, best, SURE / 2)) continue;
            span.sure = known(best).id();
            here.add(known(best), gazetteer);
        }
        return true;
    }

    Context here() {
        return here;
    }

    // --- candidates

    private List<Span> candidates() {
        var found = new ArrayList<Span>();
        boolean folded = sentence.mode().folded();
        var trie = folded ? gazetteer.folded() : gazetteer.exact();
        for (int n = sentence.from(); n < sentence.to(); n++) {
            var spansHere = walk(trie, n, folded, false, null);
            if (sentence.mode() == Mode.MARKED
                    && Keys.capital(passage.words.get(n).text()))
                spansHere = walk(gazetteer.folded(), n, true, true, spansHere);
            if (spansHere == null) continue;
            found.addAll(spansHere);
        }
        return found;
    }

    /** Longest first. */
    private List<Span> walk(Trie<Form> trie, int first, boolean folded, boolean near, List<Span> sofar) {
        int node = Trie.ROOT;
        var found = sofar;
        for (int n = first; n < sentence.to(); n++) {
            if (n > first && !Keys.joins(passage.text, passage.ends[n - 1], passage.starts[n])) break;
            var word = passage.words.get(n);
            node = trie.next(node, trie.word(folded ? word.folded() : word.exact()));
            if (node == Trie.NONE) break;
            var forms = trie.at(node);
            if (forms.isEmpty()) continue;
            for (var form : forms) {
                if (near && !mayBeNear(form, first, n)) continue;
                if (found == null) found = new ArrayList<>();
                offer(found, first, form.shown() > 0 ? first + form.shown() : n + 1, form, near);
            }
        }
        if (found != null && found.size() > 1) found.sort(Comparator.comparingInt(span -> -span.to));
        return found;
    }

    /** Names that came from other writings have many spellings: with all words capital they are found with other tones too. */
    private boolean mayBeNear(Form form, int first, int last) {
        if (form.words() < 2 || form.use() == Use.HOMOGRAPH || form.plain()) return false;
        if (form.kind() == EntityKind.PEOPLE || form.kind() == EntityKind.PLACE || form.kind() == EntityKind.LANGUAGE)
            return false;
        for (int n = first; n <= last; n++)
            if (!Keys.capital(passage.words.get(n).text())) return false;
        return true;
    }

    private void offer(List<Span> found, int from, int to, Form form, boolean near) {
        Span span = null;
        for (var one : found) if (one.to == to) span = one;
        if (span == null) {
            span = new Span(from, to);
            found.add(span);
        }
        if (form.use() == Use.HOMOGRAPH) {
            boolean capital = !form.proper() || allCapital(from, to);
            boolean language = form.language().equals(sentence.mode().language());
            if (capital && language) span.homograph = true;
            return;
        }
        if (near) for (var option : span.options) if (option.form.entity() == form.entity()) return;
        span.options.add(new Option(form, near));
    }

    private boolean allCapital(int from, int to) {
        for (int n = from; n < to; n++) if (!Keys.capital(passage.words.get(n).text())) return false;
        return true;
    }

    // --- what stands beside a name

    private String key(int word) {
        var one = passage.words.get(word);
        return sentence.mode() == Mode.BARE ? one.folded() : one.exact();
    }

    private void triggers(Span span) {
        var words = new ArrayList<String>();
        for (int n = span.from - 1;
                n >= sentence.from() && words.size() < Triggers.LONGEST && passage.follows(n + 1);
                n--) words.add(0, key(n));
        boolean bare = sentence.mode() == Mode.BARE;
        var own = triggers.before(words, sentence.language(), bare);
        if (own != null) span.trigger = own;
        words.clear();
        for (int n = span.to; n < sentence.to() && words.size() < Triggers.LONGEST && passage.follows(n); n++)
            words.add(key(n));
        span.behind = triggers.after(words, sentence.language(), bare);
    }

    /** {@code tiếng Tày, Nùng và Thái}: what is said of the first counts for those joined to it. */
    private void inherit(Span span, Span last) {
        if (last == null || last.trigger == null || last.trigger.head()) return;
        if (joined(last.to, span.from)) span.trigger = last.trigger;
    }

    private boolean joined(int end, int next) {
        if (next - end > 1 || next < end) return false;
        if (next - end == 1) return JOINS.contains(key(end)) && passage.starts[next] - passage.ends[end - 1] < 12;
        for (int at = passage.ends[end - 1]; at < passage.starts[next]; at++) {
            char c = passage.text.charAt(at);
            if (c == ',' || c == '-' || c == '–' || c == '/') return true;
        }
        return false;
    }

    private void local(Span span, Option option) {
        var form = option.form;
        var one = known(option);
        base(span, option);
        capitals(span, option, one);
        weigh(span, option, span.trigger, one);
        weigh(span, option, span.behind, one);
        if (form.needs() != null && !said(span, form.needs())) option.score -= 3;
        neighbours(span, option);
        language(span, option, one);
        if (one.kind() == EntityKind.PLACE) time(span, option, one);
        if (one.kind() == EntityKind.HERITAGE) option.score -= one.bracketed() ? 2.1 : 0.6;
        if (one.kind() == EntityKind.CUSTOM) option.score -= 0.6;
    }

    private static boolean said(Span span, Sense sense) {
        return span.trigger != null && span.trigger.sense() == sense
                || span.behind != null && span.behind.sense() == sense;
    }

    private void base(Span span, Option option) {
        var form = option.form;
        double length = form.words() > 2 ? 1.8 : form.words() == 2 ? 1.0 : 0;
        if (form.words() == 1)
            length = sentence.mode() == Mode.ENGLISH && form.proper() ? 0.2 : form.syllable() ? -1 : 0.6;
        option.add(length, "words", String.valueOf(form.words()));
        if (form.shown() > 0) option.add(WHOLE, "whole", form.name());
        option.add(form.use().weight(), "name", form.use().name().toLowerCase(java.util.Locale.ROOT));
        if (form.plain() && !sentence.mode().folded() && !sentence.language().equals("en"))
            option.score -= form.words() > 1 ? 0.8 : said(span, Sense.PEOPLE) ? 1.5 : 3;
        if (option.near) option.score -= 0.9;
        if (weak(span, form))
            option.score -= form.words() > 1 && form.proper() ? 3 : sentence.mode() == Mode.ENGLISH ? 2.6 : 1.4;
        if (sentence.mode() == Mode.OTHER && form.words() == 1 && form.use() != Use.AUTONYM) option.score -= 1;
    }

    private boolean weak(Span span, Form form) {
        var key = weakKey(span);
        return triggers.weak(key, sentence.mode().language())
                || sentence.mode() == Mode.ENGLISH
                        && key.endsWith("s")
                        && !form.name().endsWith("s")
                        && triggers.weak(key.substring(0, key.length() - 1), "en");
    }

    private String weakKey(Span span) {
        if (span.key == null) span.key = keyOf(span);
        return span.key;
    }

    private String keyOf(Span span) {
        var key = new StringBuilder();
        for (int n = span.from; n < span.to; n++) {
            if (!key.isEmpty()) key.append(' ');
            var word = passage.words.get(n);
            key.append(sentence.mode().folded() ? word.folded() : word.exact());
        }
        return key.toString();
    }

    /** A capital says that it is a name, but not where any word has one. */
    private void capitals(Span span, Option option, Known one) {
        var form = option.form;
        if (caseless(span)) return;
        if (lowerCase) {
            if (form.words() == 1) option.score -= 0.6;
            return;
        }
        boolean first = Keys.capital(passage.words.get(span.from).text());
        boolean begins = passage.begins(span.from, sentence);
        boolean another = false;
        for (int n = span.from + 1; n < span.to; n++)
            another |= Keys.capital(passage.words.get(n).text());
        boolean cultural =
                one.kind() != EntityKind.PEOPLE && one.kind() != EntityKind.PLACE && one.kind() != EntityKind.LANGUAGE;
        if (cultural) {
            if (sentence.mode() == Mode.BARE && form.words() == 1) option.score -= 1;
            if (first && !begins || another) option.add(0.8, "capital", "yes");
            else if (!first) option.score -= form.words() == 1 ? 0.5 : form.proper() ? 0.6 : 0.3;
            else if (form.words() == 1) option.score -= 0.5;
            return;
        }
        if (first && !begins) option.add(CAPITAL, "capital", "yes");
        else if (first && another) option.add(1.0, "capital", "second word");
        else if (first && form.words() == 1)
            option.score -=
                    sentence.mode() == Mode.ENGLISH || !form.syllable() || one.kind() == EntityKind.PLACE ? 0.2 : 0.9;
        else if (first) return;
        else if (form.proper() || Keys.capital(form.name()))
            option.score -= noCapitals ? 2 : form.words() == 1 ? 4 : sentence.mode() == Mode.BARE ? 2 : 2.6;
    }

    private boolean caseless(Span span) {
        var text = passage.words.get(span.from).text();
        int c = text.codePointAt(0);
        return Character.isLetter(c) && !Character.isUpperCase(c) && !Character.isLowerCase(c);
    }

    private void weigh(Span span, Option option, Trigger trigger, Known one) {
        if (trigger == null) return;
        if (trigger.sense().fits(one.kind(), one.id())) {
            option.add(trigger.weight(), "trigger", trigger.phrase());
            return;
        }
        if (trigger.sense() == Sense.OLD || trigger.sense() == Sense.NEW) return;
        // nobody is called in small letters
        if (trigger.sense() == Sense.PERSON
                && !lowerCase
                && !Keys.capital(passage.words.get(span.from).text())) return;
        boolean always = trigger.sense() == Sense.PERSON
                || trigger.sense() == Sense.ORGANISATION
                || trigger.sense() == Sense.WATER
                || trigger.sense() == Sense.LANGUAGE && one.kind() == EntityKind.PEOPLE;
        boolean other = false;
        for (var rival : span.options) {
            var known = known(rival);
            other |= trigger.sense().fits(known.kind(), known.id());
        }
        if (trigger.sense() == Sense.WATER && one.kind() != EntityKind.PEOPLE && span.words() > 1)
            option.score -= trigger.against() / 2;
        else if (trigger.sense() == Sense.PERSON && one.kind() != EntityKind.PEOPLE)
            option.score -= 2 * trigger.against();
        else if (always || other) option.score -= trigger.against();
    }

    /** A capital beside it that begins no name of ours makes it part of a longer name of something else. */
    private void neighbours(Span span, Option option) {
        if (lowerCase) return;
        int words = option.form.words();
        if (words > 2) return;
        int next = span.to;
        if (next < sentence.to()
                && near(next)
                && Keys.capital(passage.words.get(next).text())
                && !begins.get(next)) {
            boolean subject = sentence.mode() == Mode.ENGLISH
                    && option.score > 1
                    && !triggers.weak(weakKey(span), sentence.language());
            option.score -= subject ? 0.8 : words == 1 ? 2.5 : 1.0;
        }
        int last = span.from - 1;
        if (last < sentence.from()
                || !near(span.from)
                || !Keys.capital(passage.words.get(last).text())) return;
        if (span.trigger != null && span.trigger.weight() > 0) return;
        if (triggers.surname(key(last), sentence.mode() == Mode.BARE) && !passage.begins(last, sentence) && words == 1)
            option.score -= 2.5;
        else if (!passage.begins(last, sentence) && words == 1 && !ends.get(last + 1)) option.score -= 2.5;
        else if (words == 1 && triggers.surname(key(last), sentence.mode() == Mode.BARE)) option.score -= 1.5;
    }

    /** Only a space before the word. */
    private boolean near(int word) {
        return passage.starts[word] - passage.ends[word - 1] == 1 && passage.follows(word);
    }

    private void language(Span span, Option option, Known one) {
        var form = option.form;
        var mode = sentence.mode();
        if (form.use() == Use.LABEL && form.language().equals(mode.language()))
            option.add(0.4, "label", form.language());
        if (mode == Mode.ENGLISH
                && form.language().equals("vi")
                && span.words() == 1
                && !one.kind().equals(EntityKind.CRAFT)
                && !passage.words.get(span.from).exact().equals(String.join(" ", Keys.exact(form.name()))))
            option.score -= 0.5;
        if (one.kind() == EntityKind.LANGUAGE
                && !one.language().isEmpty()
                && one.language().equals(sentence.language())) option.add(1.5, "language", one.language());
    }

    // --- when

    private void times() {
        for (int n = sentence.from(); n < sentence.to(); n++) {
            var word = passage.words.get(n);
            var key = word.exact();
            if (key.length() == 4
                    && key.charAt(0) >= '1'
                    && key.charAt(0) <= '2'
                    && key.chars().allMatch(Character::isDigit)) {
                int year = Integer.parseInt(key);
                if (year < 1500 || year > 2100) continue;
                int date = n;
                int month = 0;
                for (; date > sentence.from() && partOfDate(key(date - 1)); date--)
                    if (month == 0) month = month(key(date - 1));
                var said = date > sentence.from() ? key(date - 1) : "";
                boolean range = firstYear != 0 && TO.contains(said);
                boolean old = year == FIRST_YEAR_OF_NEW_UNITS && month > 0 && month < FIRST_MONTH_OF_NEW_UNITS;
                if (range || BEFORE.contains(said) || old && !AFTER.contains(said)) year--;
                firstYear = firstYear == 0 ? year : Math.min(firstYear, year);
                lastYear = Math.max(lastYear, year);
            }
            boolean verb = MERGERS.contains(key) || n + 1 < sentence.to() && MERGES.contains(key(n) + " " + key(n + 1));
            if (!verb || merge >= 0) continue;
            merge = n;
            for (int back = Math.max(sentence.from(), n - 2); back < n; back++) before |= BEFORE.contains(key(back));
        }
    }

    /** What may stand between {@code trước} or {@code before} and a year: {@code ngày 1/7/}, {@code hết tháng 6 năm}, {@code 1 July}. */
    private static boolean partOfDate(String key) {
        return DATE_WORDS.contains(key) || MONTHS.contains(key) || key.length() < 3 && number(key);
    }

    /** The month that a part of a date says, the last of its numbers; 0 where it says none. */
    private static int month(String key) {
        if (MONTHS.contains(key)) return MONTHS.indexOf(key) + 1;
        if (key.length() > 2 || !number(key)) return 0;
        int month = Integer.parseInt(key);
        return month < 13 ? month : 0;
    }

    private static boolean number(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void time(Span span, Option option, Known one) {
        var id = one.id();
        if (id.startsWith("PH-")) {
            boolean then = firstYear != 0 && one.years().has(firstYear);
            option.score -= one.bracketed() ? 1.0 : 0.6;
            if (then) option.add(2.0, "year", String.valueOf(firstYear));
            else if (firstYear != 0) option.score -= 0.5;
            return;
        }
        if (one.bracketed() && !said(span, Sense.TOWN)) option.score -= 1.5;
        if (id.startsWith("PD-") && !said(span, Sense.DISTRICT)) option.score -= 0.3;
        if (id.startsWith("PC-") && span.words() == 1) option.score -= 0.2;
        if (!id.startsWith("P34-")) {
            if (id.startsWith("P63-")) option.score += 0.6;
            if (id.startsWith("P63-") && one.twin() >= 0) option.reasons.add("before=2025-07");
            return;
        }
        double since = 0;
        if (lastYear >= FIRST_YEAR_OF_NEW_UNITS) since += 1.5;
        else if (lastYear != 0) since -= 3;
        if (merge >= 0 && before) since -= 3;
        else if (merge >= 0 && merge < span.from) since += 1.3;
        else if (merge >= 0 && lastPlace > merge) since -= 2.5;
        for (var trigger : new Trigger[] {span.trigger, span.behind}) {
            if (trigger == null) continue;
            if (trigger.sense() == Sense.OLD) since -= 2 * trigger.weight();
        }
        if (said(span, Sense.NEW)) since += 0.5;
        for (int n = Math.max(sentence.from(), span.from - 6); n < span.from - 1; n++)
            if (key(n).equals("nay") && Set.of("thuộc", "là", "thuoc", "la").contains(key(n + 1))) since += 2;
        option.score += since;
        if (since > 0) option.reasons.add("since=2025-07");
    }

    // --- what else is named

    private void cues() {
        cues(gazetteer, passage, sentence, cued);
    }

    /** What is held at a place that the sentence names. */
    static void cues(Gazetteer gazetteer, Passage passage, Sentence sentence, Set<Integer> cued) {
        boolean folded = sentence.mode().folded();
        var trie = gazetteer.cues(folded);
        for (int first = sentence.from(); first < sentence.to(); first++) {
            int node = Trie.ROOT;
            for (int n = first; n < sentence.to() && n < first + 4; n++) {
                var word = passage.words.get(n);
                node = trie.next(node, trie.word(folded ? word.folded() : word.exact()));
                if (node == Trie.NONE) break;
                cued.addAll(trie.at(node));
            }
        }
    }

    /** Decides; the mentions it finds do not overlap, and stand in the order of the text. */
    List<Span> decide(Context document, Context described, double sinceByDate) {
        for (var span : spans) {
            for (var option : span.options) shared(span, option, document, described, sinceByDate);
        }
        first();
        lists();
        alike();
        for (var span : spans) preferFestival(span);
        var kept = new ArrayList<Span>();
        for (var span : apart(spans)) {
            var best = span.best();
            if (span.homograph || best == null) continue;
            kept.add(span);
        }
        kept.sort(Comparator.comparingInt(span -> span.from));
        return kept;
    }

    /** Countries stand beside countries, peoples beside peoples. */
    private void alike() {
        Span last = null;
        for (var span : apart(spans).stream()
                .sorted(Comparator.comparingInt(one -> one.from))
                .toList()) {
            if (last != null && span.options.size() + last.options.size() > 0 && joined(last.to, span.from)) {
                agree(span, last);
                agree(last, span);
            }
            last = span;
        }
    }

    /** {@code Tày và Thái}: at the head of a sentence a name of one syllable is one when what it is joined to is. */
    private void first() {
        if (spans.isEmpty() || spans.get(0).from != sentence.from()) return;
        for (var span : spans) {
            if (span.from != sentence.from()) return;
            if (span.sure != null || !Keys.capital(passage.words.get(span.from).text())) continue;
            for (var other : spans) if (other.from <= span.to + 1 && joined(span.to, other.from)) agree(span, other);
        }
    }

    private void agree(Span span, Span other) {
        if (other.sure == null) return;
        var kind = group(gazetteer.known().get(gazetteer.find(other.sure)));
        for (var option : span.options) if (group(known(option)).equals(kind)) option.add(0.7, "joined", other.sure);
    }

    private void lists() {
        Span last = null;
        for (var span : spans) {
            if (last != null && span.from < last.to) continue;
            if (last != null && joined(last.to, span.from)) {
                differ(span, last);
                differ(last, span);
            }
            last = span;
        }
    }

    /** What a list names after a comma or {@code và} is not what it has named. */
    private void differ(Span span, Span other) {
        var first = span.from < other.from ? span : other;
        var second = first == span ? other : span;
        boolean list = second.from > first.to
                || passage.text.indexOf(',', passage.ends[first.to - 1]) == passage.ends[first.to - 1];
        if (!list || other.sure == null || span.options.size() < 2) return;
        for (var option : span.options)
            if (known(option).id().equals(other.sure) && !other.sure.equals(span.sure)) option.score -= 1.3;
    }

    private static String group(Known one) {
        return one.id().startsWith("PC-") ? "PC" : one.kind().word();
    }

    private void preferFestival(Span span) {
        var best = span.best();
        if (best == null) return;
        boolean custom = known(best).kind() == EntityKind.CUSTOM;
        if (!custom && known(best).kind() != EntityKind.HERITAGE) return;
        double most = custom ? SAME_PRACTICE : SAME_PRACTICE / 2;
        for (var option : span.options)
            if (samePractice(known(option), known(best)) && option.score > best.score - most)
                option.add(
                        best.score - option.score + 0.01,
                        "practice",
                        known(best).id());
    }

    private void shared(Span span, Option option, Context document, Context described, double sinceByDate) {
        var one = known(option);
        if (one.kind() == EntityKind.PLACE && one.id().startsWith("P34-")) option.score += sinceByDate;
        var own = own(span);
        int others = here.entities.size()
                - (here.entities.containsKey(one.id()) ? 1 : 0)
                - (own != null && !own.equals(one.id()) ? 1 : 0);
        if (others > 0) option.add(0.5, "beside", String.valueOf(others));
        boolean weak = option.score < SURE;
        boolean twice = here.entities.getOrDefault(one.id(), 0) > (one.id().equals(span.sure) ? 1 : 0);
        if (labelOfAnother(span, option)) return;
        if (twice && one.kind() != EntityKind.PLACE) option.add(0.6, "again", "here");
        if (one.kind() == EntityKind.PEOPLE || one.kind() == EntityKind.PLACE) {
            boolean elsewhere = document.entities.getOrDefault(one.id(), 0) > (weak ? 0 : 1);
            if (elsewhere) option.add(0.8, "again", one.id());
            else if (described.entities.containsKey(one.id())) option.add(0.8, "described", one.id());
            return;
        }
        boolean fits = peoples(span, option, one, document, described);
        fits |= places(span, option, one, document, described);
        if (published(span, option, one)) {
            option.add(WHOLE, "whole", option.form.name());
            fits = true;
        }
        if (cued.contains(option.form.entity())) {
            option.add(1.6, "held", "here");
            fits = true;
        } else if (described.held.contains(option.form.entity())) {
            option.add(0.9, "held", "described");
            fits = true;
        }
        boolean everyday = option.form.use() == Use.PART && general(option.form)
                || !option.form.proper()
                        && triggers.weak(weakKey(span), sentence.mode().language());
        if (everyday && !fits) option.score -= 2;
        if (option.near && !fits) option.score -= 1;
    }

    /** The first span that begins there or later. */
    private int behind(int word) {
        int low = 0;
        for (int high = spans.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).from < word) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** {@code Tày} beside {@code Thái}, who call themselves that too: who has named one of the two does not mean it again. */
    private boolean labelOfAnother(Span span, Option option) {
        if (option.form.use() != Use.AUTONYM || option.form.kind() != EntityKind.PEOPLE) return false;
        for (var rival : span.options)
            if (rival.form.use() == Use.LABEL && rival.form.kind() == EntityKind.PEOPLE && rival != option) return true;
        return false;
    }

    /** {@code Tay brocade}: what its label leaves beside the name of its people, which stands before it. */
    private boolean published(Span span, Option option, Known one) {
        if (!option.form.language().equals("en") || option.form.use() != Use.PART || !ends.get(span.from)) return false;
        if (!near(span.from)) return false;
        for (int n = behind(span.from); --n >= 0 && spans.get(n).from >= span.from - LONGEST_PEOPLE; ) {
            var before = spans.get(n);
            if (before.to != span.from) continue;
            for (var people : before.options)
                if (one.peoples().contains(known(people).id())) return true;
        }
        return false;
    }

    /** What nothing but these words names: no evidence for what they mean. */
    private String own(Span span) {
        return span.sure != null && here.entities.getOrDefault(span.sure, 0) == 1 ? span.sure : null;
    }

    /** Words of every day, as {@code cầu mưa}: a capital stands at most at the beginning. */
    private static boolean general(Form form) {
        int space = form.name().indexOf(' ');
        return space < 0 || !Keys.capital(form.name().substring(space + 1));
    }

    private boolean peoples(Span span, Option option, Known one, Context document, Context described) {
        var in = common(one.peoples(), here.peoples, own(span));
        if (in != null) {
            option.add(1.6, "people", in);
            return true;
        }
        if (!here.peoples.isEmpty() && !one.peoples().isEmpty()) {
            boolean generic = !Keys.capital(option.form.name())
                    && option.form.use() != Use.LABEL
                    && one.peoples().size() == 1;
            if (span.options.size() > 1 || option.form.words() == 1 || generic) option.score -= 1.0;
        }
        for (var context : List.of(document, described)) {
            in = common(one.peoples(), context.peoples, own(span));
            if (in == null) continue;
            option.add(0.8, "people", in);
            return here.peoples.isEmpty();
        }
        return false;
    }

    private boolean places(Span span, Option option, Known one, Context document, Context described) {
        if (one.kind() == EntityKind.LANGUAGE) return nearest(span, option, one, document, described);
        var in = common(one.places(), here.places, own(span));
        if (in != null) {
            // a unit since 2025 is two or three provinces: to be in the same one says less
            boolean wide = in.startsWith("P34-") && span.options.size() > 1;
            option.add(wide ? -0.2 : 1.2, "place", in);
            return true;
        }
        if (!here.places.isEmpty() && !one.places().isEmpty() && span.options.size() > 1) option.score -= 0.5;
        for (var context : List.of(document, described)) {
            in = common(one.places(), context.places, own(span));
            if (in == null) continue;
            option.add(in.startsWith("P34-") ? 0.1 : 0.6, "place", in);
            return here.places.isEmpty();
        }
        return false;
    }

    /** Languages of one name lie apart: which of them is the one that lies near what else is named. */
    private boolean nearest(Span span, Option option, Known one, Context document, Context described) {
        Point at = here.point != null ? here.point : document.point != null ? document.point : described.point;
        if (at == null || one.point().isEmpty()) return false;
        double km = at.kmTo(one.point().get());
        if (km > NEAR_KM) return false;
        for (var rival : span.options) {
            var other = known(rival);
            if (other.kind() != EntityKind.LANGUAGE
                    || other.id().equals(one.id())
                    || other.point().isEmpty()) continue;
            if (at.kmTo(other.point().get()) < 1.5 * km) return false;
        }
        option.add(1.0, "near", Math.round(km) + "km");
        return true;
    }

    private static String common(Set<String> some, Set<String> others, String but) {
        String first = null;
        var small = some.size() < others.size() ? some : others;
        var large = small == some ? others : some;
        for (var one : small)
            if (!one.equals(but) && large.contains(one) && (first == null || one.compareTo(first) > 0)) first = one;
        return first;
    }

    /** Spans that do not overlap: the longer first, then the surer. One that nothing speaks for, or that may mean two things, hides nothing. */
    private List<Span> apart(List<Span> spans) {
        var order = new ArrayList<Span>();
        for (var span : spans) {
            var best = span.best();
            if (span.homograph || best != null && best.score >= THRESHOLD && clear(span, best, MARGIN)) order.add(span);
        }
        order.sort(Comparator.<Span>comparingInt(span -> -span.words())
                .thenComparingDouble(span -> span.best() == null ? 0 : -span.best().score)
                .thenComparingInt(span -> span.from));
        var taken = new HashMap<Integer, Boolean>();
        var kept = new ArrayList<Span>();
        for (var span : order) {
            boolean free = true;
            for (int n = span.from; n < span.to && free; n++) free = !taken.containsKey(n);
            if (!free) continue;
            for (int n = span.from; n < span.to; n++) taken.put(n, true);
            kept.add(span);
        }
        return kept;
    }

    /** Whether no other entity is nearly as likely; units of one name before and since July 2025 are told apart by time alone. */
    private boolean clear(Span span, Option best, double margin) {
        var one = known(best);
        for (var rival : span.options) {
            if (rival.form.entity() == best.form.entity()) continue;
            if (one.twin() == rival.form.entity() || samePractice(one, known(rival))) continue;
            if (best.score - rival.score < margin) return false;
        }
        return true;
    }

    /** A festival and the custom or inscription of the same name and people are one practice: the festival stands for it. */
    private static boolean samePractice(Known best, Known rival) {
        boolean general = rival.kind() == EntityKind.CUSTOM || rival.kind() == EntityKind.HERITAGE;
        boolean special = best.kind() == EntityKind.FESTIVAL
                || best.kind() == EntityKind.CRAFT
                || best.kind() == EntityKind.CUSTOM && rival.kind() == EntityKind.HERITAGE;
        if (best.kind() == EntityKind.PLACE && rival.kind() == EntityKind.HERITAGE) return true;
        return general && special && common(best.peoples(), rival.peoples(), null) != null;
    }

    Known known(Option option) {
        return gazetteer.known().get(option.form.entity());
    }

    /** A word before it that belongs to the name, as {@code Lễ hội}: where the mention begins. */
    int begin(Span span) {
        var trigger = span.trigger;
        if (trigger == null
                || !trigger.head()
                || !trigger.sense().fits(known(span.best()).kind(), "")) return span.from;
        return span.from - Keys.words(trigger.phrase()).size();
    }
}
