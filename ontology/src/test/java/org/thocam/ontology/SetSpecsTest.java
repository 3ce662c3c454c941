package org.thocam.ontology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SetSpecsTest {
    private static List<String> of(String fields) {
        return SetSpecs.of(ItemJson.entry(ItemJson.parse("{\"id\":\"a\",\"title\":\"t\"" + fields + "}"))
                .item());
    }

    @Test
    void anItemIsInTheSetsOfWhatIsSaidOfIt() {
        assertEquals(
                List.of(
                        "collection:craft:textile",
                        "language:blt",
                        "language:vie",
                        "people:EG03",
                        "province:P34-14",
                        "script:Latn",
                        "script:Tavt",
                        "type:Text"),
                of(
                        ",\"sets\":[\"craft:textile\"],\"language\":[\"blt\",\"vi\"],\"people\":[\"EG03\"],\"type\":\"Text\",\"place\":\"bản Áng, tỉnh Sơn La\""));
    }

    @Test
    void aProvinceOfOldIsWithinTodays() {
        assertEquals(List.of("province:P34-15:P63-15"), of(",\"place\":\"thị xã Nghĩa Lộ, tỉnh Yên Bái cũ\""));
        assertEquals(List.of("province:P34-08:P63-02"), of(",\"place\":\"tỉnh Hà Giang\""));
    }

    @Test
    void whatNobodySaidMakesNoSet() {
        assertEquals(List.of(), of(""));
        assertEquals(List.of(), of(",\"place\":\"Sơn Lâm\",\"type\":\"with space\",\"people\":[\"ai đó\"]"));
    }
}
