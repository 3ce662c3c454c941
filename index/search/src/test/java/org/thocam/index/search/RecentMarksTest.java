package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Watermark;

class RecentMarksTest {
    private long now;
    private final RecentMarks marks = new RecentMarks(() -> now);

    private void pass(Duration time) {
        now += time.toNanos() + 1;
    }

    private static Watermark at(long seq) {
        return new Watermark("g", seq);
    }

    @Test
    void aMarkIsKeptWhenNothingFellForAWhileAfterIt() {
        marks.committed(at(1));
        assertEquals(Optional.empty(), marks.kept());
        pass(RecentMarks.NOTICED);
        marks.committed(at(2));
        assertEquals(Optional.empty(), marks.kept());
        marks.well();
        assertEquals(Optional.of(at(1)), marks.kept());
        assertFalse(marks.doubtful());
    }

    @Test
    void whatWasShownAroundAFallIsShownAgainWhenAllIsQuiet() {
        marks.committed(at(1));
        pass(RecentMarks.NOTICED);
        marks.well();
        marks.committed(at(2));
        marks.fell();
        assertTrue(marks.doubtful());
        pass(Duration.ofSeconds(10));
        marks.committed(at(3));
        pass(Duration.ofSeconds(10));
        marks.fell();
        pass(Duration.ofSeconds(20));
        assertFalse(marks.again());
        pass(Duration.ofSeconds(10));
        assertEquals(Optional.of(at(1)), marks.kept());
        assertTrue(marks.again());
        assertFalse(marks.again());
        assertFalse(marks.doubtful());
    }

    @Test
    void aFallWithNothingShownAroundItChangesNothing() {
        marks.committed(at(1));
        pass(RecentMarks.NOTICED);
        marks.well();
        marks.fell();
        pass(RecentMarks.UNQUIET);
        marks.committed(at(2));
        pass(RecentMarks.NOTICED);
        marks.well();
        assertFalse(marks.again());
        assertEquals(Optional.of(at(2)), marks.kept());
    }

    @Test
    void whatWasNotedIsNoNews() {
        marks.committed(at(1));
        pass(RecentMarks.NOTICED);
        marks.well();
        assertEquals(Optional.of(at(1)), marks.news());
        marks.noted(at(1));
        assertEquals(Optional.empty(), marks.news());
    }
}
