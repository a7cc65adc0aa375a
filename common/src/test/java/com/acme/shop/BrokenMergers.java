package com.acme.shop;

import io.holdfast.merge.AttributeMerger;

/** Mergers that cannot be used, each for a reason of its own. */
public final class BrokenMergers {
    private BrokenMergers() {}

    /** Merges nothing, ever. */
    public abstract static class Base implements AttributeMerger<Cart> {
        @Override
        public Class<Cart> type() {
            return Cart.class;
        }

        @Override
        public Cart merge(Cart base, Cart ours, Cart theirs) {
            return null;
        }
    }

    /** Implements the wrong thing. */
    public static final class NoMerger {}

    /** Wants a parameter. */
    public static final class WithParameter extends Base {
        public WithParameter(int parameter) {
            assert parameter != 0;
        }
    }

    /** Keeps to its package. */
    static final class Hidden extends Base {
        public Hidden() {}
    }

    /** Fails when it is made. */
    public static final class FailsWhenMade extends Base {
        public FailsWhenMade() {
            throw new IllegalStateException("s3cret");
        }
    }

    /** Fails when its class is initialized. */
    public static final class FailsWhenLoaded extends Base {
        private static final int NUMBER = Integer.parseInt("s3cret");

        @Override
        public Cart merge(Cart base, Cart ours, Cart theirs) {
            return NUMBER == 0 ? ours : theirs;
        }
    }

    /** Has no type. */
    public static final class WithoutType extends Base {
        @Override
        public Class<Cart> type() {
            return null;
        }
    }

    /** Has a type that no object has. */
    public static final class OfPrimitives implements AttributeMerger<Integer> {
        @Override
        public Class<Integer> type() {
            return int.class;
        }

        @Override
        public Integer merge(Integer base, Integer ours, Integer theirs) {
            return ours;
        }
    }

    /** Fails to say its type. */
    public static final class FailsToSay extends Base {
        @Override
        public Class<Cart> type() {
            throw new IllegalStateException("s3cret");
        }
    }

    /** Does not, in itself, do anything wrong. */
    public static final class OtherCartMerger extends Base {}
}
