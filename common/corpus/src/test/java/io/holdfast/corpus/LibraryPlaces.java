package io.holdfast.corpus;

import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import scala.collection.mutable.ListBuffer;

/** What methods of libraries change where neither a field nor a collection of the JDK shows it. */
final class LibraryPlaces {
    private LibraryPlaces() {}

    @SuppressWarnings("unchecked") // nobody reads what is added
    static void add(List<Place> places, Object object) {
        if (object instanceof ListBuffer<?> buffer) {
            places.add(Place.exact(
                    "appended",
                    () -> ((ListBuffer<Object>) buffer).addOne("another"),
                    () -> buffer.remove(buffer.size() - 1)));
        }
        if (object instanceof SecurityContext context) {
            Authentication old = context.getAuthentication();
            places.add(Place.exact(
                    "authentication",
                    () -> context.setAuthentication(new UsernamePasswordAuthenticationToken("another", "")),
                    () -> context.setAuthentication(old)));
        }
    }
}
