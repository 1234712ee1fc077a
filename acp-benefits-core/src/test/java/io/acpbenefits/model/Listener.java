package io.acpbenefits.model;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out what a step does by having it done to something that only listens. */
final class Listener {

  private final Map<Class<?>, Object> listening = new HashMap<>();
  private Method last = Object.class.getMethods()[0];
  private Object[] arguments = {};

  /** Such as {@code codes.assign}. */
  String operation(Function<Programme, String> act) {
    heard(act, listening(Programme.class));
    return name(last);
  }

  /** All that can be done. */
  static Set<String> operations() {
    return Arrays.stream(Programme.class.getMethods())
        .map(Method::getReturnType)
        .filter(part -> part != Programme.Views.class)
        .flatMap(part -> Arrays.stream(part.getMethods()))
        .map(Listener::name)
        .collect(Collectors.toSet());
  }

  private static String name(Method method) {
    String part = method.getDeclaringClass().getSimpleName();
    return part.toLowerCase(Locale.ROOT) + "." + method.getName();
  }

  /** Such as {@code codes.giveBack(who=ann, code=CLOUD1000)}. */
  String told(Function<Programme, String> act) {
    return operation(act) + written();
  }

  /** Such as {@code codes(partner=acme)}. */
  String looked(Step.View view) {
    heard(view, listening(Programme.Views.class));
    return last.getName() + written();
  }

  private String written() {
    StringJoiner call = new StringJoiner(", ", "(", ")");
    Parameter[] parameters = last.getParameters();
    for (int i = 0; i < arguments.length; i++) {
      call.add(parameters[i].getName() + "=" + arguments[i]);
    }
    return call.toString();
  }

  private <T> T listening(Class<T> type) {
    Object known = listening.get(type);
    if (known == null) {
      known =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, with) -> heard(method, with == null ? new Object[0] : with));
      listening.put(type, known);
    }
    return type.cast(known);
  }

  private static <T> void heard(Function<T, ?> call, T listening) {
    Object nothing = call.apply(listening);
    assert nothing != null;
  }

  private Object heard(Method method, Object[] with) {
    last = method;
    arguments = with;
    if (method.getReturnType() == String.class) {
      return "";
    }
    return method.getReturnType() == List.class ? List.of() : listening(method.getReturnType());
  }
}
