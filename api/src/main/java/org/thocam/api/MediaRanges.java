package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** What {@code Accept} asks for, the most wanted first; what has {@code q=0} is not there. RFC 9110, section 12.5.1. */
record MediaRanges(List<String> wanted) {
    static MediaRanges of(HttpServletRequest request) {
        var ranges = new QuotedQualityCSV();
        Optional.ofNullable(request.getHeader("Accept")).ifPresent(ranges::addValue);
        return new MediaRanges(ranges.getValues().stream()
                .map(range -> range.split(";")[0].strip())
                .toList());
    }

    /** The one of some media types that is wanted most; of those that are wanted alike, the first. */
    Optional<String> of(List<String> types) {
        for (var range : wanted) {
            if (range.equals("*/*")) return types.stream().findFirst();
            for (var type : types)
                if (type.equals(range)
                        || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)))
                    return Optional.of(type);
        }
        return wanted.isEmpty() ? types.stream().findFirst() : Optional.empty();
    }
}
