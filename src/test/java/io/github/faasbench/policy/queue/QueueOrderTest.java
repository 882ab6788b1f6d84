package io.github.faasbench.policy.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy.Ended;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the names of the orders promise, over hundreds of requests. */
class QueueOrderTest {

  private static final long SECOND = 1_000_000_000L;

  private final Stream random = new Stream(1);
  private long number;

  private Request request(long arrivedAtNanos) {
    String function = "f" + random.nextInt(5);
    return new Request(function, "i", Double.NaN, ++number, arrivedAtNanos);
  }

  private List<Request> requests(int count) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(request(i * SECOND / 100));
    }
    return requests;
  }

  private static List<Request> inOrder(QueueOrder order, List<Request> requests, Set<String> warm) {
    long now = 100 * SECOND;
    return requests.stream()
        .sorted(
            Comparator.<Request>comparingDouble(r -> order.key(r, warm.contains(r.function()), now))
                .thenComparing(Request::invocation))
        .toList();
  }

  /** Function k runs for k + 1 seconds, give or take; the newest calls count. */
  private void teach(QueueOrder order) {
    for (int i = 0; i < 500; i++) {
      Request request = request(0);
      double mean = i < 100 ? 3 : seconds(request);
      long took = (long) ((mean + random.nextDouble() * 0.4 - 0.2) * SECOND);
      order.ended(new Ended(request, null, "cold", true, 9 * took, took));
      order.ended(new Ended(request, null, "cold", false, took, 99 * SECOND));
      order.ended(new Ended(request, null, "cold", true, took, -1));
    }
  }

  private static int seconds(Request request) {
    return request.function().charAt(1) - '0' + 1;
  }

  @Test
  void fifoIsByArrival() {
    List<Request> requests = requests(500);
    assertThat(inOrder(new FifoOrder(), requests, Set.of("f1"))).isEqualTo(requests);
  }

  @Test
  void shortestFirstIsByWhatTheFunctionsCallsTook() {
    var order = new ShortestFirstOrder();
    teach(order);
    assertThat(inOrder(order, requests(500), Set.of()))
        .extracting(QueueOrderTest::seconds)
        .isSorted()
        .containsAll(List.of(1, 2, 3, 4, 5));
  }

  @Test
  void aFunctionNotKnownYetGoesBeforeTheShortest() {
    var order = new ShortestFirstOrder();
    teach(order);
    var unknown = new Request("new", "i", Double.NaN, 999, 0);
    assertThat(requests(50)).allMatch(r -> order.key(unknown, false, 0) < order.key(r, false, 0));
  }

  @Test
  void earliestDeadlineIsByArrivalAndWhatCallsTook() {
    var order = new EarliestDeadlineOrder();
    teach(order);
    List<Request> sorted = inOrder(order, requests(500), Set.of());
    for (int i = 1; i < sorted.size(); i++) {
      double before = sorted.get(i - 1).arrivedAtNanos() / 1e9 + seconds(sorted.get(i - 1));
      double after = sorted.get(i).arrivedAtNanos() / 1e9 + seconds(sorted.get(i));
      assertThat(after).isGreaterThan(before - 0.4);
    }
    assertThat(sorted).isNotEqualTo(requests(500));
  }

  @Test
  void coldLastPutsWarmCallsFirstAndKeepsArrivalAmongThem() {
    List<Request> requests = requests(500);
    Set<String> warm = Set.of("f1", "f4");
    List<Request> sorted = inOrder(new ColdLastOrder(), requests, warm);
    List<Request> expected = new ArrayList<>();
    requests.stream().filter(r -> warm.contains(r.function())).forEach(expected::add);
    requests.stream().filter(r -> !warm.contains(r.function())).forEach(expected::add);
    assertThat(sorted).isEqualTo(expected);
  }

  @Test
  void noOrderPassesOverACallThatHasLostItsPatience() {
    for (Map.Entry<String, QueueOrder> entry :
        Map.of(
                "sjf", new ShortestFirstOrder(),
                "eedf", new EarliestDeadlineOrder(),
                "cold-last", new ColdLastOrder())
            .entrySet()) {
      var order = new PatientOrder(entry.getValue(), Duration.ofSeconds(98));
      teach(order);
      List<Request> requests = requests(500); // from 100 to 95 seconds before now
      List<Request> sorted = inOrder(order, requests, Set.of("f0"));
      assertThat(sorted.subList(0, 200)).as(entry.getKey()).isEqualTo(requests.subList(0, 200));
      List<Request> rest = requests.subList(200, 500);
      assertThat(sorted.subList(200, 500))
          .as(entry.getKey())
          .isEqualTo(inOrder(entry.getValue(), rest, Set.of("f0")))
          .isNotEqualTo(rest);
    }
  }
}
