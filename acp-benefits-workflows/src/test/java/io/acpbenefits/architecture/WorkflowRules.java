package io.acpbenefits.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import org.apache.ibatis.session.SqlSession;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The rules of this module; core has its own. */
final class WorkflowRules {

  private WorkflowRules() {}

  /** The engine's clock is one for the whole JVM, so only the test kit may move it. */
  static ArchRule onlyTheTestKitTouchesTheEnginesClock() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.acpbenefits.workflows.testkit")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ClockUtil.class);
  }

  /** Internal API that a new version of the engine may change: one class has to follow it. */
  static ArchRule onlyOneClassTouchesTheEnginesSession() {
    return noClasses()
        .that()
        .haveNameNotMatching(".*\\.EngineTransactions(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(DbSqlSession.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SqlSession.class);
  }

  /** A plain Java host has no Spring on its class path. */
  static ArchRule springStaysInItsPackage() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.acpbenefits.workflows.spring")
        .and()
        .haveNameNotMatching(".*\\.HostTransactions(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..");
  }

  /** Whoever measures nothing has no Micrometer on the class path. */
  static ArchRule micrometerStaysInItsPackage() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.acpbenefits.workflows.metrics")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..");
  }

  /** Diagrams call delegates by name; Java code calls core. */
  static ArchRule delegatesAndListenersArePackagePrivate() {
    return classes()
        .that()
        .implement(JavaDelegate.class)
        .or()
        .implement(TaskListener.class)
        .or()
        .implement(ExecutionListener.class)
        .should()
        .notBePublic();
  }
}
