package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who is logged in, with all that the pages of an account show. Its orders lead back to it. */
@SuppressWarnings("serial") // its collections are serializable
final class CustomerAccount implements Serializable {
    private static final long serialVersionUID = 1;

    enum Status {
        NEW,
        CONFIRMED,
        LOCKED
    }

    long customerNumber;
    String email;
    String name;
    LocalDate birthday;
    Date lastLogin;
    Status status = Status.CONFIRMED;
    double rating;
    Set<String> roles = new TreeSet<>();
    List<Address> addresses = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    Map<String, Object> preferences = new LinkedHashMap<>();
    Map<String, List<Product>> wishLists = new LinkedHashMap<>();

    CustomerAccount(long customerNumber, String email, String name, LocalDate birthday, Date lastLogin) {
        this.customerNumber = customerNumber;
        this.email = email;
        this.name = name;
        this.birthday = birthday;
        this.lastLogin = lastLogin;
    }
}
