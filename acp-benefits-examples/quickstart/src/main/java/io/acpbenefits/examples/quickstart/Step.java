package io.acpbenefits.examples.quickstart;

import org.jspecify.annotations.Nullable;

/**
 * What a row did when the library accepted it.
 *
 * @param subject the id of what it made or changed
 * @param link the invitation link that it made or used
 * @param repeat whether it only said again what was known
 * @param detail a sentence for people; null if there is nothing to add
 */
record Step(
    @Nullable String subject, @Nullable String link, boolean repeat, @Nullable String detail) {

  static Step on(Object subject) {
    return new Step(subject.toString(), null, false, null);
  }

  static Step told(@Nullable Object subject, String detail) {
    return new Step(subject == null ? null : subject.toString(), null, false, detail);
  }
}
