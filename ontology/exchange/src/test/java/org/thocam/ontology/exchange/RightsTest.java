package org.thocam.ontology.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Version;

class RightsTest {
    private static final Instant DAY = Instant.parse("2026-06-01T00:00:00Z");

    private static CatalogueRecord record(String fields) {
        Item item = ItemJson.entry(ItemJson.parse("{\"id\":\"a\",\"title\":\"x\"," + fields + "}"))
                .item();
        return new CatalogueRecord(
                item, new Version(1), DAY, false, new Links("https://library.example", "library.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "CC-BY-SA-4.0,https://creativecommons.org/licenses/by-sa/4.0/",
        "CC-BY-NC-ND-3.0,https://creativecommons.org/licenses/by-nc-nd/3.0/",
        "CC0-1.0,https://creativecommons.org/publicdomain/zero/1.0/",
        "see http://rightsstatements.org/vocab/InC/1.0/,http://rightsstatements.org/vocab/InC/1.0/",
        "CC0-1.0 AND CC-BY-4.0,",
        "MIT,",
        "all rights reserved,"
    })
    void aLicenceHasAnAddressWhereItIsOne(String rights, String address) {
        assertEquals(address, record("\"rights\":\"" + rights + "\"").licence().orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"open\"',Open access; rights not stated",
        "'\"restricted\"',Restricted access; rights not stated",
        "'{\"level\":\"embargoed\",\"until\":\"2026-05-01\"}',Open access since 2026-05-01; rights not stated",
        "'{\"level\":\"embargoed\",\"until\":\"2026-07-01\"}',Embargoed until 2026-07-01; rights not stated"
    })
    void unstatedRightsSayWhoMaySeeIt(String access, String rights) {
        assertEquals(rights, record("\"access\":" + access).rights());
    }
}
