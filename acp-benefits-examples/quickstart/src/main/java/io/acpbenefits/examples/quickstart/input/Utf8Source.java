package io.acpbenefits.examples.quickstart.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The characters of a UTF-8 file with their places, in constant memory. A byte order mark at the
 * beginning is skipped, CRLF is delivered as LF. An {@link java.io.InputStreamReader} would lose
 * the place of malformed bytes, because it drops what it decoded just before them.
 */
final class Utf8Source implements AutoCloseable {

  static final int END = -1;

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(8_192).flip();
  private final CharBuffer chars = CharBuffer.allocate(8_192).flip();
  private boolean allBytesRead;
  private int ahead;
  private int line = 1;
  private int column = 1;

  private Utf8Source(InputStream in) {
    this.in = in;
  }

  static Utf8Source open(Path file) {
    if (Files.isDirectory(file)) {
      throw Unreadable.asAWhole("a file", "a folder");
    }
    if (!Files.exists(file)) {
      throw Unreadable.asAWhole("a file of this name in the journey folder", "none");
    }
    if (!Files.isRegularFile(file)) {
      throw Unreadable.asAWhole("a file", "something that is not a regular file");
    }
    try {
      if (Files.size(file) > Limits.FILE_BYTES) {
        throw Unreadable.asAWhole(
            "at most " + Shown.count(Limits.FILE_BYTES) + " bytes",
            Shown.count(Files.size(file)) + " bytes");
      }
      return new Utf8Source(Files.newInputStream(file)).begin();
    } catch (IOException e) {
      throw notReadable(e);
    }
  }

  /** The next character without taking it, or {@link #END}. */
  int peek() {
    return ahead;
  }

  int take() {
    int taken = ahead;
    if (taken == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    ahead = lookAhead();
    return taken;
  }

  /** The line of the next character, counted from 1. */
  int line() {
    return line;
  }

  /** The position of the next character in its line, counted from 1. */
  int column() {
    return column;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw notReadable(e);
    }
  }

  private Utf8Source begin() {
    if (hasChars() && chars.get(chars.position()) == '\uFEFF') {
      chars.get();
    }
    ahead = lookAhead();
    return this;
  }

  private int lookAhead() {
    if (!hasChars()) {
      return END;
    }
    char c = chars.get();
    return c == '\r' && hasChars() && chars.get(chars.position()) == '\n' ? chars.get() : c;
  }

  private boolean hasChars() {
    while (!chars.hasRemaining()) {
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, allBytesRead);
      chars.flip();
      if (chars.hasRemaining()) {
        return true;
      }
      if (result.isError()) {
        String value = String.format(Locale.ROOT, "%02X", bytes.get(bytes.position()));
        throw new Unreadable(line, column, "UTF-8 text", "the byte 0x" + value + ", which is not");
      }
      if (allBytesRead) {
        return false;
      }
      readBytes();
    }
    return true;
  }

  private void readBytes() {
    bytes.compact();
    try {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      allBytesRead = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0));
    } catch (IOException e) {
      throw notReadable(e);
    }
    bytes.flip();
  }

  private static Unreadable notReadable(IOException e) {
    return Unreadable.asAWhole(
        "a readable file", "one that cannot be read (" + e.getClass().getSimpleName() + ")");
  }
}
