package io.acpbenefits.workflows;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.IncidentQuery;

/**
 * Cuts the list of incidents by key: when they came up, then their ids. The engine's query cuts by
 * number only, so it begins at the key's instant, and what lies before the key there is left out.
 */
final class IncidentPages {

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::since).thenComparing(Key::id);

  private final ProcessEngineConfigurationImpl engine;
  private final String[] processes;

  IncidentPages(ProcessEngineConfigurationImpl engine, String[] processes) {
    this.engine = engine;
    this.processes = processes;
  }

  Page<Incident> read(PageRequest page) {
    Key after = Key.parse(page.afterOrStart());
    List<Incident> found = new ArrayList<>();
    int read = 0;
    List<Incident> batch;
    do {
      batch = query(after).listPage(read, page.rowsToFetch());
      read += batch.size();
      batch.stream()
          .filter(incident -> ORDER.compare(Key.of(incident), after) > 0)
          .limit(page.rowsToFetch() - (long) found.size())
          .forEach(found::add);
    } while (found.size() < page.rowsToFetch() && batch.size() == page.rowsToFetch());
    return page.of(found, incident -> Key.of(incident).text());
  }

  private IncidentQuery query(Key after) {
    return engine
        .getRuntimeService()
        .createIncidentQuery()
        .processDefinitionKeyIn(processes)
        .incidentTimestampAfter(Date.from(after.since().minusMillis(1)))
        .orderByIncidentTimestamp()
        .asc()
        .orderByIncidentId()
        .asc();
  }

  private record Key(Instant since, String id) {

    static Key of(Incident incident) {
      return new Key(incident.getIncidentTimestamp().toInstant(), incident.getId());
    }

    static Key parse(String text) {
      if (text.isEmpty()) {
        return new Key(Instant.EPOCH, "");
      }
      int colon = text.indexOf(':');
      try {
        return new Key(
            Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(colon, 0)))),
            text.substring(colon + 1));
      } catch (NumberFormatException e) {
        throw new Refusal(
            Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
      }
    }

    String text() {
      return since.toEpochMilli() + ":" + id;
    }
  }
}
