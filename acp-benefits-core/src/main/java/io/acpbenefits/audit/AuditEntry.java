package io.acpbenefits.audit;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody did something. Told to listeners as well, in the transaction in which it happens.
 *
 * @param entryId its id; entries of one JVM sort by it in the order in which they were made
 * @param operation what was done
 * @param subjectId the id of what it was done to
 * @param fromState the state before, if it has states and was there before
 * @param toState the state afterwards, if it has states
 * @param madeAt when, in UTC
 * @param madeBy who, as {@code account:…}, {@code operator:…} or {@code system}
 * @param why what the actor gave as reason, at most 500 characters, if asked for one
 */
public record AuditEntry(
    String entryId,
    Operation operation,
    String subjectId,
    @Nullable String fromState,
    @Nullable String toState,
    Instant madeAt,
    String madeBy,
    @Nullable String why)
    implements DomainEvent {}
