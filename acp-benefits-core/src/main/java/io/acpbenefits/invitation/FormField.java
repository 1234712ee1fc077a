package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A field of the application form.
 *
 * @param name by which it is stored, 1 to 200 characters
 * @param label what people read beside it, 1 to 200 characters
 * @param required whether it must not be blank
 * @param maximumLength how many characters at most, 1 to {@value #MOST_CHARACTERS}
 * @param pattern a regular expression ({@link Pattern}) that the whole content must match unless it
 *     is empty; null for any content. It comes from the host: it should be one that is quick on
 *     every text
 */
public record FormField(
    String name, String label, boolean required, int maximumLength, @Nullable String pattern) {

  /** The most characters that a field can have. */
  public static final int MOST_CHARACTERS = 4000;

  private static final int LONGEST_NAME = 200;

  /** Checks the description. */
  public FormField {
    requireName("name", name);
    requireName("label", label);
    if (maximumLength < 1 || maximumLength > MOST_CHARACTERS) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "A field has at most 1 to %d characters, not %d.",
          MOST_CHARACTERS,
          maximumLength);
    }
    if (pattern != null) {
      requireCompiles(pattern);
    }
  }

  private static void requireName(String what, String text) {
    if (text.isBlank() || text.length() > LONGEST_NAME) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The %s of a field has 1 to %d characters.", what, LONGEST_NAME);
    }
  }

  private static void requireCompiles(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The pattern of a field is wrong: %s.", e.getDescription());
    }
  }

  /**
   * A field that must be filled in.
   *
   * @param name by which it is stored
   * @param label what people read beside it
   * @return the field, of at most 200 characters
   */
  public static FormField required(String name, String label) {
    return new FormField(name, label, true, 200, null);
  }

  /**
   * A field that may be left empty.
   *
   * @param name by which it is stored
   * @param label what people read beside it
   * @return the field, of at most 200 characters
   */
  public static FormField optional(String name, String label) {
    return new FormField(name, label, false, 200, null);
  }

  /**
   * This, with another length.
   *
   * @param characters how many at most, 1 to {@value #MOST_CHARACTERS}
   * @return the field
   */
  public FormField withMaximumLength(int characters) {
    return new FormField(name, label, required, characters, pattern);
  }

  /**
   * This, with a pattern.
   *
   * @param expression what the whole content must match unless it is empty
   * @return the field
   */
  public FormField withPattern(String expression) {
    return new FormField(name, label, required, maximumLength, expression);
  }

  /** What is wrong, without the content, which may be personal data. */
  Optional<String> problem(@Nullable String content) {
    if (content == null || content.isBlank()) {
      return required ? Optional.of("\"" + label + "\" must be filled in") : Optional.empty();
    }
    if (content.length() > maximumLength) {
      return Optional.of(
          "\"%s\" has %d characters, at most %d are possible"
              .formatted(label, content.length(), maximumLength));
    }
    if (pattern != null && !Pattern.matches(pattern, content)) {
      return Optional.of("\"" + label + "\" is not written as it should be");
    }
    return Optional.empty();
  }
}
