package org.thocam.ontology.calendar;

import java.util.Arrays;
import java.util.Optional;

/** The months of the Khmer calendar, as they are written in Latin letters here. A year with 13 months has the last two in place of Asadh. */
public enum KhmerMonth {
    MIGASIR("Migasir"),
    BOS("Bos"),
    MEAK("Meak"),
    PHALKUN("Phalkun"),
    CHEIT("Cheit"),
    PISAKH("Pisakh"),
    JESTH("Jesth"),
    ASADH("Asadh"),
    SRAP("Srap"),
    PHATRABOT("Phatrabot"),
    ASSOCH("Assoch"),
    KADEUK("Kadeuk"),
    PATHAMASADH("Pathamasadh"),
    TUTIYASADH("Tutiyasadh");

    private final String word;

    KhmerMonth(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<KhmerMonth> ofWord(String word) {
        return Arrays.stream(values()).filter(month -> month.word.equals(word)).findFirst();
    }
}
