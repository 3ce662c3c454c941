package org.thocam.api;

import java.util.Optional;
import java.util.regex.Pattern;

/** One range of bytes, both ends included. RFC 9110, section 14. */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    long length() {
        return last - first + 1;
    }

    /** What a Range header asks for of a file of this size. */
    sealed interface Asked {
        /** Everything: there is no header, it is none that we know, or it asks for several ranges, which a server may ignore. */
        record Whole() implements Asked {}

        record Part(ByteRange range) implements Asked {}

        record Outside() implements Asked {}
    }

    static Asked of(Optional<String> header, long size) {
        var match = ONE.matcher(header.orElse(""));
        if (!match.matches()) return new Asked.Whole();
        var first = match.group(1);
        var last = match.group(2);
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
}
