package org.thocam.ontology.exchange.marc;

import java.util.List;
import java.util.regex.Pattern;
import org.thocam.ontology.exchange.CatalogueRecord;

/** An identifier by its kind. MARC 21 bibliographic, fields 020, 022, 024, 035. */
record Identifier(Kind kind, String value) {
    enum Kind {
        ISBN,
        ISSN,
        /** A system's control number, its organisation in parentheses. */
        CONTROL,
        DOI,
        HANDLE,
        URI,
        OTHER;

        /** The code of LoC's Standard Identifier Source Codes, for $2 of 024. */
        String source() {
            return this == HANDLE ? "hdl" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Pattern PREFIX = Pattern.compile("(?i)(urn:isbn:|isbn[ :]*|urn:issn:|issn[ :]*)");
    private static final Pattern DOI =
            Pattern.compile("(?i)(https?://(dx\\.)?doi\\.org/|doi:\\s*)?(10\\.\\d{4,9}/\\S+)");
    private static final Pattern HANDLE = Pattern.compile("(?i)(https?://hdl\\.handle\\.net/|hdl:\\s*)(\\S+/\\S+)");

    static Identifier of(String text) {
        var bare = PREFIX.matcher(text).replaceFirst("");
        if (isIsbn(bare)) return new Identifier(Kind.ISBN, bare);
        if (isIssn(bare)) return new Identifier(Kind.ISSN, bare);
        if (text.matches("\\([A-Za-z0-9./_-]+\\).+")) return new Identifier(Kind.CONTROL, text);
        var doi = DOI.matcher(text);
        if (doi.matches()) return new Identifier(Kind.DOI, doi.group(3));
        var handle = HANDLE.matcher(text);
        if (handle.matches()) return new Identifier(Kind.HANDLE, handle.group(2));
        if (CatalogueRecord.isWebAddress(text) || text.matches("(?i)(urn|ark|info):\\S+"))
            return new Identifier(Kind.URI, text);
        return new Identifier(Kind.OTHER, text);
    }

    static List<Identifier> of(CatalogueRecord record, Kind... kinds) {
        return record.item().identifiers().stream()
                .map(Identifier::of)
                .filter(identifier -> List.of(kinds).contains(identifier.kind))
                .toList();
    }

    /** ISO 2108: the check digit decides whether a number is one. */
    static boolean isIsbn(String text) {
        var digits = text.replaceAll("[ -]", "");
        if (digits.matches("97[89]\\d{10}")) {
            int sum = 0;
            for (int i = 0; i < 13; i++) sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
            return sum % 10 == 0;
        }
        return digits.matches("\\d{9}[\\dXx]") && weighted(digits) % 11 == 0;
    }

    /** ISO 3297. */
    static boolean isIssn(String text) {
        return text.matches("\\d{4}-\\d{3}[\\dXx]") && weighted(text.replace("-", "")) % 11 == 0;
    }

    private static int weighted(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            sum += (c == 'X' || c == 'x' ? 10 : c - '0') * (digits.length() - i);
        }
        return sum;
    }
}
