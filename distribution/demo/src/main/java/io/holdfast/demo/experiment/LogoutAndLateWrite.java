package io.holdfast.demo.experiment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A visitor logs out on one node while a slow request of theirs still runs on the other, and changes the session when it
 * ends. A session that answers to the old cookie afterwards has come back from the dead, with the user in it.
 */
final class LogoutAndLateWrite implements Experiment {
    private static final int VISITORS = 5;

    /** How much longer the slow request works than others do. */
    private static final int SLOWNESS = 3;

    private static final int MOST_TRIES = 5;

    @Override
    public String title() {
        return "logout on one node, a late write on the other";
    }

    @Override
    public void run(Visitors visitors, Load load, Course course) {
        List<Attempt> logouts = IntStream.rangeClosed(1, VISITORS)
                .mapToObj(i -> course.plan(Integer.toString(i)))
                .toList();
        logouts.forEach(logout -> logOutDuringWrite(visitors, load, course, logout));
    }

    /** Without an overlap, or if the container refuses one of the two, there is nothing to see: then another visitor tries. */
    private static void logOutDuringWrite(Visitors visitors, Load load, Course course, Attempt logout) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Visitor visitor = visitors.logIn("visitor" + logout.label());
            Attempt slow = course.planAside("slow write");
            CompletableFuture<Answer> written =
                    slow.send(visitor, "POST", "/set?name=late&hold=" + SLOWNESS * load.holdMillis());
            pause(load.holdMillis());
            Answer loggedOut = logout.send(visitor, "POST", "/logout").join();
            if (isLogoutDuringWrite(loggedOut, written.join())) {
                logout.decide(!Aftermath.seenBy(visitor).alive());
                return;
            }
            course.forget(slow);
        }
        throw new IllegalStateException(
                "in " + MOST_TRIES + " tries, no logout succeeded while a slow request was at work");
    }

    private static boolean isLogoutDuringWrite(Answer logout, Answer write) {
        return logout.isOk() && write.isOk() && write.surrounds(logout);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("given up", e);
        }
    }
}
