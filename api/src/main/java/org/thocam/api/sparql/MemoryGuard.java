package org.thocam.api.sparql;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.NotificationEmitter;

/**
 * Stops the running queries when the heap is nearly full even after a collection: groups, joins and DISTINCT of a query grow in
 * memory, and nothing in Jena bounds them. One of them lost is better than the server.
 */
final class MemoryGuard {
    private static final double FULL = 0.85;
    private final Set<Turn> running = ConcurrentHashMap.newKeySet();

    MemoryGuard() {
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) if (watchable(pool)) watch(pool);
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
                .addNotificationListener(
                        (notification, handback) -> stopAll(),
                        notification -> MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED.equals(
                                notification.getType()),
                        null);
    }

    private static boolean watchable(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP
                && pool.isCollectionUsageThresholdSupported()
                && pool.getCollectionUsageThreshold() == 0
                // Eden and the survivors are empty or full after every collection and say nothing.
                && pool.isUsageThresholdSupported()
                && pool.getUsage().getMax() > 0;
    }

    private static void watch(MemoryPoolMXBean pool) {
        pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * FULL));
    }

    void stopAll() {
        running.forEach(Turn::stopForMemory);
    }

    void enter(Turn turn) {
        running.add(turn);
    }

    void leave(Turn turn) {
        running.remove(turn);
    }
}
