package io.github.faasbench.papers;

import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The claims on choosing nodes; the papers are cited in the experiments' files. */
final class Claims {

  private static final String HASHED = "consistent-hash(";
  private static final String BOUNDED = "bounded-loads(";
  private static final String LOW = "poisson(rate=10/s)";
  private static final String HALF = "poisson(rate=48/s)";
  private static final String HIGH = "poisson(rate=91/s)";

  /** The claims of each experiment, one after the other. */
  static final List<Claim> ALL =
      List.of(
          new Claim("power-of-two", "10", "mean time, one choice", 9, 11, c -> c.mean("random")),
          new Claim(
              "power-of-two",
              "2.614 of very many nodes",
              "mean time, two choices",
              2.41,
              2.81,
              c -> c.mean("power-of-d(d=2)")),
          new Claim(
              "power-of-two",
              "2.028 of very many nodes",
              "mean time, three choices",
              1.88,
              2.18,
              c -> c.mean("power-of-d(d=3)")),
          new Claim(
              "bounded-loads",
              "0",
              "calls on a node beyond 1.25 times the mean, at most",
              Double.NEGATIVE_INFINITY,
              0,
              c -> c.mostBeyond(BOUNDED, 1.25, 8)),
          new Claim(
              "bounded-loads",
              "whatever its keys bring",
              "the same, plain hashing",
              100,
              POSITIVE_INFINITY,
              c -> c.mostBeyond(HASHED, 1.25, 8)),
          new Claim(
              "bounded-loads",
              "few are moved",
              "share of a function's calls on its node",
              0.5,
              0.95,
              c -> c.homeShare(BOUNDED)),
          new Claim(
              "bounded-loads",
              "-",
              "mean latency, part of plain hashing's",
              0,
              0.1,
              c -> c.mean(BOUNDED) / c.mean(HASHED)),
          new Claim(
              "unequal-nodes",
              "least-used balances better",
              "mean latency, part of round-robin's",
              0.3,
              0.6,
              c -> c.mean("least-used") / c.mean("round-robin")),
          new Claim(
              "hermod",
              "up to 85 %",
              "slowdown saved against OpenWhisk, half load",
              0.7,
              0.9,
              c -> 1 - c.mean("hermod", HALF) / c.mean("home-invoker", HALF)),
          new Claim(
              "hermod",
              "packs at low load",
              "share of calls on its busiest node, a tenth",
              0.6,
              1,
              c -> c.topShare("hermod", LOW)),
          new Claim(
              "hermod",
              "least loaded at high load",
              "mean latency, part of join-shortest-queue's",
              0.8,
              1.25,
              c -> c.mean("hermod", HIGH) / c.mean("join-shortest-queue", HIGH)));

  private Claims() {}
}
