package io.acpbenefits.workflows;

import org.camunda.bpm.engine.impl.bpmn.parser.DefaultFailedJobParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.FailedJobRetryConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.runtime.Job;

/** How often a job is tried: the intervals begin anew when it has as many tries as at first. */
final class RetryIntervals {

  private RetryIntervals() {}

  static int triesOf(Job job, ProcessEngineConfigurationImpl engine) {
    return engine
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              ActivityImpl activity =
                  engine
                      .getDeploymentCache()
                      .findDeployedProcessDefinitionById(job.getProcessDefinitionId())
                      .findActivity(((JobEntity) job).getActivityId());
              FailedJobRetryConfiguration intervals =
                  activity == null
                      ? null
                      : activity
                          .getProperties()
                          .get(DefaultFailedJobParseListener.FAILED_JOB_CONFIGURATION);
              return intervals == null || intervals.getExpression() != null
                  ? engine.getDefaultNumberOfRetries()
                  : intervals.getRetries();
            });
  }
}
