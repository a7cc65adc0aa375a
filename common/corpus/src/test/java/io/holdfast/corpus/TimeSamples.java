package io.holdfast.corpus;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.time.temporal.WeekFields;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/** Points in time, calendars and zones, the old and the new ones. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications use the old ones too
final class TimeSamples {
    private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
    private static final LocalDateTime TIME = DATE.atTime(23, 59, 58, 123_456_789);

    private TimeSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("time");
        addOld(samples);
        addCalendars(samples);
        addNew(samples);
        addZones(samples);
        return samples.toList();
    }

    private static void addOld(SampleList samples) {
        samples.add("Date", () -> new Date(1_700_000_000_123L))
                .add("Date before 1970", () -> new Date(-1))
                .add("Date set by its fields", TimeSamples::dateSetByFields)
                .add("java.sql.Date", () -> new java.sql.Date(86_400_000L * 365))
                .add("java.sql.Time", () -> new Time(3_600_000))
                .add("java.sql.Timestamp", () -> timestamp(123_456_789))
                .add("java.sql.Timestamp without fraction", () -> timestamp(0));
    }

    private static void addCalendars(SampleList samples) {
        samples.add("GregorianCalendar", () -> calendar("Europe/Paris"))
                .add("GregorianCalendar with settings", TimeSamples::calendarWithSettings)
                .add("GregorianCalendar set by a field", () -> {
                    Calendar calendar = calendar("UTC");
                    calendar.set(Calendar.DAY_OF_MONTH, 31);
                    return calendar;
                })
                .add("GregorianCalendar in a zone of its own", () -> {
                    Calendar calendar = calendar("UTC");
                    calendar.setTimeZone(new SimpleTimeZone(7_200_000, "Own"));
                    return calendar;
                })
                .add("Buddhist calendar", () -> calendar(Locale.forLanguageTag("th-TH-u-ca-buddhist")))
                .add("Japanese imperial calendar", () -> calendar(Locale.forLanguageTag("ja-JP-u-ca-japanese")))
                .add("TimeZone", () -> TimeZone.getTimeZone("America/New_York"))
                .add("TimeZone by offset", () -> TimeZone.getTimeZone("GMT+05:30"))
                .add("TimeZone with an id of its own", () -> {
                    TimeZone zone = TimeZone.getTimeZone("Asia/Tokyo");
                    zone.setID("Head office");
                    return zone;
                })
                .add("SimpleTimeZone", () -> new SimpleTimeZone(3_600_000, "Here"))
                .add(
                        "SimpleTimeZone with summer time",
                        () -> new SimpleTimeZone(
                                3_600_000,
                                "Here",
                                Calendar.MARCH,
                                -1,
                                1,
                                7_200_000,
                                Calendar.OCTOBER,
                                -1,
                                1,
                                7_200_000));
    }

    private static void addNew(SampleList samples) {
        samples.add("Instant", () -> Instant.ofEpochSecond(1, 999_999_999))
                .add("Instant, first", () -> Instant.MIN)
                .add("LocalDate", () -> DATE)
                .add("LocalTime", TIME::toLocalTime)
                .add("LocalTime, midnight", () -> LocalTime.MIDNIGHT)
                .add("LocalDateTime", () -> TIME)
                .add("OffsetDateTime", () -> TIME.atOffset(ZoneOffset.ofHoursMinutes(-3, -30)))
                .add("OffsetTime", () -> OffsetTime.of(TIME.toLocalTime(), ZoneOffset.MAX))
                .add("ZonedDateTime", () -> TIME.atZone(ZoneId.of("Asia/Kolkata")))
                .add(
                        "ZonedDateTime, second of two hours of one name",
                        () -> ZonedDateTime.ofLocal(
                                LocalDateTime.of(2024, 10, 27, 2, 30),
                                ZoneId.of("Europe/Paris"),
                                ZoneOffset.ofHours(1)))
                .add("Duration", () -> Duration.ofSeconds(-5, 1))
                .add("Period", () -> Period.of(1, -2, 30))
                .add("Year", () -> Year.of(-44))
                .add("YearMonth", () -> YearMonth.of(2024, 2))
                .add("MonthDay", () -> MonthDay.of(2, 29))
                .add("DayOfWeek", () -> DayOfWeek.SUNDAY)
                .add("Month", () -> Month.MAY)
                .add("ChronoUnit", () -> ChronoUnit.HALF_DAYS)
                .add("HijrahDate", () -> HijrahDate.of(1445, 8, 19))
                .add("JapaneseDate", () -> JapaneseDate.of(2024, 2, 29))
                .add("MinguoDate", () -> MinguoDate.of(113, 2, 29))
                .add("ThaiBuddhistDate", () -> ThaiBuddhistDate.of(2567, 2, 29))
                .add("IsoChronology", () -> IsoChronology.INSTANCE)
                .add(
                        "date and time of another chronology",
                        () -> HijrahDate.of(1445, 8, 19).atTime(LocalTime.NOON))
                .add("ValueRange", () -> ValueRange.of(1, 2, 28, 31))
                .add("WeekFields", () -> WeekFields.of(DayOfWeek.SATURDAY, 3));
    }

    private static void addZones(SampleList samples) {
        samples.add("ZoneId", () -> ZoneId.of("Europe/Zurich"))
                .add("ZoneId with prefix", () -> ZoneId.of("UTC+02:00"))
                .add("ZoneOffset", () -> ZoneOffset.ofHoursMinutesSeconds(1, 2, 3))
                .add("ZoneRules", () -> ZoneOffset.UTC.getRules())
                .add(
                        "ZoneOffsetTransition",
                        () -> ZoneId.of("Europe/Paris")
                                .getRules()
                                .nextTransition(Instant.EPOCH.plusSeconds(1_700_000_000)))
                .add("Clock of the system", () -> Clock.system(ZoneId.of("Asia/Tokyo")))
                .add("Clock that stands", () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .add("Clock that is late", () -> Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)))
                .add("Clock that ticks", () -> Clock.tick(Clock.systemUTC(), Duration.ofMinutes(1)));
    }

    @SuppressWarnings({"deprecation", "DateChecker"}) // still in use; an hour of the next day
    private static Date dateSetByFields() {
        Date date = new Date(0);
        date.setHours(30);
        return date;
    }

    static Timestamp timestamp(int nanos) {
        Timestamp timestamp = new Timestamp(1_700_000_000_000L);
        timestamp.setNanos(nanos);
        return timestamp;
    }

    static Calendar calendar(String zone) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.FRANCE);
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }

    private static Calendar calendar(Locale locale) {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"), locale);
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }

    private static Calendar calendarWithSettings() {
        GregorianCalendar calendar = (GregorianCalendar) calendar("America/Sao_Paulo");
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        calendar.setLenient(false);
        calendar.setFirstDayOfWeek(Calendar.WEDNESDAY);
        calendar.setMinimalDaysInFirstWeek(6);
        return calendar;
    }
}
