package io.acpbenefits.examples.quickstart.input;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code journey.csv}. Cells that the action needs are not null; the others are null
 * when empty and mean nothing when filled.
 *
 * @param row unique id
 * @param at when it is played; in the years 1970 to 9999, to the microsecond, as all times
 * @param actor the account that acts
 * @param action what is done
 * @param partnerId a partner of {@code partners.csv}
 * @param examId an exam of {@code exams.csv}
 * @param account the account that is acted on
 * @param quantity number of codes, at least 1
 * @param payment how the exam is paid for
 * @param delivery where the exam is taken
 * @param appointment when the exam is taken; not before {@code at} where one is booked
 * @param candidateId as Pearson VUE shows it; never without the registration id where both are
 *     optional
 * @param registrationId as Pearson VUE shows it
 * @param outcome result of the exam
 * @param ref a row that is played before this one and is of a kind the action can use
 * @param line the line the record is on, counted from 1
 */
public record JourneyRow(
    String row,
    Instant at,
    @Nullable String actor,
    Action action,
    @Nullable String partnerId,
    @Nullable String examId,
    @Nullable String account,
    @Nullable Integer quantity,
    @Nullable Payment payment,
    @Nullable Delivery delivery,
    @Nullable Instant appointment,
    @Nullable String candidateId,
    @Nullable String registrationId,
    @Nullable Outcome outcome,
    @Nullable String ref,
    int line) {

  /**
   * Recognizes a row in a later version of the file: the same values give the same fingerprint,
   * wherever the row stands, however its columns are ordered and its cells are quoted.
   *
   * @return SHA-256 of the values in lower-case hexadecimal digits
   */
  public String fingerprint() {
    // No cell can contain the separator, since control characters are refused.
    String values =
        Stream.of(
                row,
                at,
                actor,
                action.word(),
                partnerId,
                examId,
                account,
                quantity,
                payment,
                delivery,
                appointment,
                candidateId,
                registrationId,
                outcome,
                ref)
            .map(value -> value == null ? "" : value.toString())
            .collect(Collectors.joining("\u001F"));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(values.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
