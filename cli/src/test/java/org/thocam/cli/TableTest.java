package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsAReaderSeesThem() {
        assertEquals(7, Table.width("thổ cẩm"));
        assertEquals(7, Table.width(java.text.Normalizer.normalize("thổ cẩm", java.text.Normalizer.Form.NFD)));
        assertEquals(2, Table.width("𠊛"));
        assertEquals(3, Table.width("ខ្មែរ".substring(0, 0) + "abc"));
    }
}
