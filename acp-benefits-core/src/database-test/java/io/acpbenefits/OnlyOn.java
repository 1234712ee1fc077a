package io.acpbenefits;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of what not every database has; on others it is skipped, for the reason given. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnlyOn.Condition.class)
public @interface OnlyOn {

  /** On which it runs. */
  TestDatabase.Kind[] value();

  /** Why not on others. */
  String because();

  /** Decides by the database that the tests run on. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), OnlyOn.class)
          .filter(only -> !List.of(only.value()).contains(TestDatabase.kind()))
          .map(only -> ConditionEvaluationResult.disabled(only.because()))
          .orElseGet(() -> ConditionEvaluationResult.enabled("on this database"));
    }
  }
}
