package io.acpbenefits.faults;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.workflows.BenefitsEngine;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whatever a host can call that writes: the public methods of all that {@link AcpBenefits} and
 * {@link BenefitsEngine} hand out, found by reflection. A form that takes a note besides is the
 * same command as the form without; one with a request key is another than one without.
 */
final class Commands {

  private static final String LIBRARY = "io.acpbenefits.";
  private static final String TESTS = Commands.class.getPackageName() + ".";

  /** What only reads, starts and ends the library, or belongs to a transaction of its caller's. */
  private static final String NO_COMMANDS =
      """
      Access: allows permissions require
      AcpBenefits: addListener close inMemory nextDue nextPortCall now on pearsonVue retries
      Audit: all intervened of requireWhy
      BenefitApplications: get nextDue ofPartner open policy
      BenefitChanges: ofPartner
      BenefitsEngine: close engineAdvice inMemory on processEngine
      Candidacies: of open
      CertificateBindings: explain get nextDue ofAccount open policy
      Certificates: byNumber byRecord explain get history nextDue ofAccount ofPartner policy tally \
      total
      CodeInterventions: codesToDecide
      Disagreements: list
      EmbeddedBenefitCenter: free
      EmbeddedPearsonVue: booking exams freeSlots history next priceWith profile slot testCenters
      EngineHealth: check
      Erasures: policy
      ExamBookingRequests: count get nextDue stuck
      ExamBookings: get
      ExamCodes: get mine nextDue ofApplication ofPartner openCode openCodes
      ExamRecordPulls: nextDue policy problems state
      ExamRecords: get held history imported imports of problems
      ExamRegistrations: get of overdue
      Exams: all find findByName get
      GiveBacks: failing stuck
      Health: check
      Incidents: count failing open
      Insights: csv expiringCodes funnel funnelByLevel retiringCodes stuck suggestions tally \
      tallyByLevel whatIf whatIfByLevel
      Invitations: currentLink get list nextDue pending
      JoinRequests: applicants form get latest nextDue open policy
      Notices: count get inState nextDue policy stuck
      Organizations: activeMembership get members ofPartner
      Partners: all find get
      PearsonVueDesk: expectedIn voucher
      Permissions: allow of
      QuotaRecalculation: nextDue policy
      Quotas: balance check get ledger nextDue ofPartner
      Upgrades: preview""";

  private static final Map<String, String> BY_SIGNATURE = new HashMap<>();

  static {
    Set<String> none = noCommands();
    handedOut()
        .forEach(
            type ->
                published(type)
                    .filter(method -> !none.contains(type.getSimpleName() + "." + method.getName()))
                    .filter(method -> !handsOut(method))
                    .forEach(method -> BY_SIGNATURE.put(signature(method), named(method))));
  }

  private Commands() {}

  /** Named by their types and methods, with the types of their parameters. */
  static Set<String> all() {
    return new TreeSet<>(BY_SIGNATURE.values());
  }

  /**
   * Those that go on now, innermost first: that a host has called, or the library through a port
   * that stands between.
   */
  static List<String> on(List<StackWalker.StackFrame> stack) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < stack.size(); i++) {
      StackWalker.StackFrame frame = stack.get(i);
      String command =
          BY_SIGNATURE.get(
              frame.getClassName() + "." + frame.getMethodName() + frame.getDescriptor());
      if (command != null && isCalledFromOutside(stack.subList(i + 1, stack.size()))) {
        found.add(command);
      }
    }
    return found;
  }

  private static boolean isCalledFromOutside(List<StackWalker.StackFrame> callers) {
    return callers.stream()
        .map(StackWalker.StackFrame::getClassName)
        .filter(type -> !type.startsWith("java.") && !type.startsWith("jdk."))
        .findFirst()
        .map(type -> !type.startsWith(LIBRARY) || type.startsWith(TESTS))
        .orElse(true);
  }

  private static Set<String> noCommands() {
    return NO_COMMANDS
        .lines()
        .flatMap(
            line -> {
              String[] parts = line.split(": ", -1);
              return Stream.of(parts[1].split(" ", -1)).map(name -> parts[0] + "." + name);
            })
        .collect(Collectors.toSet());
  }

  private static Set<Class<?>> handedOut() {
    Deque<Class<?>> next = new ArrayDeque<>(List.of(AcpBenefits.class, BenefitsEngine.class));
    Set<Class<?>> found = new HashSet<>();
    while (!next.isEmpty()) {
      Class<?> type = next.remove();
      if (found.add(type)) {
        published(type).filter(Commands::handsOut).map(Commands::result).forEach(next::add);
      }
    }
    return found;
  }

  private static Stream<Method> published(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !List.of(method.getParameterTypes()).contains(Actor.Library.class));
  }

  /** Whether it returns something of the library that has methods of its own. */
  private static boolean handsOut(Method method) {
    Class<?> type = result(method);
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && type.getName().startsWith(LIBRARY)
        && !type.isInterface()
        && !type.isRecord()
        && !type.isEnum();
  }

  private static Class<?> result(Method method) {
    Type type = method.getGenericReturnType();
    if (type instanceof ParameterizedType optional) {
      type = optional.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> result ? result : method.getReturnType();
  }

  private static String signature(Method method) {
    MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    return method.getDeclaringClass().getName()
        + "."
        + method.getName()
        + type.toMethodDescriptorString();
  }

  private static String named(Method method) {
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + withoutNote(method, parameters).stream()
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
  }

  private static List<Class<?>> withoutNote(Method method, List<Class<?>> parameters) {
    int note = parameters.lastIndexOf(String.class);
    if (note < 0) {
      return parameters;
    }
    List<Class<?>> others = new ArrayList<>(parameters);
    others.remove(note);
    boolean isThere =
        published(method.getDeclaringClass())
            .filter(other -> other.getName().equals(method.getName()))
            .anyMatch(other -> List.of(other.getParameterTypes()).equals(others));
    return isThere ? others : parameters;
  }
}
