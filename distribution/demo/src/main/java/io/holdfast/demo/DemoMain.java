package io.holdfast.demo;

import java.util.concurrent.CountDownLatch;

/** Starts the demo, says where it is, and stays until Ctrl-C. */
public final class DemoMain {
    private DemoMain() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException {
        print("\nStarting a Redis and two Tomcats ...");
        try (Demo demo = new Demo(DemoMain::print)) {
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
            print(welcome(demo.start()));
            new CountDownLatch(1).await();
        }
    }

    private static void print(String text) {
        System.out.println(text);
    }

    private static String welcome(Demo.Running demo) {
        StringBuilder text = new StringBuilder();
        String line = "-".repeat(72);
        text.append('\n').append(line).append("\n\n");
        text.append("    Open  ").append(demo.page()).append("\n\n");
        for (NodeProcess node : demo.nodes()) {
            text.append("    node ").append(node.name()).append("    ").append(node.uri());
            text.append("  (process ").append(node.pid()).append(")\n");
        }
        text.append("    Redis     ").append(demo.redisUri()).append('\n');
        text.append("    Without a browser:  curl -X POST ").append(demo.page()).append("demo/run\n\n");
        text.append("    Ctrl-C ends everything.\n\n");
        return text.append(line).append('\n').toString();
    }
}
