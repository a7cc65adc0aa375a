package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where parcels and invoices go. */
final class Address implements Serializable {
    private static final long serialVersionUID = 1;

    String recipient;

    @Nullable
    String company;

    String street;
    String postalCode;
    String city;
    String countryCode;
    boolean business;

    Address(String recipient, String street, String postalCode, String city) {
        this.recipient = recipient;
        this.street = street;
        this.postalCode = postalCode;
        this.city = city;
        this.countryCode = "CH";
    }
}
