package io.acpbenefits.common;

import java.io.Serial;
import java.util.Locale;

/**
 * A rule was not met, so nothing was done.
 *
 * <p>Thrown before the first write, or rolled back with the transaction it is thrown in. The
 * message is a sentence that a person can act on; it never holds an exam code, a candidate id or
 * anything about an organization that is not the actor's.
 */
public final class Refusal extends BenefitsException {

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * Refuses.
   *
   * @param reason which rule
   * @param message the sentence for a person
   */
  public Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Refuses with a sentence made of parts.
   *
   * @param reason which rule
   * @param format the sentence in the manner of {@link String#format}
   * @param parts ids and counts that the sentence names
   * @return the refusal, to be thrown
   */
  public static Refusal of(Reason reason, String format, Object... parts) {
    return new Refusal(reason, String.format(Locale.ROOT, format, parts));
  }

  /**
   * Which rule was not met.
   *
   * @return a name that never changes its meaning
   */
  public Reason reason() {
    return reason;
  }

  /** With the reason, so that it is told wherever the trace of a failure is kept. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // The message is a sentence for a person.
  public String toString() {
    return "%s [%s]: %s".formatted(getClass().getName(), reason, getMessage());
  }
}
