package org.thocam.index.analysis.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyFontTest {
    @ParameterizedTest
    @CsvSource({
        ".VnTime, TCVN3, false",
        ".VnTimeH, TCVN3, true",
        ".VnArialH, TCVN3, true",
        ".VnArial NarrowH, TCVN3, true",
        ".VnArial Narrow, TCVN3, false",
        ".VnTeknicalH, TCVN3, true",
        ".VNTIMEH, TCVN3, true",
        "VNI-Times, VNI, false",
        "VNI-Aptima, VNI, false",
        "VNI-Helve-Condense, VNI, false",
        "Vni 09 Cataneo, VNI, false",
        "VPS Times, VPS, false",
        "VPS Times Hoa, VPS, true",
        "VPS Long An Hoa, VPS, true",
        "VPS Nam Dinh, VPS, false",
        "VI Times, VISCII, false",
        "VI Times H, VISCII, true",
        "VI Times Hoa, VISCII, true",
        "HoangYen, VISCII, false",
        "HoangYen H, VISCII, true",
        "UHoai 1.1, VISCII, false"
    })
    void theNameSaysTheEncoding(String name, LegacyEncoding encoding, boolean capitals) {
        assertEquals(Optional.of(new LegacyFont(encoding, capitals)), LegacyFont.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Times New Roman",
                "Vivaldi",
                "Vijaya",
                "VNtimes new roman",
                "UTM Avo",
                ".SF Pro",
                "Verdana",
                "Viner Hand ITC"
            })
    void otherFontsSayNothing(String name) {
        assertEquals(Optional.empty(), LegacyFont.of(name));
    }

    @Test
    void aMarkNamesItsFont() {
        for (var encoding : LegacyEncoding.values())
            for (boolean capitals : new boolean[] {false, true}) {
                var font = new LegacyFont(encoding, capitals);
                assertEquals(Optional.of(font), LegacyFont.opened(font.opening()));
            }
        assertEquals(Optional.empty(), LegacyFont.opened(LegacyFont.CLOSING));
    }

    @Test
    void aCapitalFontShowsCapitals() {
        assertEquals("TRUYỆN KIỀU", LegacyFont.of(".VnTimeH").orElseThrow().decode("truyÖn kiÒu"));
    }
}
