package io.acpbenefits.workflows;

import io.acpbenefits.common.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of a process that has failed and will be tried again by itself. It holds no text of an
 * exception, which may have personal data in it.
 *
 * @param process the id of the diagram, such as {@link BenefitApplicationProcess#KEY}
 * @param businessKey what the process is about, as the class of its diagram says
 * @param activity the id of the element in the diagram
 * @param cause the type of what went wrong at the bottom, as the name of a class; empty if the
 *     engine does not know it
 * @param reason the rule that refused the step, if it was a refusal
 * @param triesLeft how often it is tried still, at least 1; if they all fail it is an incident
 * @param nextTryAt when it is tried next, or could have been since
 */
public record FailingStep(
    String process,
    String businessKey,
    String activity,
    String cause,
    Optional<Reason> reason,
    int triesLeft,
    Instant nextTryAt) {}
