package io.github.faasbench.policy.catalog;

import static io.github.faasbench.policy.catalog.Entry.plain;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.catalog.Entry.Parameter;
import io.github.faasbench.policy.catalog.Entry.Type;
import io.github.faasbench.policy.queue.ColdLastOrder;
import io.github.faasbench.policy.queue.EarliestDeadlineOrder;
import io.github.faasbench.policy.queue.FifoOrder;
import io.github.faasbench.policy.queue.PatientOrder;
import io.github.faasbench.policy.queue.ShortestFirstOrder;
import io.github.faasbench.policy.warming.ColdWarming;
import io.github.faasbench.policy.warming.PausedWarming;
import io.github.faasbench.policy.warming.PreWarmedWarming;
import io.github.faasbench.policy.warming.ResidentWarming;
import io.github.faasbench.policy.warming.WarmedWarming;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All policies by name: to add one is to write its class and a line here. */
public final class Catalog {

  private static final List<Entry<WarmingPolicy>> WARMING =
      List.of(
          plain(
              "cold",
              "prepares nothing; the image is removed again after each call",
              "thesis 5.5.1",
              ColdWarming::new),
          plain(
              "pre-warmed",
              "pulls the image before the load; a call creates a container",
              "thesis 5.5.1",
              PreWarmedWarming::new),
          plain(
              "warmed",
              "starts a waiting container before the load; a call runs inside it",
              "thesis 5.5.1",
              WarmedWarming::new),
          plain(
              "paused",
              "as resident, and the container is paused between calls",
              "-",
              PausedWarming::new),
          plain(
              "resident",
              "starts the function's own process before the load; a call is one line to it",
              "docs/resident.md",
              ResidentWarming::new));

  private static final List<Entry<QueueOrder>> QUEUE =
      List.of(
          plain("fifo", "the call that came first", "-", FifoOrder::new),
          patient(
              "sjf",
              "the call whose function is expected to run for the shortest time",
              "Iluvatar, minheap",
              ShortestFirstOrder::new),
          patient(
              "eedf",
              "the call with the earliest deadline: arrival plus expected run time",
              "Iluvatar, minheap_ed",
              EarliestDeadlineOrder::new),
          patient(
              "cold-last",
              "a call that finds a waiting container, before those that start one",
              "Iluvatar, cold priority",
              ColdLastOrder::new));

  private Catalog() {}

  /** Node choice policies. */
  public static List<Entry<SchedulingPolicy>> node() {
    return NodeEntries.ALL;
  }

  /** Warming strategies. */
  public static List<Entry<WarmingPolicy>> warming() {
    return WARMING;
  }

  /** Keep-alive policies. */
  public static List<Entry<KeepAlivePolicy>> keepAlive() {
    return KeepAliveEntries.ALL;
  }

  /** Queue orders. */
  public static List<Entry<QueueOrder>> queue() {
    return QUEUE;
  }

  /**
   * Makes a policy by its name.
   *
   * @throws IllegalArgumentException when the name is not in the list; the experiment reader
   *     refuses such names before
   */
  public static <T> T create(
      List<Entry<T>> entries, String name, Map<String, Object> parameters, RandomGenerator random) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(Entry::factory)
        .orElseThrow(() -> new IllegalArgumentException("no policy '" + name + "'"))
        .create(parameters, random);
  }

  private static Entry<QueueOrder> patient(
      String name, String summary, String source, Supplier<QueueOrder> maker) {
    var patience =
        new Parameter(
            "patience", Type.DURATION, "1m", 0, "a call that waited for longer goes before all");
    return Entry.of(
        name,
        summary,
        source,
        List.of(patience),
        (given, random) -> new PatientOrder(maker.get(), (Duration) given.get("patience")));
  }
}
