package io.holdfast.demo.experiment;

import io.holdfast.demo.node.ShopApi;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What the shop answered.
 *
 * @param status of HTTP
 * @param node which node it was; empty if none answered
 * @param enteredMillis when its servlet began, since the epoch; 0 if none answered
 * @param leftMillis when its servlet had done its work; 0 if none answered
 * @param lines of the body
 */
record Answer(int status, String node, long enteredMillis, long leftMillis, List<String> lines) {
    private static final int OK = 200;

    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue(ShopApi.NODE).orElse(""),
                response.headers().firstValueAsLong(ShopApi.ENTERED).orElse(0),
                response.headers().firstValueAsLong(ShopApi.LEFT).orElse(0),
                response.body().lines().toList());
    }

    boolean isOk() {
        return status == OK;
    }

    /** Whether the other one's work lies within the time of this one's. */
    boolean surrounds(Answer other) {
        return enteredMillis < other.enteredMillis && other.leftMillis < leftMillis;
    }
}
