package io.acpbenefits.audit;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {

  private final CoreFixture it = new CoreFixture();
  private final Audit audit = it.benefits.audit();

  @Test
  void tellsWhoDidWhatToWhatWhenAndWhy() {
    it.clock.advance(Duration.ofHours(1));
    it.benefits.partners().suspend(it.operator, it.acme, " unpaid since May ");

    AuditEntry last = last(audit.of(it.operator, "acme", PageRequest.first(10)).items());

    assertThat(last.operation()).isEqualTo(Operation.SUSPEND_PARTNER);
    assertThat(last.fromState()).isEqualTo("ACTIVE");
    assertThat(last.toState()).isEqualTo("SUSPENDED");
    assertThat(last.madeBy()).isEqualTo("operator:otto");
    assertThat(last.madeAt()).isEqualTo(it.start.plus(Duration.ofHours(1)));
    assertThat(last.why()).isEqualTo("unpaid since May");
  }

  private static AuditEntry last(List<AuditEntry> entries) {
    return entries.get(entries.size() - 1);
  }

  @Test
  void aRefusedOperationLeavesNoTrace() {
    int before = audit.of(it.operator, "acme", PageRequest.first(10)).items().size();

    assertRefused(
        Reason.ILLEGAL_STATE, () -> it.benefits.partners().reinstate(it.operator, it.acme, "paid"));

    assertThat(audit.of(it.operator, "acme", PageRequest.first(10)).items()).hasSize(before);
  }

  @Test
  void whatIsRolledBackIsNotInIt() {
    assertThatThrownBy(
            () ->
                it.benefits.inTransaction(
                    () -> {
                      it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
                      throw new IllegalStateException("host");
                    }))
        .hasMessage("host");

    assertThat(audit.all(it.operator, Operation.SUSPEND_PARTNER, PageRequest.first(10)).items())
        .isEmpty();
  }

  @Test
  void refusesAReasonThatSaysNothingOrTooMuch() {
    for (String why : new String[] {"", " ", "x".repeat(501)}) {
      assertRefused(
          Reason.INVALID_INPUT, () -> it.benefits.partners().suspend(it.operator, it.acme, why));
    }
    it.benefits.partners().suspend(it.operator, it.acme, "x".repeat(500));
  }

  @Test
  void isForOperatorsOnlyByDefault() {
    assertRefused(Reason.NOT_PERMITTED, () -> audit.of(it.owner, "acme", PageRequest.first(1)));
    assertRefused(Reason.NOT_PERMITTED, () -> audit.all(it.owner, null, PageRequest.first(1)));
  }

  @Test
  void pagesGoThroughAllOfIt() {
    for (int i = 0; i < 7; i++) {
      it.benefits.partners().register(it.operator, PartnerId.of("p" + i), "P", "gold");
    }
    List<String> subjects = new ArrayList<>();
    PageRequest request = PageRequest.first(3);
    while (true) {
      Page<AuditEntry> page = audit.all(it.operator, Operation.REGISTER_PARTNER, request);
      page.items().forEach(entry -> subjects.add(entry.subjectId()));
      if (page.next().isEmpty()) {
        break;
      }
      request = request.then(page.next().get());
    }

    assertThat(subjects).containsExactly("acme", "p0", "p1", "p2", "p3", "p4", "p5", "p6");
  }

  @Test
  void listenersHearEachEntry() {
    List<DomainEvent> heard = new ArrayList<>();
    it.benefits.addListener(heard::add);

    it.benefits.partners().suspend(it.operator, it.acme, "unpaid");

    assertThat(heard)
        .filteredOn(AuditEntry.class::isInstance)
        .extracting(event -> ((AuditEntry) event).operation())
        .containsExactly(Operation.SUSPEND_PARTNER);
  }
}
