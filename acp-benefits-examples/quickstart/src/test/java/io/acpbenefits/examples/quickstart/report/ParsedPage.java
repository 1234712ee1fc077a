package io.acpbenefits.examples.quickstart.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A page read back by an XML parser, which accepts no slip. */
record ParsedPage(Document document) {

  static ParsedPage of(String page) {
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      parser.setErrorHandler(new DefaultHandler());
      return new ParsedPage(parser.parse(new InputSource(new StringReader(page))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("The page is not well-formed: " + e.getMessage(), e);
    }
  }

  String text() {
    return document.getDocumentElement().getTextContent();
  }

  List<Element> all(String tag) {
    NodeList found = document.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  List<String> attributes(String tag, String attribute) {
    return all(tag).stream()
        .filter(element -> element.hasAttribute(attribute))
        .map(element -> element.getAttribute(attribute))
        .toList();
  }

  /** The big number below a name at the top of the page. */
  String figure(String name) {
    return all("dt").stream()
        .filter(term -> term.getTextContent().equals(name))
        .map(term -> ((Element) term.getParentNode()).getElementsByTagName("b").item(0))
        .map(number -> number.getTextContent())
        .findFirst()
        .orElseThrow(() -> new AssertionError("No figure is called " + name));
  }
}
