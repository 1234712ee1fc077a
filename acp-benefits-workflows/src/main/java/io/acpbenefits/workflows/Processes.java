package io.acpbenefits.workflows;

import io.acpbenefits.common.DomainEventListener;
import java.util.List;

/** The library's own processes. */
final class Processes implements Contribution {

  /** The diagrams that are shipped. */
  static final List<String> RESOURCES =
      List.of(
          BenefitApplicationProcess.RESOURCE,
          InvitationToApprovalProcess.RESOURCE,
          CertificateBindingProcess.RESOURCE);

  /** The ids of their processes. */
  static final List<String> KEYS =
      List.of(
          BenefitApplicationProcess.KEY,
          InvitationToApprovalProcess.KEY,
          CertificateBindingProcess.KEY);

  @Override
  public List<String> resources() {
    return RESOURCES;
  }

  @Override
  public void register(Delegates delegates, Embedding embedding) {
    new BenefitApplicationDelegates(embedding).register(delegates);
    new InvitationToApprovalDelegates(embedding).register(delegates);
    new CertificateBindingDelegates(embedding).register(delegates);
  }

  @Override
  public List<DomainEventListener> listeners(Embedding embedding) {
    return List.of(
        new BenefitApplicationBridge(embedding),
        new InvitationToApprovalBridge(embedding),
        new CertificateBindingBridge(embedding));
  }
}
