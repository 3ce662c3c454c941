package org.thocam.ingest.archive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The mementos of an archival group (RFC 7089, section 5), the oldest first: one for each of its OCFL versions.
 *
 * @param mementos as Fedora writes them in an address, such as {@code 20261122124444}
 */
record TimeMap(List<String> mementos) {
    private static final Pattern MEMENTO = Pattern.compile("/fcr:versions/([0-9]{14})>; *rel=\"memento\"");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    TimeMap {
        mementos = List.copyOf(mementos);
    }

    /** @param links in the format {@code application/link-format} */
    static TimeMap of(byte[] links) {
        var found = new ArrayList<String>();
        var matcher = MEMENTO.matcher(new String(links, StandardCharsets.UTF_8));
        while (matcher.find()) found.add(matcher.group(1));
        Collections.sort(found);
        return new TimeMap(found);
    }

    Instant last() {
        return LocalDateTime.parse(mementos.get(mementos.size() - 1), FORMAT).toInstant(ZoneOffset.UTC);
    }

    /** Two versions in one second: Fedora shows the later one only. */
    List<String> hidden() {
        var hidden = new ArrayList<String>();
        for (int i = 1; i < mementos.size(); i++)
            if (mementos.get(i).equals(mementos.get(i - 1))) hidden.add(mementos.get(i));
        return hidden;
    }

    boolean isEmpty() {
        return mementos.isEmpty();
    }
}
