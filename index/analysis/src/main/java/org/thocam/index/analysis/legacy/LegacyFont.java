package org.thocam.index.analysis.legacy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the name of a font says of the text set in it.
 *
 * @param capitals whether it shows small letters as capitals, as {@code .VnTimeH} does
 */
public record LegacyFont(LegacyEncoding encoding, boolean capitals) {
    /** Fonts of the Viet-Std group and of TriChlor that do not say {@code VI} or {@code VISCII} in their names. */
    private static final Set<String> VISCII_FONTS =
            Set.of("hoangyen", "heomay", "minhquan", "phuongthao", "thahuong", "uhoai", "uhoài");

    /** The fonts of ABC begin with {@code .Vn}, those of VNI with {@code VNI-}, those of VPS with {@code VPS}, of VISCII with {@code VI}. */
    public static Optional<LegacyFont> of(String name) {
        var font = name.strip().replaceAll("^['\"]+|['\"]+$", "").strip().toLowerCase(Locale.ROOT);
        if (font.startsWith(".vn")) return font(LegacyEncoding.TCVN3, font.matches(".*[^h]h( .*)?"));
        if (font.startsWith("vni-") || font.startsWith("vni ")) return font(LegacyEncoding.VNI, false);
        if (font.startsWith("vps ") || font.startsWith("vps-")) return font(LegacyEncoding.VPS, hoa(font));
        boolean viscii = font.startsWith("vi ") || font.startsWith("viscii");
        var plain = font.replaceAll("( ?(h|hoa))?( ?1[.]1)?$", "").replace(" ", "");
        return viscii || VISCII_FONTS.contains(plain) ? font(LegacyEncoding.VISCII, hoa(font)) : Optional.empty();
    }

    private static boolean hoa(String font) {
        return font.matches(".* (hoa|h)( .*)?");
    }

    private static Optional<LegacyFont> font(LegacyEncoding encoding, boolean capitals) {
        return Optional.of(new LegacyFont(encoding, capitals));
    }

    /** Noncharacters: no text has a use for them. */
    private static final char FIRST_MARK = '\uFDD0';

    /** Ends what a mark of {@link #opening} began. */
    public static final char CLOSING = '\uFDEF';

    /** What a reader of documents sets before text in this font, for {@link #opened} to know it again. */
    public char opening() {
        return (char) (FIRST_MARK + 2 * encoding.ordinal() + (capitals ? 1 : 0));
    }

    public static boolean isMark(int c) {
        return c >= FIRST_MARK && c <= CLOSING;
    }

    public static Optional<LegacyFont> opened(char mark) {
        int at = mark - FIRST_MARK;
        var all = LegacyEncoding.values();
        return at < 0 || at >= 2 * all.length ? Optional.empty() : font(all[at / 2], at % 2 == 1);
    }

    /** What text in this font shows. */
    public String decode(String misread) {
        var decoded = encoding.decode(misread);
        return capitals ? decoded.toUpperCase(Locale.ROOT) : decoded;
    }
}
