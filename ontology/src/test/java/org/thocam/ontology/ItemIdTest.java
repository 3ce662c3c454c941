package org.thocam.ontology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemIdTest {
    private static final ItemId BAHNAR = new ItemId("bahnar");

    @Test
    void aPartKnowsItsItemAndItsName() {
        var part = BAHNAR.part("entry.0a18bb95-1");
        assertEquals("bahnar/entry.0a18bb95-1", part.value());
        assertTrue(part.isPart());
        assertEquals(BAHNAR, part.whole());
        assertEquals("entry.0a18bb95-1", part.partName());
        assertEquals(part, new ItemId("bahnar/entry.0a18bb95-1"));
    }

    @Test
    void anItemIsItsOwnWhole() {
        assertFalse(BAHNAR.isPart());
        assertEquals(BAHNAR, BAHNAR.whole());
        assertEquals("", BAHNAR.partName());
    }

    @Test
    void aPartHasNoParts() {
        var part = BAHNAR.part("a");
        assertThrows(IllegalArgumentException.class, () -> part.part("b"));
    }

    @Test
    void aPartNameMayBeLongerThanAnId() {
        assertEquals(
                220,
                new ItemId("i".repeat(200)).part("n".repeat(220)).partName().length());
        assertThrows(IllegalArgumentException.class, () -> BAHNAR.part("n".repeat(221)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "a/b", "a b", "a\n", "../a", "ă"})
    void aPartNameHasTheCharactersOfAnId(String name) {
        assertThrows(IllegalArgumentException.class, () -> BAHNAR.part(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/a", "a//b", "a/b/c", "a/.b", "a/ b", "a/b\n"})
    void whatIsNeitherAnItemNorAPartIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> new ItemId(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bahnar/entry.1", "a/b/c", "", "-a"})
    void whatComesFromOutsideIsAnItemOrRefused(String value) {
        var said = assertThrows(IllegalArgumentException.class, () -> ItemId.ofItem(value));
        assertTrue(said.getMessage().startsWith("id '" + value + "': want 1 to 200 characters of"), said.getMessage());
        assertEquals(BAHNAR, ItemId.ofItem("bahnar"));
    }

    /** By the bytes alone, {@code bahnar-2} would come between {@code bahnar} and its parts. */
    @Test
    void anItemStandsBeforeItsPartsAndTheyBeforeTheNextItem() {
        assertEquals(
                List.of("bahnar", "bahnar/a", "bahnar/b", "bahnar-2", "bahnar-2/a"),
                Stream.of("bahnar-2/a", "bahnar/b", "bahnar-2", "bahnar/a", "bahnar")
                        .map(ItemId::new)
                        .sorted()
                        .map(ItemId::value)
                        .toList());
    }

    @Test
    void anItemCannotHaveTheIdOfAPart() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Item(
                        BAHNAR.part("a"),
                        LanguageMap.of(LanguageTag.UNDETERMINED, "a"),
                        "",
                        List.of(),
                        LanguageMap.EMPTY,
                        List.of(),
                        "",
                        List.of(),
                        java.util.Optional.empty(),
                        "",
                        Access.OPEN,
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        ""));
    }
}
