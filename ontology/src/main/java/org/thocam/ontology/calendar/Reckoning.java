package org.thocam.ontology.calendar;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/** What a date rule asks of its calendar. Months are 1 to 12, the regular ones; years are as {@link Occurrence#year} says. */
interface Reckoning {
    int yearOf(LocalDate date);

    LocalDate monthStart(int year, int month);

    int monthLength(int year, int month);

    /** What has to be said of a day beside its exactness by the rule. */
    default Optional<Doubt> doubt(int year, int month, int day) {
        return Optional.empty();
    }

    /** The same of a rule that names no day. */
    default Optional<Doubt> doubtOfMonth(int year, int month) {
        return Optional.empty();
    }

    /** Why a day is not as exact as its rule, or is more exact. */
    record Doubt(Exactness exactness, String note) {}

    static Reckoning of(CalendarKind kind) {
        return switch (kind) {
            case VIETNAMESE -> new Vietnamese();
            case KHMER -> new Khmer();
            case CHAM_AHIER -> new ChamAhier();
            case ISLAMIC -> new Islamic();
            case GREGORIAN -> new Gregorian();
        };
    }

    record Vietnamese() implements Reckoning {
        @Override
        public int yearOf(LocalDate date) {
            return VietnameseCalendar.dateOf(date).year();
        }

        @Override
        public LocalDate monthStart(int year, int month) {
            return VietnameseCalendar.monthStart(year, month);
        }

        @Override
        public int monthLength(int year, int month) {
            return VietnameseCalendar.monthLength(year, month);
        }

        @Override
        public Optional<Doubt> doubt(int year, int month, int day) {
            return VietnameseCalendar.doubtful(year, month, day)
                    ? Optional.of(new Doubt(Exactness.TOLERANCE_1, "the new moon is within two minutes of midnight"))
                    : Optional.empty();
        }
    }

    record Khmer() implements Reckoning {
        @Override
        public int yearOf(LocalDate date) {
            return KhmerCalendar.yearOf(date);
        }

        @Override
        public LocalDate monthStart(int year, int month) {
            return KhmerCalendar.monthStart(year, inYear(year, month));
        }

        @Override
        public int monthLength(int year, int month) {
            return KhmerCalendar.length(year, inYear(year, month));
        }

        private static KhmerMonth inYear(int year, int month) {
            return KhmerCalendar.inYear(year, KhmerMonth.values()[month - 1]);
        }
    }

    record Islamic() implements Reckoning {
        @Override
        public int yearOf(LocalDate date) {
            return IslamicCalendar.dateOf(date).year();
        }

        @Override
        public LocalDate monthStart(int year, int month) {
            return IslamicCalendar.monthStart(year, month);
        }

        @Override
        public int monthLength(int year, int month) {
            return IslamicCalendar.monthLength(year, month);
        }
    }

    record Gregorian() implements Reckoning {
        @Override
        public int yearOf(LocalDate date) {
            return date.getYear();
        }

        @Override
        public LocalDate monthStart(int year, int month) {
            return LocalDate.of(year, month, 1);
        }

        @Override
        public int monthLength(int year, int month) {
            return YearMonth.of(year, month).lengthOfMonth();
        }
    }
}
