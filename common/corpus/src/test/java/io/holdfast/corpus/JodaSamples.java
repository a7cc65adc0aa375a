package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.plain;
import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.shared;

import java.util.List;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.Interval;
import org.joda.time.LocalDate;
import org.joda.time.LocalDateTime;
import org.joda.time.LocalTime;
import org.joda.time.MonthDay;
import org.joda.time.MutablePeriod;
import org.joda.time.Period;
import org.joda.time.PeriodType;
import org.joda.time.YearMonth;
import org.joda.time.base.AbstractInstant;
import org.joda.time.chrono.BuddhistChronology;
import org.joda.time.chrono.ISOChronology;

/** Joda-Time's values. Their chronologies and zones are shared instances, which have to be the shared ones again. */
final class JodaSamples {
    private static final DateTimeZone BERLIN = DateTimeZone.forID("Europe/Berlin");

    private JodaSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Joda DateTime", () -> noon(BERLIN), JodaSamples::instant),
                sample("Joda DateTime, UTC", () -> noon(DateTimeZone.UTC), JodaSamples::instant),
                sample(
                        "Joda DateTime, fixed offset",
                        () -> noon(DateTimeZone.forOffsetHours(-3)),
                        JodaSamples::instant),
                sample(
                        "Joda DateTime, Buddhist",
                        () -> noon(BERLIN).withChronology(BuddhistChronology.getInstance(BERLIN)),
                        JodaSamples::instant),
                sample("Joda Instant", () -> Instant.ofEpochMilli(1_700_000_000_123L), JodaSamples::instant),
                sample("Joda MutableDateTime", () -> noon(BERLIN).toMutableDateTime(), JodaSamples::instant)
                        .changedBy(time -> time.addDays(1)),
                sample("Joda LocalDate", () -> new LocalDate(2024, 2, 29), date -> date + " " + date.getChronology()),
                plain("Joda LocalTime", () -> new LocalTime(23, 59, 59, 999)),
                plain("Joda LocalDateTime", () -> new LocalDateTime(2024, 2, 29, 12, 30)),
                plain("Joda YearMonth", () -> new YearMonth(2024, 2)),
                plain("Joda MonthDay", () -> new MonthDay(2, 29)),
                plain(
                        "Joda Interval",
                        () -> new Interval(noon(BERLIN), noon(BERLIN).plusDays(3))),
                plain("Joda Duration", () -> Duration.standardHours(5)),
                plain("Joda Days", () -> Days.days(400)),
                sample(
                        "Joda Period",
                        () -> new Period(1, 2, 3, 4, 5, 6, 7, 8),
                        period -> period + " " + period.getPeriodType()),
                sample(
                        "Joda Period of some fields",
                        () -> new Period(0, 0, 0, 4, 5, 0, 0, 0, PeriodType.dayTime()),
                        period -> period + " " + period.getPeriodType()),
                plain("Joda MutablePeriod", () -> new MutablePeriod(1, 2, 3, 4))
                        .changedBy(period -> period.addHours(1)),
                sample(
                        "Joda DateTimeZone",
                        () -> BERLIN,
                        zone -> zone + shared(zone, DateTimeZone.forID("Europe/Berlin"))),
                sample(
                        "Joda ISOChronology",
                        () -> ISOChronology.getInstance(BERLIN),
                        chronology -> chronology + shared(chronology, ISOChronology.getInstance(BERLIN))));
    }

    private static DateTime noon(DateTimeZone zone) {
        return new DateTime(2024, 2, 29, 12, 0, zone);
    }

    private static String instant(AbstractInstant instant) {
        return instant + " " + instant.getChronology() + " " + instant.getZone();
    }
}
