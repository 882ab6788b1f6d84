package io.github.faasbench.oracle;

import io.github.faasbench.theory.Formulas;
import io.github.faasbench.theory.ManyServers;
import io.github.faasbench.theory.ShortestOfSome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Several nodes of one core and one slot, Poisson arrivals, exponential service of mean 1 s. */
final class NodeChoiceCases {

  private static final String TURNS = "E_k/M/1: Kleinrock 1975, vol. 1, ch. 6; ";
  private static final String CHAINS = "exact Markov chains of n queues, solved here";
  private static final int SLOTS = 4;
  private static final double ERLANGS = 8;

  private NodeChoiceCases() {}

  static List<Case> all() {
    var cases = new ArrayList<Case>();
    cases.add(order());
    cases.add(twoNodes());
    cases.add(halfLoad());
    cases.add(tenNodes());
    cases.add(
        Case.of(
            "O-6 D/M/1",
            "Kleinrock 1975, vol. 1, ch. 6: what round robin over ever more nodes comes to",
            Yaml.of(
                "count: 1, cpu: 1, slots: 1",
                Yaml.EXPONENTIAL,
                "random",
                "{uniform: {rate: 0.8/s}}"),
            Check.of("", "T", Sample::meanLatency, "2.692731", Formulas.evenArrivals(.8))));
    cases.add(
        farm(
                "O-6 n=4 rho=.9",
                TURNS,
                4,
                .9,
                "round-robin",
                time("round-robin", "6.383050", Formulas.roundRobin(4, .9)).within(.02))
            .slowly());
    cases.add(
        farm(
                "O-7 n=3 rho=.9",
                CHAINS,
                3,
                .9,
                "join-shortest-queue",
                time("join-shortest-queue", "3.9824", shortest(3, 3, .9, 50)).within(.02))
            .slowly());
    cases.add(choices(.5, 2, "1.265686"));
    cases.add(choices(.7, 2, "1.614454"));
    cases.add(choices(.8, 2, "1.947363"));
    cases.add(choices(.9, 2, "2.614057").slowly());
    cases.add(choices(.95, 2, "3.383046").slowly());
    cases.add(choices(.99, 2, "5.431997").slowly());
    cases.add(choices(.9, 3, "2.027856").slowly());
    cases.add(firstFit());
    cases.add(mostUsed());
    return cases;
  }

  /** The policies on the same calls, so that their differences are known much better than each. */
  private static Case order() {
    double central = Formulas.manyServers(4, .8);
    double shortest = shortest(4, 4, .8, 20);
    double ofTwo = shortest(4, 2, .8, 24);
    double turns = Formulas.roundRobin(4, .8);
    double random = Formulas.manyServers(1, .8);
    return farm(
        "O-5 to O-8, O-10 n=4 rho=.8",
        TURNS + CHAINS + "; first-fit with calls waiting at the gateway is one queue, M/M/4",
        4,
        .8,
        "[random, round-robin, power-of-d, join-shortest-queue, first-fit]",
        time("random", "5", random),
        time("round-robin", "3.267384", turns),
        time("power-of-d", "2.330158", ofTwo),
        time("join-shortest-queue", "1.9531", shortest),
        time("first-fit", "1.745541", central),
        better("round-robin", "random", random - turns),
        better("power-of-d", "round-robin", turns - ofTwo),
        better("join-shortest-queue", "power-of-d", ofTwo - shortest),
        better("first-fit", "join-shortest-queue", shortest - central));
  }

  private static Case twoNodes() {
    double shortest = shortest(2, 2, .8, 60);
    return farm(
        "O-6 to O-8 n=2 rho=.8",
        TURNS + CHAINS,
        2,
        .8,
        "[round-robin, power-of-d, join-shortest-queue]",
        time("round-robin", "3.843980", Formulas.roundRobin(2, .8)),
        time("power-of-d", "2.955737", shortest),
        time("join-shortest-queue", "2.955737", shortest));
  }

  private static Case halfLoad() {
    return farm(
        "O-6 to O-8 n=4 rho=.5",
        TURNS + CHAINS,
        4,
        .5,
        "[round-robin, power-of-d, join-shortest-queue]",
        time("round-robin", "1.432523", Formulas.roundRobin(4, .5)),
        time("power-of-d", "1.324461", shortest(4, 2, .5, 15)),
        time("join-shortest-queue", "1.158151", shortest(4, 4, .5, 12)));
  }

  private static Case tenNodes() {
    return farm(
        "O-6 to O-8 n=10 rho=.8",
        TURNS + "a simulation written apart from this one, to the error that it states",
        10,
        .8,
        "[round-robin, power-of-d, join-shortest-queue]",
        time("round-robin", "2.922269", Formulas.roundRobin(10, .8)),
        Check.near("power-of-d", "T", Sample::meanLatency, 2.07, .01),
        Check.near("join-shortest-queue", "T", Sample::meanLatency, 1.354, .005));
  }

  private static Case farm(
      String name, String source, int nodes, double rho, String policies, Check... checks) {
    return Case.of(
        name,
        source,
        Yaml.of(
                "count: " + nodes + ", cpu: 1, slots: 1",
                Yaml.EXPONENTIAL,
                policies,
                Yaml.poisson(nodes * rho))
            + "whenNoNode: wait\n",
        checks);
  }

  private static Check time(String policy, String printed, double formula) {
    return Check.of(policy, "T", Sample::meanLatency, printed, formula);
  }

  /** How much shorter T is under one policy than under another, call for call the same load. */
  private static Check better(String policy, String other, double by) {
    return new Check(
        "T " + other + " - " + policy,
        run -> run.cell(other).meanLatency() - run.cell(policy).meanLatency(),
        by,
        0,
        .02);
  }

  private static double shortest(int nodes, int choices, double rho, int longest) {
    return ShortestOfSome.meanTime(nodes, choices, true, rho, longest);
  }

  /**
   * A hundred nodes. The printed limit is for infinitely many; ours are drawn without replacement,
   * and 100: the correction for both is taken as known to its own square, relative to T.
   */
  private static Case choices(double rho, int d, String printed) {
    double limit = Check.agreed(printed, Formulas.powerOfChoices(rho, d));
    double correction = new ManyServers(rho, d).correction(true) / 100;
    return farm(
        String.format(Locale.ROOT, "O-9 n=100 d=%d rho=%.2f", d, rho),
        "Mitzenmacher, TPDS 12(10), 2001, and the 1/n term of Gast and Van Houdt, SIGMETRICS 2018",
        100,
        rho,
        "{power-of-d: {d: " + d + "}}",
        Check.near(
                "", "T", Sample::meanLatency, limit + correction, correction * correction / limit)
            .within(rho < .99 ? .01 : .04));
  }

  private static Case firstFit() {
    String[] carried = {"3.402918", "2.712520", "1.473311", ".375012", ".034967", ".001251"};
    Check[] checks = new Check[carried.length];
    for (int i = 0; i < checks.length; i++) {
      int node = i + 1;
      double formula = Formulas.firstFit(node, SLOTS, ERLANGS);
      checks[i] =
          Check.of("", "erlangs of node " + node, s -> carried(s, node), carried[i], formula)
              .within(node < 4 ? .01 : node == 4 ? .03 : node == 5 ? .15 : 1);
    }
    return packing(
        "O-11 first-fit",
        "overflow from group to group: Erlang B of their slots together, Cooper 1981, ch. 4",
        Yaml.of(
            "count: 12, cpu: 4, slots: 4", Yaml.EXPONENTIAL, "first-fit", Yaml.poisson(ERLANGS)),
        2.902,
        checks);
  }

  /** Calls take a quarter of a node's memory each; the threshold keeps them off full nodes. */
  private static Case mostUsed() {
    double[] carried = {2.927, 2.490, 1.819, .694, .069};
    Check[] checks = new Check[carried.length];
    for (int i = 0; i < checks.length; i++) {
      int node = i + 1;
      checks[i] =
          Check.near("", "erlangs of node " + node, s -> carried(s, node), carried[i], .002)
              .within(node < 4 ? .01 : node == 4 ? .03 : .15);
    }
    return packing(
        "O-11 most-used",
        "a simulation written apart from this one, taken as good to 0.002",
        Yaml.of(
                "count: 12, cpu: 4, slots: 4, memory: 1GiB",
                "{exponential: {mean: 1s}}, memory: 256MiB",
                "most-used",
                Yaml.poisson(ERLANGS))
            + "ramThreshold: 90\n",
        2.837,
        checks);
  }

  private static Case packing(
      String name, String source, String experiment, double active, Check... checks) {
    var all = new ArrayList<>(List.of(checks));
    all.add(Check.near("", "active nodes", Sample::activeNodes, active, .002));
    return Case.of(name, source, experiment, all.toArray(Check[]::new));
  }

  private static double carried(Sample sample, int node) {
    return ERLANGS * sample.shareOf(String.format(Locale.ROOT, "node-%02d", node));
  }
}
