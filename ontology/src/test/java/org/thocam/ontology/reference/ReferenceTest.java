package org.thocam.ontology.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    @Test
    void aPeopleIsFoundByAnyNameThatIsItsAlone() {
        assertEquals("EG03", People.named("thái đen").orElseThrow().id());
        assertEquals(Optional.empty(), People.named("nobody"));
        assertEquals("Thái", People.shown("EG03"));
        assertEquals("EG99", People.shown("EG99"));
        for (int n = 1; n <= 54; n++)
            assertTrue(People.ofId("EG%02d".formatted(n)).isPresent(), "EG" + n);
    }

    @Test
    void aProvinceIsNamedInAPlace() {
        assertEquals(List.of("P34-14"), ids("huyện Quỳnh Nhai, tỉnh Sơn La"));
        assertEquals(List.of("P63-15"), ids("thị xã Nghĩa Lộ, tỉnh Yên Bái cũ"));
        assertEquals("P34-15", Province.ofId("P63-15").orElseThrow().today().id());
        assertEquals(List.of("P34-14", "P34-11"), ids("các mường thuộc Sơn La, Điện Biên"));
        assertEquals(List.of(), ids("Sơn Lam"));
        assertEquals(List.of("P63-17"), ids("xóm Lũy, tỉnh Hòa Bình cũ"));
        assertEquals(List.of("P63-17"), ids("tỉnh Hoà Bình"));
    }

    @Test
    void eachOfThe63IsPartOfOneOfThe34() {
        int old = 0;
        for (int n = 1; n <= 96; n++) {
            var province = Province.ofId("P63-%02d".formatted(n));
            if (province.isEmpty()) continue;
            old++;
            assertTrue(province.get().today().current(), province.get().toString());
        }
        assertEquals(63, old);
    }

    @Test
    void aLanguageHasItsCodeAndUsualScript() {
        assertEquals("vie", Language.code("vi"));
        assertEquals("blt", Language.code("blt-Tavt"));
        assertEquals("und", Language.code("und"));
        assertEquals("Latn", Language.script("vi"));
        assertEquals("Hani", Language.script("vi-Hani"));
        assertEquals("Khmr", Language.script("km"));
        assertEquals("Zyyy", Language.script("und"));
        assertEquals("tiếng Ê Đê", Language.nameVi("rad"));
        assertEquals("French", Language.nameEn("fr"));
    }

    private static List<String> ids(String place) {
        return Province.namedIn(place).stream().map(Province::id).toList();
    }
}
