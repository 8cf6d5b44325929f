package io.qiancheng;

import java.util.ArrayList;
import java.util.List;

/** The names of an object's fields, and how carefully their values are shown. */
public final class Fields {
    private final List<String> names = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();

    private Fields() {}

    /**
     * Lists fields.
     *
     * @param namesAndStyles for each field its name in JSON, and how its value is shown: {@code plain}, {@code name},
     *     {@code id_number}, {@code mobile}, {@code handle}; anything else is not shown at all
     * @return the fields
     */
    public static Fields of(String... namesAndStyles) {
        Fields fields = new Fields();
        for (int at = 0; at < namesAndStyles.length; at += 2) {
            fields.names.add(namesAndStyles[at]);
            fields.styles.add(namesAndStyles[at + 1]);
        }
        return fields;
    }

    List<String> names() {
        return names;
    }

    /** How a field is shown; one that is not listed is not. */
    String style(String name) {
        int at = names.indexOf(name);
        return at < 0 ? "personal" : styles.get(at);
    }
}
