package io.acpbenefits.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;

/**
 * Whoever asks a port refuses to run inside a transaction, or is only called by those in its
 * package that do.
 */
final class PortCallers extends ArchCondition<JavaClass> {

  private static final String GUARD = "requireNoTransaction";

  private final Set<Class<?>> ports;

  PortCallers(Set<Class<?>> ports) {
    super("refuse to run inside a transaction if they ask a port");
    this.ports = ports;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean asks =
        !isPort(type) && type.getCodeUnitAccessesFromSelf().stream().anyMatch(this::asksPort);
    if (asks && !refuses(type) && !isBehindThoseWhoRefuse(type)) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " asks a port and does not call " + GUARD));
    }
  }

  /** Making what fills a port, or using what else it has, asks nobody. */
  private boolean asksPort(JavaCodeUnitAccess<?> access) {
    return ports.stream()
        .filter(port -> access.getTargetOwner().isAssignableTo(port))
        .flatMap(port -> Arrays.stream(port.getMethods()))
        .anyMatch(method -> method.getName().equals(access.getName()));
  }

  private boolean isPort(JavaClass type) {
    return ports.stream().anyMatch(type::isAssignableTo);
  }

  private static boolean refuses(JavaClass type) {
    return type.getCodeUnitAccessesFromSelf().stream()
        .anyMatch(access -> access.getName().equals(GUARD));
  }

  private static boolean isBehindThoseWhoRefuse(JavaClass type) {
    return !HouseRules.isVisible(type)
        && type.getAccessesToSelf().stream()
            .map(access -> access.getOriginOwner())
            .filter(caller -> !caller.equals(type) && !isNestedIn(type, caller))
            .allMatch(PortCallers::refuses);
  }

  private static boolean isNestedIn(JavaClass type, JavaClass caller) {
    return caller.getEnclosingClass().filter(type::equals).isPresent();
  }
}
