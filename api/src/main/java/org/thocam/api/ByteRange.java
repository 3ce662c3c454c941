package org.thocam.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One range of bytes, both ends included. RFC 9110, section 14. */
record ByteRange(long first, long last) {
    /** A server may ignore a header that asks for many (section 14.2). */
    static final int MOST = 16;

    private static final Pattern ONE = Pattern.compile("\\s*(\\d{0,18})-(\\d{0,18})\\s*");
    private static final String UNIT = "bytes=";

    long length() {
        return last - first + 1;
    }

    /** As Content-Range has it. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /** What a Range header asks for of a file of this size. */
    sealed interface Asked {
        /** Everything: there is no header, it is none that we know, or it asks for more ranges than a server need give. */
        record Whole() implements Asked {}

        record Part(ByteRange range) implements Asked {}

        /** Several, apart from each other, as they were asked for. */
        record Parts(List<ByteRange> ranges) implements Asked {
            public Parts {
                ranges = List.copyOf(ranges);
            }
        }

        record Outside() implements Asked {}
    }

    static Asked of(Optional<String> header, long size) {
        var text = header.orElse("").strip();
        if (!text.toLowerCase(Locale.ROOT).startsWith(UNIT)) return new Asked.Whole();
        var specs = text.substring(UNIT.length()).split(",", -1);
        if (specs.length > MOST) return new Asked.Whole();
        var ranges = new ArrayList<ByteRange>();
        for (var spec : specs) {
            var match = ONE.matcher(spec);
            if (!match.matches()) return new Asked.Whole();
            var asked = one(match.group(1), match.group(2), size);
            if (asked instanceof Asked.Whole) return asked;
            // section 14.1.2: those that are outside count only where all are
            if (asked instanceof Asked.Part part) ranges.add(part.range());
        }
        var apart = apart(ranges);
        if (apart.isEmpty()) return new Asked.Outside();
        return apart.size() == 1 ? new Asked.Part(apart.get(0)) : new Asked.Parts(apart);
    }

    private static Asked one(String first, String last, long size) {
        if (first.isEmpty() && last.isEmpty()) return new Asked.Whole();
        if (first.isEmpty()) {
            long length = Math.min(Long.parseLong(last), size);
            return length == 0 ? new Asked.Outside() : new Asked.Part(new ByteRange(size - length, size - 1));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) return new Asked.Whole();
        return from >= size ? new Asked.Outside() : new Asked.Part(new ByteRange(from, to));
    }

    /** Section 15.3.7.2: what overlaps or touches is one, so that no byte is sent twice. */
    private static List<ByteRange> apart(List<ByteRange> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(ByteRange::first));
        var merged = new ArrayList<ByteRange>();
        for (var range : sorted) {
            var before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && range.first() <= before.last() + 1)
                merged.set(merged.size() - 1, new ByteRange(before.first(), Math.max(before.last(), range.last())));
            else merged.add(range);
        }
        return merged.size() == ranges.size() ? ranges : merged;
    }
}
