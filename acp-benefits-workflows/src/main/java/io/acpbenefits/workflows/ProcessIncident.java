package io.acpbenefits.workflows;

import io.acpbenefits.common.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of a process that stands still until somebody intervenes. It holds no text of an
 * exception, which may have personal data in it.
 *
 * @param id names it
 * @param process the id of the diagram, such as {@link BenefitApplicationProcess#KEY}
 * @param businessKey what the process is about, as the class of its diagram says
 * @param activity the id of the element in the diagram
 * @param since when the last try failed
 * @param cause the type of what went wrong at the bottom, as the name of a class; empty if the
 *     engine does not know it
 * @param reason the rule that refused the step, if it was a refusal
 * @param nextStep what somebody should do, in a sentence
 */
public record ProcessIncident(
    IncidentId id,
    String process,
    String businessKey,
    String activity,
    Instant since,
    String cause,
    Optional<Reason> reason,
    String nextStep) {}
