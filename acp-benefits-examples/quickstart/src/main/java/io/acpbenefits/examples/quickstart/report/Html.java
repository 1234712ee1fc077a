package io.acpbenefits.examples.quickstart.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Builds a page that is HTML and well-formed XML at once. Everything that comes in is text: what it
 * holds is escaped, and characters that neither language allows become U+FFFD.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  Html() {
    out.append("<!DOCTYPE html>\n");
  }

  /** Begins an element; the attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    begin(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Ends the innermost element, which must be of that name. */
  Html close(String tag) {
    if (!tag.equals(open.peek())) {
      throw new IllegalStateException("Cannot close " + tag + " within " + open.peek());
    }
    open.pop();
    out.append("</").append(tag).append('>');
    return this;
  }

  /** An element with nothing but text in it. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** An element that cannot have content, such as meta or rect. */
  Html empty(String tag, String... attributes) {
    begin(tag, attributes);
    out.append("/>");
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** Text of unknown direction, which must not turn what stands around it. */
  Html name(String text) {
    return element("bdi", text);
  }

  Html newline() {
    out.append('\n');
    return this;
  }

  /** A style sheet of our own, which must not need escaping. */
  Html style(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("The style sheet needs escaping");
    }
    out.append("<style>").append(css).append("</style>");
    return this;
  }

  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Not closed: " + open);
    }
    return out.append('\n').toString();
  }

  private void begin(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.append((char) c);
      case '\r' -> out.append(' ');
      default -> out.appendCodePoint(isLegal(c) ? c : 0xFFFD);
    }
  }

  private static boolean isLegal(int c) {
    boolean control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !control && !surrogate && !noncharacter;
  }
}
