package io.holdfast.localredis;

import java.util.concurrent.CountDownLatch;

/** A program to be killed: starts a Redis, prints its URI and waits. */
final class StartsRedisAndWaits {
    private StartsRedisAndWaits() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(LocalRedis.start().uri());
        new CountDownLatch(1).await();
    }
}
