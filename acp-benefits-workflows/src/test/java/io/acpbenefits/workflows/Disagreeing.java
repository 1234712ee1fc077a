package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** Sees disagreements about one thing, and has them cured; earlier tests have left others. */
final class Disagreeing {

  static final Actor RITA = Actor.operator("rita");
  static final String WHY = "a table was restored";

  private final ProcessFixture on;

  Disagreeing(ProcessFixture on) {
    this.on = on;
  }

  Disagreements disagreements() {
    return on.engine.disagreements();
  }

  List<Disagreement> all(int pageSize) {
    List<Disagreement> found = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(pageSize));
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<Disagreement> page = disagreements().list(RITA, request);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
      found.addAll(page.items());
      next = page.next().map(request::then);
    }
    return found;
  }

  List<Disagreement> about(String businessKey) {
    return all(1000).stream().filter(each -> each.businessKey().equals(businessKey)).toList();
  }

  void agreed(String businessKey) {
    assertThat(about(businessKey)).isEmpty();
  }

  /** Behind the library's back. */
  String deleted() {
    ProcessInstance instance = on.instance();
    on.processes().getRuntimeService().deleteProcessInstance(instance.getId(), "by hand");
    return instance.getBusinessKey();
  }

  /** The one disagreement, which is told of in this way, and gone once it is resolved. */
  Disagreement cured(String businessKey, Disagreement.Kind kind) {
    List<Disagreement> found = about(businessKey);
    assertThat(found).hasSize(1);
    Disagreement only = found.get(0);
    assertThat(only.kind()).isEqualTo(kind);
    assertThat(only.nextStep()).contains("Resolve it");
    assertThat(only.instance().isPresent()).isEqualTo(kind != Disagreement.Kind.NO_PROCESS);

    ProcessInstanceId instance = disagreements().resolve(RITA, only, WHY);

    agreed(businessKey);
    assertThat(only.instance().orElse(instance)).isEqualTo(instance);
    assertThat(on.benefits.audit().of(RITA, instance.value(), PageRequest.first(100)).items())
        .filteredOn(entry -> entry.operation() == Operation.RESOLVE_DISAGREEMENT)
        .extracting(AuditEntry::why)
        .containsExactly(WHY);
    return only;
  }

  /** Deletes the one instance and has it begun anew. */
  Disagreement begunAnew() {
    agreed(on.instance().getBusinessKey());
    return cured(deleted(), Disagreement.Kind.NO_PROCESS);
  }
}
