package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {
    private static final String MARKUP = "a < b & \"c\" > </svg>";

    @Test
    void svg_drawsBarsInProportion() throws Exception {
        Element svg = svg(new BarChart(
                "title",
                List.of(),
                "",
                List.of(bar("one", new Spread(100, 80, 200), true), bar("other", new Spread(50, 50, 50), false))));

        List<Double> bars = numbers(svg, "rect", "width");
        assertThat(bars).hasSize(3); // the first is the background
        assertThat(bars.get(1)).isEqualTo(180); // the longest line is 360
        assertThat(bars.get(2)).isEqualTo(90);
        double zero = numbers(svg, "rect", "x").get(1);
        assertThat(numbers(svg, "line", "x1")).containsExactly(zero, zero + 144, zero + 90);
        assertThat(numbers(svg, "line", "x2")).containsExactly(zero, zero + 360, zero + 90);
    }

    @Test
    void svg_ofTextWithMarkup_showsItAsText() throws Exception {
        Element svg = svg(new BarChart(
                MARKUP, List.of(MARKUP), MARKUP, List.of(new BarChart.Bar(MARKUP, new Spread(1, 1, 1), MARKUP, true))));

        assertThat(texts(svg)).containsExactly(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(MARKUP);
    }

    @Test
    void svg_leavesRoomForLongNames() throws Exception {
        String name = "A candidate with a very long name, installed in a particular way";
        Element svg = svg(new BarChart("title", List.of(), "", List.of(bar(name, new Spread(1, 1, 1), false))));

        assertThat(numbers(svg, "rect", "x").get(1)).isGreaterThan(8.0 * name.length());
        assertThat(Double.parseDouble(svg.getAttribute("width")))
                .isGreaterThan(8.0 * name.length() + 360 + 8 * "1,234".length());
    }

    @Test
    void svg_whenNothingWasReached_hasBarsWithoutLength() throws Exception {
        Element svg = svg(new BarChart("title", List.of(), "", List.of(bar("one", new Spread(0, 0, 0), true))));

        assertThat(numbers(svg, "rect", "width").get(1)).isZero();
    }

    private static BarChart.Bar bar(String name, Spread figure, boolean accent) {
        return new BarChart.Bar(name, figure, "1,234", accent);
    }

    private static Element svg(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static List<String> texts(Element svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    private static List<Double> numbers(Element svg, String tag, String attribute) {
        NodeList elements = svg.getElementsByTagName(tag);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> Double.valueOf(((Element) elements.item(i)).getAttribute(attribute)))
                .toList();
    }
}
