package io.acpbenefits.faults;

import org.junit.jupiter.api.Test;

class FaultsScratchTest {
  @Test
  void dry() throws Exception {
    long t0 = System.nanoTime();
    Ground g = Ground.shared();
    System.out.println("ground " + (System.nanoTime() - t0) / 1000000);
    g.points.forEach(
        (s, ps) ->
            ps.forEach(
                p ->
                    System.out.println(
                        "POINT "
                            + s
                            + " | "
                            + p.what()
                            + (p.alone() ? " ALONE" : "")
                            + (p.point().after() ? "" : " before"))));
    g.outcomes.forEach((s, ps) -> System.out.println("OUTCOME " + s + " | " + ps));
    t0 = System.nanoTime();
    NodeProcess node = g.launcher.start();
    node.await("up");
    System.out.println("up " + (System.nanoTime() - t0) / 1000000);
    node.tell("open", g.server.fresh(), "PT0S", "PT5M", "PT0.05S");
    node.await("open");
    System.out.println("open " + (System.nanoTime() - t0) / 1000000);
    node.kill();
  }
}
