package io.acpbenefits.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** The rules of the house, each for a root package, so that fixtures can be held against them. */
final class HouseRules {

  private HouseRules() {}

  static ArchRule dependsOnNothingIn(String... prefixes) {
    return noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "lie in one of " + Set.of(prefixes),
                type -> Set.of(prefixes).stream().anyMatch(type.getPackageName()::startsWith)));
  }

  static ArchRule hasNoCyclesBetweenFeatures(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  static ArchRule featuresDoNotDependOnTheRoot(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root);
  }

  /**
   * No operation without an actor: what the root hands out takes one first in every public method.
   * What only asks for rules or times, implements a port, or is a value, has none.
   */
  static ArchRule operationsTakeAnActorFirst(Class<?> root, Class<?> actor) {
    Set<String> exempt = Set.of("policy", "permissions", "settleDue", "nextDue", "desk");
    return methods()
        .that(
            DescribedPredicate.describe(
                "are what " + root.getSimpleName() + " hands out",
                method ->
                    method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC)
                        && !exempt.contains(method.getName())
                        && isHandedOut(method.getOwner(), root)
                        && !implementsAPort(method)))
        .should(
            new ArchCondition<>("take an actor first") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean takes =
                    !method.getRawParameterTypes().isEmpty()
                        && method.getRawParameterTypes().get(0).isAssignableTo(actor);
                if (!takes) {
                  events.add(
                      SimpleConditionEvent.violated(
                          method, method.getFullName() + " takes no actor"));
                }
              }
            });
  }

  private static boolean isHandedOut(JavaClass type, Class<?> root) {
    return !type.isInterface()
        && !type.isRecord()
        && type.getDirectDependenciesToSelf().stream()
            .anyMatch(use -> use.getOriginClass().isEquivalentTo(root))
        && Arrays.stream(root.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .anyMatch(
                method -> method.getGenericReturnType().getTypeName().contains(type.getFullName()));
  }

  private static boolean implementsAPort(JavaMethod method) {
    return method.getOwner().getAllRawInterfaces().stream()
        .flatMap(port -> port.getMethods().stream())
        .anyMatch(port -> port.getName().equals(method.getName()));
  }

  /**
   * What hosts see speaks of API types only. Constructors are left out: entries are made by the
   * root, which hands them what they are built on.
   */
  static ArchRule signaturesKeepImplementationTypesIn(String... hidden) {
    return methods()
        .that()
        .arePublic()
        .and(
            DescribedPredicate.describe(
                "belong to API types",
                method ->
                    isVisible(method.getOwner())
                        && Set.of(hidden).stream()
                            .noneMatch(method.getOwner().getPackageName()::startsWith)))
        .should(
            new ArchCondition<>("mention no implementation type") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes().stream()
                    .filter(
                        type -> Set.of(hidden).stream().anyMatch(type.getPackageName()::startsWith))
                    .forEach(
                        type ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    method, method.getFullName() + " mentions " + type.getName())));
              }
            });
  }

  /** Rows are mapped inside their feature: neither mappers nor what only they return are API. */
  static ArchRule mappersAndRowTypesArePackagePrivate() {
    return classes()
        .that()
        .haveSimpleNameEndingWith("Mapper")
        .or()
        .haveSimpleNameEndingWith("Row")
        .should(beHidden());
  }

  private static ArchCondition<JavaClass> beHidden() {
    return condition("be package-private, or nested in what is", t -> !isVisible(t), "is public");
  }

  static ArchRule timeComesFromTheInjectedClock(Class<?>... exceptions) {
    return noClasses()
        .that()
        .doNotBelongToAnyOf(exceptions)
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "the system's time is read", call -> readsTheTime(call.getTarget())));
  }

  private static boolean readsTheTime(CodeUnitCallTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    boolean now =
        name.equals("now")
            && Set.of(
                    Instant.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class)
                .stream()
                .anyMatch(owner::isEquivalentTo)
            && target.getRawParameterTypes().stream().noneMatch(p -> p.isEquivalentTo(Clock.class));
    boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
    boolean system =
        owner.isEquivalentTo(System.class) && (name.endsWith("Millis") || name.endsWith("Time"));
    boolean date = owner.isEquivalentTo(Date.class) && target.getRawParameterTypes().isEmpty();
    return now || clock || system || date;
  }

  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            condition(
                "lie in a package marked @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class),
                "lies in a package that is not"));
  }

  static ArchRule namesSayWhatThingsAre() {
    return noClasses()
        .that()
        .areTopLevelClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper|VO|DTO|Entity)");
  }

  /** What may go over a network is never asked inside a transaction: see {@link PortCallers}. */
  static ArchRule portsAreAskedOutsideOfTransactions(Class<?>... ports) {
    return classes().should(new PortCallers(Set.of(ports)));
  }

  /** Nothing is public that need not be: see {@link NeededOutside}. */
  static ArchRule publicTypesAreNeededOutside(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".*..")
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should(new NeededOutside(root));
  }

  static ArchCondition<JavaClass> condition(
      String description, Predicate<JavaClass> holds, String violation) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(type, holds.test(type), type.getName() + " " + violation));
      }
    };
  }

  /** Whether another package can name the type. */
  static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(HouseRules::isVisible).orElse(true);
  }

  static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
