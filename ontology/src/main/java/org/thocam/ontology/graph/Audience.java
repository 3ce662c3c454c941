package org.thocam.ontology.graph;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.thocam.ontology.Access;

/**
 * All who may see the same: what {@link Access} says, as the end of a graph's name. The name says it all, so that who may see the graph
 * need not be looked up, and an embargo ends by itself.
 */
record Audience(Access access) {
    static final Audience EVERYBODY = new Audience(Access.OPEN);
    private static final String OPEN = "open";
    private static final String UNTIL = "until:";
    private static final String ONLY = "only:";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Communities in whatever order, and however often, are the same. */
    Audience {
        var communities = access.communities().stream().distinct().sorted().toList();
        if (access instanceof Access.Embargoed embargoed) access = new Access.Embargoed(embargoed.until(), communities);
        else if (access instanceof Access.Restricted) access = new Access.Restricted(communities);
    }

    Audience and(Audience other) {
        return new Audience(access.and(other.access));
    }

    String name() {
        var communities = access.communities().stream().map(Audience::encoded).collect(Collectors.joining(","));
        if (access instanceof Access.Embargoed embargoed) return UNTIL + embargoed.until() + ":" + communities;
        return access instanceof Access.Restricted ? ONLY + communities : OPEN;
    }

    static Audience named(String name) {
        if (name.equals(OPEN)) return EVERYBODY;
        if (name.startsWith(ONLY)) return new Audience(new Access.Restricted(list(name.substring(ONLY.length()))));
        int colon = name.indexOf(':', UNTIL.length());
        if (!name.startsWith(UNTIL) || colon < 0)
            throw new IllegalArgumentException("audience '" + name + "': want open, until:DAY:LIST or only:LIST");
        return new Audience(new Access.Embargoed(
                LocalDate.parse(name.substring(UNTIL.length(), colon)), list(name.substring(colon + 1))));
    }

    private static List<String> list(String communities) {
        return communities.isEmpty()
                ? List.of()
                : Arrays.stream(communities.split(",", -1))
                        .map(one -> URLDecoder.decode(one, StandardCharsets.UTF_8))
                        .toList();
    }

    private static String encoded(String community) {
        var encoded = new StringBuilder();
        for (byte b : community.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '.';
            if (plain) encoded.append((char) b);
            else encoded.append('%').append(HEX.toHexDigits(b));
        }
        return encoded.toString();
    }
}
