package io.qiancheng;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Date;

/** Times as the vendor writes them: {@code 2017-07-01} and {@code 2017-07-01 09:30:00}, in Beijing. */
final class BeijingTime {
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private BeijingTime() {}

    /** What says where it is, is put into Beijing's time; what does not is taken as Beijing's. */
    static String of(String name, TemporalAccessor time) {
        if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
            return FORMAT.format(Instant.from(time).atZone(BEIJING));
        }
        LocalDate date = time.query(TemporalQueries.localDate());
        if (date == null) {
            throw new IllegalArgumentException(name + " must be a date, or a date and a time of day");
        }
        if (time.query(TemporalQueries.localTime()) == null) {
            return date.toString();
        }
        return FORMAT.format(LocalDateTime.from(time));
    }

    /** A point in time. A {@code java.sql.Date} is one as well: midnight where it was made. */
    static String of(Date time) {
        return FORMAT.format(Instant.ofEpochMilli(time.getTime()).atZone(BEIJING));
    }
}
