package org.thocam.ingest.harvest;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.thocam.ontology.Item;
import org.thocam.ontology.exchange.Provenance;

/**
 * What says that two items are the same work's same record: a DOI, a handle, an ISBN together with the title (volumes share an ISBN),
 * the address of its page, an OAI identifier. Nothing weaker: two books may have the same title and author.
 */
final class StrongKeys {
    /** A page is no proof among records of one partner: chapters give the page of their book. */
    static final String PAGE = "page:";

    private static final Pattern DOI = Pattern.compile(
            "(?:doi:\\s*|https?://(?:dx\\.|www\\.)?doi\\.org/)?(10\\.\\d{4,9}/\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HANDLE =
            Pattern.compile("(?:hdl:\\s*|https?://hdl\\.handle\\.net/)(\\S+/\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ISBN = Pattern.compile(
            "(?:urn:isbn:|isbn(?:-1[03])?:?)?\\s*((?:97[89][- ]?)?(?:\\d[- ]?){9}[\\dX])(?![\\d-]).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WEB = Pattern.compile("https?://([^/?#\\s]+)(/[^#\\s]*)", Pattern.CASE_INSENSITIVE);

    private StrongKeys() {}

    static Set<String> of(Item item) {
        var keys = new TreeSet<String>();
        for (var identifier : item.identifiers()) add(identifier.strip(), item, keys);
        Provenance.of(item).ifPresent(from -> {
            if (PartnerSource.worldwide(from.identifier())) keys.add(oai(from.identifier()));
        });
        for (var origin : Provenance.origins(item))
            if (PartnerSource.worldwide(origin.identifier())) keys.add(oai(origin.identifier()));
        return keys;
    }

    static String oai(String identifier) {
        return "oai:" + identifier;
    }

    private static void add(String identifier, Item item, Set<String> keys) {
        var doi = DOI.matcher(identifier);
        var handle = HANDLE.matcher(identifier);
        var isbn = ISBN.matcher(identifier);
        var web = WEB.matcher(identifier);
        if (doi.matches()) keys.add("doi:" + doi.group(1).toLowerCase(Locale.ROOT));
        else if (handle.matches()) keys.add("hdl:" + handle.group(1).toLowerCase(Locale.ROOT));
        else if (web.matches()) {
            var path = web.group(2).replaceAll("/+$", "");
            // the front page of a library is nobody's own
            if (!path.isEmpty() && !path.matches("/(index|home|default)\\.\\w+"))
                keys.add(PAGE + web.group(1).toLowerCase(Locale.ROOT) + path);
        } else if (isbn.matches()) {
            var number = isbn13(isbn.group(1).replaceAll("[- ]", "").toUpperCase(Locale.ROOT));
            if (!number.isEmpty())
                for (var title : item.title().texts().values()) {
                    var key = title(title);
                    if (!key.isEmpty()) keys.add("isbn:" + number + ":" + key);
                }
        }
    }

    static String title(String title) {
        var folded = Normalizer.normalize(title, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        var letters = new StringBuilder();
        folded.codePoints()
                .filter(c -> Character.isLetterOrDigit(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK)
                .limit(200)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** Empty where the check digit is wrong. ISO 2108. */
    static String isbn13(String isbn) {
        if (isbn.length() == 10) {
            int sum = 0;
            for (int i = 0; i < 10; i++) sum += (10 - i) * (isbn.charAt(i) == 'X' ? 10 : isbn.charAt(i) - '0');
            if (sum % 11 != 0) return "";
            var stem = "978" + isbn.substring(0, 9);
            return stem + (10 - weighted(stem) % 10) % 10;
        }
        return isbn.matches("\\d{13}") && weighted(isbn) % 10 == 0 ? isbn : "";
    }

    private static int weighted(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        return sum;
    }
}
