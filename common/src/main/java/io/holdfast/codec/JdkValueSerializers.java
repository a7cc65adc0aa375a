package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.serializers.TimeSerializers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Serializers of the JDK's values: Kryo's own where they lose nothing, better ones where they do. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications use the old ones too
final class JdkValueSerializers {
    private JdkValueSerializers() {}

    static void addTo(Map<Class<?>, Serializer<?>> table) {
        addTextsAndNumbers(table);
        addHolders(table);
        addDates(table);
        addTimes(table);
    }

    private static void addTextsAndNumbers(Map<Class<?>, Serializer<?>> table) {
        table.put(String.class, new DefaultSerializers.StringSerializer());
        table.put(Boolean.class, new DefaultSerializers.BooleanSerializer());
        table.put(Character.class, new DefaultSerializers.CharSerializer());
        table.put(Byte.class, new DefaultSerializers.ByteSerializer());
        table.put(Short.class, new DefaultSerializers.ShortSerializer());
        table.put(Integer.class, new DefaultSerializers.IntSerializer());
        table.put(Long.class, new DefaultSerializers.LongSerializer());
        table.put(Float.class, new DefaultSerializers.FloatSerializer());
        table.put(Double.class, new DefaultSerializers.DoubleSerializer());
        table.put(BigInteger.class, new DefaultSerializers.BigIntegerSerializer());
        table.put(BigDecimal.class, new DefaultSerializers.BigDecimalSerializer());
        table.put(UUID.class, new DefaultSerializers.UUIDSerializer());
        table.put(URI.class, new DefaultSerializers.URISerializer());
        table.put(URL.class, new DefaultSerializers.URLSerializer());
        table.put(Pattern.class, new DefaultSerializers.PatternSerializer());
        table.put(Currency.class, new DefaultSerializers.CurrencySerializer());
        table.put(StringBuilder.class, new DefaultSerializers.StringBuilderSerializer());
        table.put(StringBuffer.class, new DefaultSerializers.StringBufferSerializer());
        table.put(BitSet.class, new DefaultSerializers.BitSetSerializer());
        table.put(Locale.class, new Locales());
        table.put(Class.class, new ClassSerializer());
    }

    private static void addHolders(Map<Class<?>, Serializer<?>> table) {
        table.put(AtomicBoolean.class, new DefaultSerializers.AtomicBooleanSerializer());
        table.put(AtomicInteger.class, new DefaultSerializers.AtomicIntegerSerializer());
        table.put(AtomicLong.class, new DefaultSerializers.AtomicLongSerializer());
        table.put(AtomicReference.class, new AtomicReferences());
        table.put(OptionalInt.class, new OptionalSerializers.OptionalIntSerializer());
        table.put(OptionalLong.class, new OptionalSerializers.OptionalLongSerializer());
        table.put(OptionalDouble.class, new OptionalSerializers.OptionalDoubleSerializer());
        table.put(
                Optional.class,
                BuiltAtOnceSerializer.<Optional<?>>of(
                        optional -> optional.isPresent() ? List.of(optional.get()) : List.of(),
                        parts -> parts.isEmpty() ? Optional.empty() : Optional.ofNullable(parts.get(0))));
    }

    private static void addDates(Map<Class<?>, Serializer<?>> table) {
        table.put(Date.class, new DefaultSerializers.DateSerializer());
        table.put(java.sql.Date.class, new DefaultSerializers.DateSerializer());
        table.put(java.sql.Time.class, new DefaultSerializers.DateSerializer());
        table.put(Timestamp.class, new DefaultSerializers.TimestampSerializer());
        table.put(TimeZone.getTimeZone("UTC").getClass(), new TimeZones());
        table.put(GregorianCalendar.class, new GregorianCalendars());
    }

    private static void addTimes(Map<Class<?>, Serializer<?>> table) {
        table.put(Instant.class, new TimeSerializers.InstantSerializer());
        table.put(LocalDate.class, new TimeSerializers.LocalDateSerializer());
        table.put(LocalTime.class, new TimeSerializers.LocalTimeSerializer());
        table.put(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer());
        table.put(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer());
        table.put(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer());
        table.put(ZonedDateTime.class, new ZonedDateTimes());
        table.put(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer());
        table.put(ZoneId.of("Europe/Paris").getClass(), new TimeSerializers.ZoneIdSerializer());
        table.put(Duration.class, new TimeSerializers.DurationSerializer());
        table.put(Period.class, new TimeSerializers.PeriodSerializer());
        table.put(Year.class, new TimeSerializers.YearSerializer());
        table.put(YearMonth.class, new TimeSerializers.YearMonthSerializer());
        table.put(MonthDay.class, new TimeSerializers.MonthDaySerializer());
    }

    /** Language, country and variant, or a language tag: neither can express what the other can. */
    private static final class Locales extends Serializer<Locale> {
        @Override
        public void write(Kryo kryo, Output output, Locale locale) {
            String tag = locale.toLanguageTag();
            boolean tagSuffices = Locale.forLanguageTag(tag).equals(locale);
            output.writeBoolean(tagSuffices);
            if (tagSuffices) {
                output.writeString(tag);
                return;
            }
            if (!plain(locale.getLanguage(), locale.getCountry(), locale.getVariant())
                    .equals(locale)) {
                throw new NeedsJavaSerializationException();
            }
            output.writeString(locale.getLanguage());
            output.writeString(locale.getCountry());
            output.writeString(locale.getVariant());
        }

        @Override
        public Locale read(Kryo kryo, Input input, Class<? extends Locale> type) {
            return input.readBoolean()
                    ? Locale.forLanguageTag(input.readString())
                    : plain(input.readString(), input.readString(), input.readString());
        }

        @SuppressWarnings("deprecation") // on newer JDKs; the factory that replaces it does not exist on JDK 17
        private static Locale plain(String language, String country, String variant) {
            return new Locale(language, country, variant);
        }
    }

    /** Kryo's own creates the reference after what it refers to, and so breaks cycles. */
    private static final class AtomicReferences extends Serializer<AtomicReference<Object>> {
        @Override
        public void write(Kryo kryo, Output output, AtomicReference<Object> reference) {
            Parts.write(kryo, output, reference.get());
        }

        @Override
        public AtomicReference<Object> read(Kryo kryo, Input input, Class<? extends AtomicReference<Object>> type) {
            AtomicReference<Object> reference = new AtomicReference<>();
            kryo.reference(reference);
            ReadParts parts = new ReadParts(kryo, input);
            reference.set(parts.next());
            return parts.madeInto(reference);
        }
    }

    /** Kryo's own forgets the offset, which tells the two hours apart that share a name when summer time ends. */
    private static final class ZonedDateTimes extends Serializer<ZonedDateTime> {
        private static final TimeSerializers.LocalDateTimeSerializer LOCAL =
                new TimeSerializers.LocalDateTimeSerializer();
        private static final TimeSerializers.ZoneOffsetSerializer OFFSETS = new TimeSerializers.ZoneOffsetSerializer();

        @Override
        public void write(Kryo kryo, Output output, ZonedDateTime time) {
            LOCAL.write(kryo, output, time.toLocalDateTime());
            OFFSETS.write(kryo, output, time.getOffset());
            output.writeString(time.getZone().getId());
        }

        @Override
        public ZonedDateTime read(Kryo kryo, Input input, Class<? extends ZonedDateTime> type) {
            LocalDateTime local = LOCAL.read(kryo, input, LocalDateTime.class);
            ZoneOffset offset = OFFSETS.read(kryo, input, ZoneOffset.class);
            return ZonedDateTime.ofLocal(local, ZoneId.of(input.readString()), offset);
        }
    }

    /** Stores time zones by id, those that are what their id says. */
    private static final class TimeZones extends Serializer<TimeZone> {
        @Override
        public void write(Kryo kryo, Output output, TimeZone zone) {
            writeZone(output, zone);
        }

        @Override
        public TimeZone read(Kryo kryo, Input input, Class<? extends TimeZone> type) {
            return readZone(input);
        }

        static void writeZone(Output output, TimeZone zone) {
            if (!TimeZone.getTimeZone(zone.getID()).equals(zone)) {
                throw new NeedsJavaSerializationException();
            }
            output.writeString(zone.getID());
        }

        static TimeZone readZone(Input input) {
            String id = input.readString();
            TimeZone zone = TimeZone.getTimeZone(id);
            if (!zone.getID().equals(id)) {
                throw new KryoException("this JVM does not know the stored time zone"); // and would take GMT
            }
            return zone;
        }
    }

    /** Kryo's own gives a Buddhist calendar where that is the default, and takes any zone for one of its id. */
    private static final class GregorianCalendars extends Serializer<GregorianCalendar> {
        @Override
        public void write(Kryo kryo, Output output, GregorianCalendar calendar) {
            TimeZones.writeZone(output, calendar.getTimeZone());
            output.writeLong(millis(calendar));
            output.writeLong(calendar.getGregorianChange().getTime());
            output.writeBoolean(calendar.isLenient());
            output.writeVarInt(calendar.getFirstDayOfWeek(), true);
            output.writeVarInt(calendar.getMinimalDaysInFirstWeek(), true);
        }

        private static long millis(GregorianCalendar calendar) {
            try {
                return calendar.getTimeInMillis();
            } catch (IllegalArgumentException e) {
                // A strict one that was set to a day that does not exist
                throw new NeedsJavaSerializationException();
            }
        }

        @Override
        public GregorianCalendar read(Kryo kryo, Input input, Class<? extends GregorianCalendar> type) {
            GregorianCalendar calendar = new GregorianCalendar(TimeZones.readZone(input));
            long millis = input.readLong();
            calendar.setGregorianChange(new Date(input.readLong()));
            calendar.setTimeInMillis(millis);
            calendar.setLenient(input.readBoolean());
            calendar.setFirstDayOfWeek(input.readVarInt(true));
            calendar.setMinimalDaysInFirstWeek(input.readVarInt(true));
            return calendar;
        }
    }
}
