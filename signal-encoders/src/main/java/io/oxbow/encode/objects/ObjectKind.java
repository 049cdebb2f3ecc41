package io.oxbow.encode.objects;

import java.util.Locale;
import java.util.Set;

/** What kinds of objects are told apart; the order is part of the encoder. */
enum ObjectKind {
    PERSON("people", Set.of("person", "pedestrian", "human", "rider")),
    FACE("faces", Set.of("face", "faces", "head")),
    BAG("bags", Set.of("bag", "backpack", "suitcase", "luggage", "handbag")),
    TWO_WHEELER(
            "two-wheelers",
            Set.of("bicycle", "bike", "motorbike", "motorcycle", "twowheeler", "two_wheeler")),
    CAR("cars", Set.of("car", "vehicle", "van", "taxi", "automobile")),
    LARGE_VEHICLE("trucks and buses", Set.of("truck", "bus", "trailer", "train", "heavytruck")),
    ROAD_SIGN("road signs", Set.of("roadsign", "road_sign", "sign", "trafficlight")),
    OTHER("other objects", Set.of());

    private final String people;
    private final Set<String> names;

    ObjectKind(String people, Set<String> names) {
        this.people = people;
        this.names = names;
    }

    /** In words. */
    String words() {
        return people;
    }

    /** Of the detector's own name for it, in any case. */
    static ObjectKind of(String name) {
        String known = name.strip().toLowerCase(Locale.ROOT);
        for (ObjectKind kind : values()) {
            if (kind.names.contains(known)) {
                return kind;
            }
        }
        return OTHER;
    }
}
