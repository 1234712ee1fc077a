package io.acpbenefits.model;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * One thing that somebody does, and where to look for what it did.
 *
 * @param act what is done, to either side
 * @param touched what could have changed
 */
record Step(Function<Programme, String> act, List<View> touched) {

  /** Something that can be looked at on either side. */
  interface View extends Function<Programme.Views, List<String>> {}

  static Step of(Function<Programme, String> act, View... touched) {
    return new Step(act, List.of(touched));
  }

  /** The call as it would be written, found out by calling something that only listens. */
  @Override
  public String toString() {
    return callOf(Programme.class, act);
  }

  /** Such as {@code codes.assign}. */
  String operation() {
    return toString().replaceFirst("\\(.*", "");
  }

  static String callOf(View view) {
    return callOf(Programme.Views.class, view);
  }

  private static <T> String callOf(Class<T> type, Function<T, ?> call) {
    StringJoiner said = new StringJoiner(".");
    call.apply(listener(type, said));
    return said.toString();
  }

  private static <T> T listener(Class<T> type, StringJoiner said) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              said.add(written(method, arguments == null ? new Object[0] : arguments));
              if (method.getReturnType() == String.class) {
                return "";
              }
              return method.getReturnType() == List.class
                  ? List.of()
                  : listener(method.getReturnType(), said);
            }));
  }

  private static String written(Method method, Object[] arguments) {
    StringJoiner call = new StringJoiner(", ", method.getName() + "(", ")");
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < arguments.length; i++) {
      call.add(parameters[i].getName() + "=" + arguments[i]);
    }
    return arguments.length == 0 ? method.getName() : call.toString();
  }
}
