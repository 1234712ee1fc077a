package io.acpbenefits.examples.quickstart;

import java.io.Serial;

/** An option cannot be followed; nothing was changed. */
final class BadOption extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  BadOption(String message) {
    super(message);
  }
}
