package io.holdfast.benchmarks.http;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Bars from left to right, one below the other, as a picture in SVG. All bars begin at zero. Nothing is looked up on this machine, such
 * as fonts, so that the same figures give the same picture everywhere.
 *
 * @param title what the figures are
 * @param notes in small print below the title
 * @param warning that must not be overlooked; empty if there is none
 */
record BarChart(String title, List<String> notes, String warning, List<Bar> bars) {
    private static final int MARGIN = 16;
    private static final int LINE = 20;
    private static final int ROW = 28;
    private static final int THICKNESS = 16;
    private static final int LONGEST_BAR = 360;
    private static final int GAP = 8;
    private static final int TEXT_SIZE = 13;

    /** Wide enough for a character of that size in any usual font, on average. */
    private static final int CHARACTER = 8;

    private static final String FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
    private static final String BACKGROUND = "#ffffff";
    private static final String TEXT = "#1f2328";
    private static final String SMALL_PRINT = "#59636e";
    private static final String WARNING = "#b42318";
    private static final String AXIS = "#c4cad1";
    private static final String ACCENT = "#1a6fb5";
    private static final String OTHER = "#a9b4c0";

    BarChart {
        notes = List.copyOf(notes);
        bars = List.copyOf(bars);
    }

    /**
     * One figure.
     *
     * @param name what it is a figure of
     * @param figure its length, from the median, with a thin line from the lowest to the highest
     * @param text behind it
     * @param accent whether it stands out
     */
    record Bar(String name, Spread figure, String text, boolean accent) {}

    String svg() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            writeTo(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a chart cannot be written", e);
        }
        return text + "\n";
    }

    private void writeTo(XMLStreamWriter xml) throws XMLStreamException {
        int zero = MARGIN + CHARACTER * longest(bars.stream().map(Bar::name).toList()) + GAP;
        int width = zero
                + LONGEST_BAR
                + GAP
                + CHARACTER * longest(bars.stream().map(Bar::text).toList())
                + MARGIN;
        int widest = Math.max(width, 2 * MARGIN + CHARACTER * longest(heading()));
        int top = MARGIN + LINE * heading().size() + GAP;
        int bottom = top + ROW * bars.size();
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        attributes(xml, "viewBox", "0 0 " + widest + " " + (bottom + MARGIN), "role", "img");
        attributes(xml, "width", text(widest), "height", text(bottom + MARGIN));
        attributes(xml, "font-family", FONT, "font-size", text(TEXT_SIZE));
        xml.writeStartElement("title");
        xml.writeCharacters(title);
        xml.writeEndElement();
        rectangle(xml, 0, 0, widest, bottom + MARGIN, BACKGROUND);
        writeHeading(xml);
        line(xml, zero, top, zero, bottom, AXIS);
        double longest =
                bars.stream().mapToDouble(bar -> bar.figure().highest()).max().orElse(0);
        for (int i = 0; i < bars.size(); i++) {
            writeBar(xml, bars.get(i), zero, top + ROW * i + ROW / 2, longest > 0 ? LONGEST_BAR / longest : 0);
        }
        xml.writeEndElement();
    }

    private List<String> heading() {
        return Stream.of(Stream.of(title), notes.stream(), Stream.of(warning).filter(text -> !text.isEmpty()))
                .flatMap(lines -> lines)
                .toList();
    }

    private void writeHeading(XMLStreamWriter xml) throws XMLStreamException {
        int y = MARGIN + TEXT_SIZE;
        writeText(xml, MARGIN, y, TEXT, title, "font-weight", "bold");
        for (String note : notes) {
            y += LINE;
            writeText(xml, MARGIN, y, SMALL_PRINT, note);
        }
        if (!warning.isEmpty()) {
            writeText(xml, MARGIN, y + LINE, WARNING, warning, "font-weight", "bold");
        }
    }

    private static void writeBar(XMLStreamWriter xml, Bar bar, int zero, int middle, double scale)
            throws XMLStreamException {
        Spread figure = bar.figure();
        int baseline = middle + TEXT_SIZE / 3;
        writeText(xml, zero - GAP, baseline, TEXT, bar.name(), "text-anchor", "end");
        rectangle(
                xml, zero, middle - THICKNESS / 2.0, scale * figure.median(), THICKNESS, bar.accent() ? ACCENT : OTHER);
        line(xml, zero + scale * figure.lowest(), middle, zero + scale * figure.highest(), middle, TEXT);
        writeText(xml, zero + scale * figure.highest() + GAP, baseline, TEXT, bar.text());
    }

    private static void rectangle(XMLStreamWriter xml, double x, double y, double width, double height, String colour)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        attributes(xml, "x", text(x), "y", text(y), "width", text(width), "height", text(height), "fill", colour);
    }

    private static void line(XMLStreamWriter xml, double x1, double y1, double x2, double y2, String colour)
            throws XMLStreamException {
        xml.writeEmptyElement("line");
        attributes(xml, "x1", text(x1), "y1", text(y1), "x2", text(x2), "y2", text(y2), "stroke", colour);
    }

    private static void writeText(
            XMLStreamWriter xml, double x, double y, String colour, String text, String... attributes)
            throws XMLStreamException {
        xml.writeStartElement("text");
        attributes(xml, "x", text(x), "y", text(y), "fill", colour);
        attributes(xml, attributes);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void attributes(XMLStreamWriter xml, String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** Without needless decimals. */
    private static String text(double number) {
        return number == Math.rint(number)
                ? Long.toString(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number);
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }
}
