package io.holdfast.demo.node;

/** The words in which the shop answers, besides plain HTTP. */
public final class ShopApi {
    /** Response headers: which node it was, and when (epoch milliseconds) the servlet began and ended its work. */
    public static final String NODE = "X-Demo-Node";

    public static final String ENTERED = "X-Demo-Entered";
    public static final String LEFT = "X-Demo-Left";

    /** What the lines of {@code /session} begin with: the name of an attribute follows, or an item in the cart. */
    public static final String ATTRIBUTE = "attribute ";

    public static final String ITEM = "item ";

    private ShopApi() {}
}
