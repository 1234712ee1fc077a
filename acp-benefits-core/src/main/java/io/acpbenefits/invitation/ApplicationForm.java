package io.acpbenefits.invitation;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form that an applicant fills in. What "the necessary information" is, the source does not
 * say, so it has no fields unless the host adds them.
 *
 * @param fields in the order in which they are shown, with names of their own
 */
public record ApplicationForm(List<FormField> fields) {

  /** Without fields. */
  public static final ApplicationForm EMPTY = new ApplicationForm(List.of());

  private static final int LONGEST_QUOTED = 50;

  /** Checks the names and keeps the list from being changed. */
  public ApplicationForm {
    fields = List.copyOf(fields);
    if (fields.stream().map(FormField::name).distinct().count() < fields.size()) {
      throw new Refusal(Reason.INVALID_INPUT, "Each field of the form needs a name of its own.");
    }
  }

  /**
   * A form.
   *
   * @param fields its fields
   * @return the form
   */
  public static ApplicationForm of(FormField... fields) {
    return new ApplicationForm(List.of(fields));
  }

  /**
   * Checks what an applicant filled in.
   *
   * @param content by the fields' names
   * @throws Refusal INVALID_INPUT, naming everything that is wrong: required fields that are blank,
   *     contents that are too long or do not match, fields that the form does not have
   */
  public void check(Map<String, String> content) {
    Set<String> known = fields.stream().map(FormField::name).collect(Collectors.toSet());
    Stream<String> unknown =
        new TreeSet<>(content.keySet())
            .stream()
                .filter(name -> !known.contains(name))
                .map(name -> "there is no field \"" + shortened(name) + "\"");
    List<String> problems =
        Stream.concat(
                fields.stream()
                    .map(field -> field.problem(content.get(field.name())))
                    .flatMap(Optional::stream),
                unknown)
            .toList();
    if (!problems.isEmpty()) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "The application form: %s.", String.join("; ", problems));
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_QUOTED ? name : name.substring(0, LONGEST_QUOTED) + "…";
  }

  /** What is stored: what was filled in. */
  static Map<String, String> filledIn(Map<String, String> content) {
    return content.entrySet().stream()
        .filter(entry -> !entry.getValue().isBlank())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
