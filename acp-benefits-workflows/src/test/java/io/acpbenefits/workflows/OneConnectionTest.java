package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationChanged;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.organization.Organization;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;

/** A pool needs one connection for each thread that works, so that threads never wait in a ring. */
class OneConnectionTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final PartnerId ACME = PartnerId.of("acme");
  private static final ExamId CLOUD = ExamId.of("acp-cloud");

  private final Set<String> greedy = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Integer> held = ThreadLocal.withInitial(() -> 0);

  /** Notes which threads borrow a second connection before they have given back the first. */
  private DataSource watched(DataSource database) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              try {
                Object answer = method.invoke(database, arguments);
                return answer instanceof Connection connection ? watched(connection) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Connection watched(Connection connection) {
    held.set(held.get() + 1);
    if (held.get() > 1) {
      greedy.add(Thread.currentThread().getName());
    }
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("close")) {
                held.set(held.get() - 1);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The engine's own ids would be fetched one by one. */
  private static final class FewIdsAtATime extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
      configuration.setIdBlockSize(1);
    }
  }

  @Test
  void noThreadHoldsTwoWhileProcessesRun() throws InterruptedException {
    CountDownLatch fulfilled = new CountDownLatch(1);
    try (BenefitsEngine engine =
        BenefitsEngine.on(watched(FixtureProcesses.database()))
            .keys(KeyRing.ephemeral())
            .enginePlugin(new FewIdsAtATime())
            .listener(
                event -> {
                  if (event instanceof BenefitApplicationChanged changed
                      && changed.to() == BenefitApplicationState.FULFILLED) {
                    fulfilled.countDown();
                  }
                })
            .build()) {
      // Tables may be made on two.
      greedy.clear();
      AcpBenefits benefits = engine.benefits();
      Actor.Account olga = Actor.account("olga");
      Actor.Account ann = Actor.account("ann");
      benefits.partners().register(RITA, ACME, "Acme", "gold");
      Organization acme = benefits.organizations().establish(RITA, ACME, olga.id());
      benefits
          .exams()
          .add(RITA, new Exam(CLOUD, "ACP Cloud", ExamLevel.ACP, null, null, null, null));
      Instant now = Instant.now();
      benefits
          .quotas()
          .grant(
              RITA,
              ACME,
              ExamLevel.ACP,
              5,
              now.minus(Duration.ofDays(1)),
              now.plus(Duration.ofDays(300)));
      benefits
          .embeddedBenefitCenter()
          .orElseThrow()
          .importStock(RITA, CLOUD, List.of(CodeText.parse("ONECONNECTION1")));

      InvitationToken link = benefits.invitations().copyLink(olga, acme.organizationId());
      benefits
          .joinRequests()
          .approve(olga, benefits.joinRequests().submit(ann, link, Map.of()).requestId());
      benefits.applications().apply(olga, ACME, CLOUD, 1);

      assertThat(fulfilled.await(30, TimeUnit.SECONDS)).isTrue();
      benefits.examCodes().assign(olga, ACME, CLOUD, ann.id());
      assertThat(greedy).isEmpty();
    }
  }
}
