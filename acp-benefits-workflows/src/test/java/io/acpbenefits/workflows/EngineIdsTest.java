package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineIdsTest {

  private static final int MANY = 20_000;

  @Test
  void eachSortsAfterTheOneBefore() {
    EngineIds ids = new EngineIds();

    List<String> made = Stream.generate(ids::getNextId).limit(MANY).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.length() == 32);
  }

  @Test
  void theIdOfADefinitionStillNamesItsProcess() {
    try (BenefitsEngine engine = FixtureProcesses.engine().build()) {
      assertThat(
              engine.processEngine().getRepositoryService().createProcessDefinitionQuery().list())
          .isNotEmpty()
          .allSatisfy(
              definition -> assertThat(definition.getId()).startsWith(definition.getKey() + ":1:"));
    }
  }

  @Test
  void noneIsMadeTwiceByThreadsOrNodes() {
    List<EngineIds> nodes = List.of(new EngineIds(), new EngineIds());

    List<String> made =
        IntStream.range(0, MANY)
            .parallel()
            .mapToObj(i -> nodes.get(i % nodes.size()).getNextId())
            .toList();

    assertThat(made).doesNotHaveDuplicates();
  }
}
