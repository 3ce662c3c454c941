package org.thocam.api.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormPairsTest {
    @Test
    void pairsComeInTheirOrderAndAsOftenAsTheyStandThere() {
        assertEquals(
                List.of(Map.entry("a", "1 2"), Map.entry("b", ""), Map.entry("a", "ổ=&"), Map.entry("c", "")),
                FormPairs.of("a=1+2&&b&a=%E1%BB%95%3D%26&c="));
        assertEquals(List.of(), FormPairs.of(""));
    }

    @Test
    void whatIsNoFormIsRefused() {
        for (var form : List.of(
                "a=%", "a=%4", "a=%zz", "a=%ff", "a=%C3%28", "a=%00", "%01=a", "a=%EF%BF%BE", "a=ổ", "a=%ED%A0%80"))
            assertThrows(UnreadableFormException.class, () -> FormPairs.of(form), form);
    }
}
