package io.acpbenefits.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.acpbenefits.common.DomainEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A public type is needed outside its package if another package uses it, if hosts hear it as a
 * domain event, if it is an embedded implementation of a port that is needed outside, or if it
 * appears in a public signature of a type that is.
 */
final class NeededOutside extends ArchCondition<JavaClass> {

  private final String root;
  private final Set<JavaClass> needed = new HashSet<>();

  NeededOutside(String root) {
    super("be needed outside their package");
    this.root = root;
  }

  @Override
  public void init(Collection<JavaClass> types) {
    needed.clear();
    Deque<JavaClass> open =
        types.stream()
            .filter(type -> isUsedElsewhere(type) || type.isAssignableTo(DomainEvent.class))
            .collect(Collectors.toCollection(ArrayDeque::new));
    while (!open.isEmpty()) {
      JavaClass type = open.pop();
      if (needed.add(type)) {
        Stream.concat(signatures(type), implementations(type, types)).forEach(open::add);
      }
    }
  }

  private static boolean isUsedElsewhere(JavaClass type) {
    return withNested(type)
        .flatMap(each -> each.getDirectDependenciesToSelf().stream())
        .map(Dependency::getOriginClass)
        .anyMatch(user -> !user.getPackageName().equals(type.getPackageName()));
  }

  private Stream<JavaClass> signatures(JavaClass type) {
    return withNested(type)
        .filter(HouseRules::isVisible)
        .flatMap(
            each ->
                Stream.concat(
                    each.getCodeUnits().stream()
                        .filter(HouseRules::isVisible)
                        .flatMap(NeededOutside::typesOf),
                    each.getFields().stream()
                        .filter(HouseRules::isVisible)
                        .map(JavaField::getRawType)))
        .map(NeededOutside::outermost)
        .filter(each -> each.getPackageName().startsWith(root));
  }

  private static Stream<JavaClass> typesOf(JavaCodeUnit unit) {
    return Stream.concat(
        Stream.concat(
            unit.getReturnType().getAllInvolvedRawTypes().stream(),
            unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream())),
        unit.getExceptionTypes().stream());
  }

  private static Stream<JavaClass> implementations(JavaClass port, Collection<JavaClass> types) {
    return port.isInterface()
        ? types.stream().filter(type -> type.getRawInterfaces().contains(port))
        : Stream.empty();
  }

  private static Stream<JavaClass> withNested(JavaClass type) {
    return Stream.concat(
        Stream.of(type),
        type.getPackage().getClasses().stream()
            .filter(each -> each != type && outermost(each).equals(type)));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(NeededOutside::outermost).orElse(type);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    events.add(
        new SimpleConditionEvent(
            type, needed.contains(type), type.getName() + " is public without need"));
  }
}
