package org.thocam.api.access;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many requests one token or one address may send. The buckets are bounded: the one unused for longest is forgotten. */
final class RateLimit {
    private static final int BUCKETS = 10_000;

    private final int burst;
    private final int perSecond;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > BUCKETS;
        }
    };

    RateLimit(int burst, int perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
    }

    /** Zero if the request may go on, else how long its sender has to wait. */
    Duration take(String sender) {
        Bucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(sender, any -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                    .build());
        }
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }
}
