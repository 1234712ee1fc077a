package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagrams are laid out by hand; what makes them readable is kept true here. */
class DiagramLayoutTest {

  /** Half a pixel: less than the eye sees, more than rounding takes. */
  private static final double TOLERANCE = 0.5;

  static Stream<Diagram> diagrams() {
    return Diagram.all();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void drawsEveryNodeAndEveryFlow(Diagram diagram) {
    assertThat(diagram.all(FlowNode.class))
        .allSatisfy(node -> assertThat(node.getDiagramElement()).as(node.getId()).isNotNull())
        .allSatisfy(node -> assertThat(box(node).width()).as(node.getId()).isPositive())
        .allSatisfy(node -> assertThat(box(node).height()).as(node.getId()).isPositive());
    assertThat(diagram.all(SequenceFlow.class))
        .allSatisfy(flow -> assertThat(points(flow)).as(flow.getId()).hasSizeGreaterThan(1));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void docksEveryFlowOnTheBordersOfItsShapes(Diagram diagram) {
    assertThat(diagram.all(SequenceFlow.class))
        .allSatisfy(
            flow -> {
              List<Point> points = points(flow);
              assertThat(gap(flow.getSource(), points.get(0)))
                  .as("start of %s", flow.getId())
                  .isLessThan(TOLERANCE);
              assertThat(gap(flow.getTarget(), points.get(points.size() - 1)))
                  .as("end of %s", flow.getId())
                  .isLessThan(TOLERANCE);
            });
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void runsEveryFlowStraightAcrossOrDown(Diagram diagram) {
    assertThat(diagram.all(SequenceFlow.class))
        .allSatisfy(
            flow ->
                assertThat(legs(flow))
                    .as(flow.getId())
                    .allMatch(leg -> leg.width() == 0 || leg.height() == 0));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void letsNoNodesOverlap(Diagram diagram) {
    List<FlowNode> nodes = new ArrayList<>(diagram.all(FlowNode.class));
    List<String> overlapping = new ArrayList<>();
    for (FlowNode one : nodes) {
      for (FlowNode other : nodes.subList(nodes.indexOf(one) + 1, nodes.size())) {
        if (!mayTouch(one, other) && box(one).overlaps(box(other))) {
          overlapping.add(one.getId() + " and " + other.getId());
        }
      }
    }

    assertThat(overlapping).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void keepsWhatASubprocessContainsInside(Diagram diagram) {
    assertThat(diagram.all(SubProcess.class))
        .allSatisfy(
            parent ->
                assertThat(parent.getChildElementsByType(FlowNode.class))
                    .allMatch(child -> box(parent).contains(box(child))));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void runsNoFlowOverANode(Diagram diagram) {
    List<String> crossed = new ArrayList<>();
    for (SequenceFlow flow : diagram.all(SequenceFlow.class)) {
      for (FlowNode node : diagram.all(FlowNode.class)) {
        boolean inside = node instanceof SubProcess && node.equals(flow.getParentElement());
        if (!inside && legs(flow).stream().anyMatch(leg -> leg.overlaps(box(node).shrunk()))) {
          crossed.add(flow.getId() + " over " + node.getId());
        }
      }
    }

    assertThat(crossed).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void placesLabelsWhereNothingElseIs(Diagram diagram) {
    List<Box> labels =
        diagram.all(BpmnLabel.class).stream().map(label -> Box.of(label.getBounds())).toList();
    Stream<Box> nodes =
        diagram.all(FlowNode.class).stream()
            .filter(node -> !(node instanceof SubProcess))
            .map(DiagramLayoutTest::box);
    Stream<Box> flows =
        diagram.all(SequenceFlow.class).stream().flatMap(flow -> legs(flow).stream());
    List<Box> others = Stream.concat(nodes, flows).toList();

    assertThat(labels)
        .isNotEmpty()
        .allSatisfy(label -> assertThat(others).noneMatch(label::overlaps))
        .allSatisfy(label -> assertThat(labels).filteredOn(label::overlaps).hasSize(1));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void namesOutsideTheirShapeHaveAPlace(Diagram diagram) {
    assertThat(diagram.all(BpmnShape.class))
        .filteredOn(shape -> shape.getBpmnElement() instanceof FlowNode)
        .filteredOn(
            shape ->
                shape.getBpmnElement() instanceof Event
                    || shape.getBpmnElement() instanceof Gateway)
        .filteredOn(shape -> ((FlowNode) shape.getBpmnElement()).getName() != null)
        .allSatisfy(shape -> assertThat(shape.getBpmnLabel()).as(shape.getId()).isNotNull());
    assertThat(diagram.all(BpmnEdge.class))
        .filteredOn(edge -> ((SequenceFlow) edge.getBpmnElement()).getName() != null)
        .allSatisfy(edge -> assertThat(edge.getBpmnLabel()).as(edge.getId()).isNotNull());
  }

  private static boolean mayTouch(FlowNode one, FlowNode other) {
    return one instanceof BoundaryEvent
        || other instanceof BoundaryEvent
        || one.equals(other.getParentElement())
        || other.equals(one.getParentElement());
  }

  private static Box box(FlowNode node) {
    return Box.of(((BpmnShape) node.getDiagramElement()).getBounds());
  }

  private static List<Point> points(SequenceFlow flow) {
    Collection<Waypoint> waypoints = flow.getDiagramElement().getWaypoints();
    return waypoints.stream().map(point -> new Point(point.getX(), point.getY())).toList();
  }

  private static List<Box> legs(SequenceFlow flow) {
    List<Point> points = points(flow);
    List<Box> legs = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      legs.add(Box.between(points.get(i - 1), points.get(i)));
    }
    return legs;
  }

  /** How far the point is from the border of the node as it is drawn. */
  private static double gap(FlowNode node, Point point) {
    Box box = box(node);
    double across = Math.abs(point.x() - box.x() - box.width() / 2);
    double down = Math.abs(point.y() - box.y() - box.height() / 2);
    if (node instanceof Event) {
      return Math.abs(Math.hypot(across, down) - box.width() / 2);
    }
    if (node instanceof Gateway) {
      return Math.abs(across + down - box.width() / 2);
    }
    double beyond = Math.max(across - box.width() / 2, down - box.height() / 2);
    return Math.abs(beyond);
  }

  private record Point(double x, double y) {}

  private record Box(double x, double y, double width, double height) {

    static Box of(Bounds bounds) {
      return new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    static Box between(Point one, Point other) {
      return new Box(
          Math.min(one.x(), other.x()),
          Math.min(one.y(), other.y()),
          Math.abs(one.x() - other.x()),
          Math.abs(one.y() - other.y()));
    }

    /** Without its border, on which flows dock. */
    Box shrunk() {
      return new Box(x + 1, y + 1, width - 2, height - 2);
    }

    boolean overlaps(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }

    boolean contains(Box other) {
      return x <= other.x
          && y <= other.y
          && other.x + other.width <= x + width
          && other.y + other.height <= y + height;
    }
  }
}
