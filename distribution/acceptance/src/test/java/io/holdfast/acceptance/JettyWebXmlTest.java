package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that configure Holdfast themselves, as docs/jetty.md says, next to one that does not; in each environment. */
class JettyWebXmlTest {
    private static final Path DOCUMENTATION = Path.of("..", "..", "docs", "jetty.md");
    private static final Pattern XML_BLOCK = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    private static final String SEEN = "?io.holdfast.merge.AttributeMerger";
    private static final String NOT_SEEN = "io.holdfast.session.SessionStore";

    /** Notes go into a list that is put into the session once, and from then on only changed in place. */
    private static final String PAGE = """
            <%@ page contentType="text/plain" import="java.util.*" %><%
            List<String> notes = (List<String>) session.getAttribute("notes");
            if (notes == null) {
                notes = new ArrayList<>();
                session.setAttribute("notes", notes);
            }
            if (request.getParameter("note") != null) {
                notes.add(request.getParameter("note"));
            }
            out.println(notes);
            for (String name : request.getParameterMap().keySet()) {
                if (name.startsWith("io.holdfast.")) {
                    try {
                        out.println(Class.forName(name));
                    } catch (ClassNotFoundException e) {
                        out.println("hidden: " + name);
                    }
                }
            }
            %>""";

    @ParameterizedTest
    @EnumSource(names = {"JETTY_12_0_EE10", "JETTY_12_1_EE10"})
    @Timeout(300) // each node has up to five applications with pages to compile
    void applicationWithTheDocumentedFile_sharesItsSessions_anotherDoesNot(JettyLine line) {
        try (TwoNodes nodes = TwoNodes.start(name -> install(line, name))) {
            for (String environment : line.environments()) {
                String path = "/shared-" + environment + "/";
                assertThat(notesAfterOneOnEachNode(nodes, path)).as(environment).contains("[first, second]");
                assertThat(new Browser()
                                .get(nodes.a(), path + SEEN + "&" + NOT_SEEN)
                                .text())
                        .as(environment)
                        .contains("interface io.holdfast.merge.AttributeMerger", "hidden: " + NOT_SEEN);
            }
            assertThat(notesAfterOneOnEachNode(nodes, "/own/")).contains("[]");
            assertThat(nodes.complaints()).isEmpty();
        }
    }

    private static String notesAfterOneOnEachNode(TwoNodes nodes, String path) {
        Browser browser = new Browser();
        browser.get(nodes.a(), path + "?note=first");
        browser.get(nodes.b(), path + "?note=second");
        return browser.get(nodes.a(), path).text();
    }

    private static JettyInstall install(JettyLine line, String name) {
        JettyInstall install = JettyInstall.of(line, "own settings " + line + " " + name, line.environments())
                .withOverlay();
        install.run("--add-modules=holdfast");
        for (String environment : line.environments()) {
            String application = "webapps/shared-" + environment;
            install.withFile(application + "/index.jsp", PAGE);
            install.withFile(application + "/WEB-INF/jetty-" + environment + "-web.xml", documented(environment));
            install.withFile(application + ".properties", "environment=" + environment + "\n");
        }
        install.withFile("webapps/own/index.jsp", PAGE);
        install.withFile("webapps/own.properties", "environment=" + line.environment() + "\n");
        return install;
    }

    /** The file that the documentation shows, with another address, and more patience: a machine that starts servers is busy. */
    private static String documented(String environment) {
        boolean nested = environment.equals("ee8") || environment.equals("ee9");
        String file = blocks().get(nested ? 1 : 0);
        return file.replace(nested ? ".ee9." : ".ee10.", "." + environment + ".")
                .replace("redis://127.0.0.1:6379", TestRedis.shared().uri())
                .replace("<Call name=\"keep", """
                        <Call name="setSetting"><Arg>commandTimeoutMillis</Arg><Arg>60000</Arg></Call>
                        <Call name="keep""");
    }

    private static List<String> blocks() {
        try {
            return XML_BLOCK
                    .matcher(Files.readString(DOCUMENTATION))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
