package io.holdfast.codec;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Arrays;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes, in a Java serialization stream, the place of a JDK object that is not serializable and that Kryo would store, such as
 * optionals; and of a calendar, whose own form has in it what the calendar was asked for so far, so that only looking at it
 * would count as a change. Part of the stored format: its name, its fields and the kinds must stay.
 */
@SuppressWarnings("JavaUtilDate") // a calendar knows nothing else
final class JavaStandIn implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int OPTIONAL = 1;
    private static final int OPTIONAL_INT = 2;
    private static final int OPTIONAL_LONG = 3;
    private static final int OPTIONAL_DOUBLE = 4;
    private static final int CALENDAR = 5;
    private static final int SET = 6;

    private final int kind;

    @SuppressWarnings("serial") // what it holds is looked at when it is written
    private final @Nullable Object @Nullable [] parts;

    private JavaStandIn(int kind, @Nullable Object... parts) {
        this.kind = kind;
        this.parts = parts;
    }

    /** What is written for {@code object}: a stand-in or the object itself. */
    static Object of(Object object) {
        if (object instanceof Serializable) {
            if (object instanceof URL url) {
                return withoutHash(url);
            }
            return object.getClass() == GregorianCalendar.class ? ofCalendar((GregorianCalendar) object) : object;
        }
        if (object instanceof Optional<?> optional) {
            return optional.isPresent() ? new JavaStandIn(OPTIONAL, optional.get()) : new JavaStandIn(OPTIONAL);
        }
        if (object instanceof OptionalInt number) {
            return number.isPresent()
                    ? new JavaStandIn(OPTIONAL_INT, number.getAsInt())
                    : new JavaStandIn(OPTIONAL_INT);
        }
        if (object instanceof OptionalLong number) {
            return number.isPresent()
                    ? new JavaStandIn(OPTIONAL_LONG, number.getAsLong())
                    : new JavaStandIn(OPTIONAL_LONG);
        }
        if (object instanceof OptionalDouble number) {
            return number.isPresent()
                    ? new JavaStandIn(OPTIONAL_DOUBLE, number.getAsDouble())
                    : new JavaStandIn(OPTIONAL_DOUBLE);
        }
        if (object instanceof ViewOfSet set) {
            return new JavaStandIn(SET, set.toArray());
        }
        return object.getClass() == WeakHashMap.class ? RestoredWeakMap.copyOf((WeakHashMap<?, ?>) object) : object;
    }

    /** A URL stores the hash code it was asked for. */
    private static Object withoutHash(URL url) {
        try {
            return url.toURI().toURL();
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            return url;
        }
    }

    private static Object ofCalendar(GregorianCalendar calendar) {
        try {
            return new JavaStandIn(
                    CALENDAR,
                    calendar.getTimeZone(),
                    calendar.getTimeInMillis(),
                    calendar.getGregorianChange().getTime(),
                    calendar.isLenient(),
                    calendar.getFirstDayOfWeek(),
                    calendar.getMinimalDaysInFirstWeek());
        } catch (IllegalArgumentException e) {
            return calendar; // a strict one that was set to a day that does not exist
        }
    }

    private static GregorianCalendar calendar(@Nullable Object[] parts) throws InvalidObjectException {
        if (parts.length != 6
                || !(parts[0] instanceof TimeZone zone)
                || !(parts[1] instanceof Long millis)
                || !(parts[2] instanceof Long change)
                || !(parts[3] instanceof Boolean lenient)
                || !(parts[4] instanceof Integer firstDay)
                || !(parts[5] instanceof Integer minimalDays)) {
            throw new InvalidObjectException("parts of a calendar should stand here");
        }
        GregorianCalendar calendar = new GregorianCalendar(zone);
        calendar.setGregorianChange(new Date(change));
        calendar.setTimeInMillis(millis);
        calendar.setLenient(lenient);
        calendar.setFirstDayOfWeek(firstDay);
        calendar.setMinimalDaysInFirstWeek(minimalDays);
        return calendar;
    }

    private Object readResolve() throws InvalidObjectException {
        if (parts == null) {
            throw new InvalidObjectException("a stand-in without parts");
        }
        boolean empty = parts.length == 0;
        return switch (kind) {
            case OPTIONAL -> empty ? Optional.empty() : Optional.ofNullable(parts[0]);
            case OPTIONAL_INT -> empty ? OptionalInt.empty() : OptionalInt.of(number().intValue());
            case OPTIONAL_LONG -> empty ? OptionalLong.empty() : OptionalLong.of(number().longValue());
            case OPTIONAL_DOUBLE -> empty ? OptionalDouble.empty() : OptionalDouble.of(number().doubleValue());
            case CALENDAR -> calendar(parts);
            case SET -> new LinkedHashSet<>(Arrays.asList(parts));
            default -> throw new InvalidObjectException("a stand-in of unknown kind " + kind);
        };
    }

    private Number number() throws InvalidObjectException {
        if (parts != null && parts[0] instanceof Number number) {
            return number;
        }
        throw new InvalidObjectException("a number should stand here");
    }
}
