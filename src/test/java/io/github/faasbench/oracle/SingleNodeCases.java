package io.github.faasbench.oracle;

import io.github.faasbench.theory.Formulas;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One node under Poisson arrivals. The unit of time is a second, the mean service time. */
final class SingleNodeCases {

  /** Nine functions of 0.1 s and one of 5 s: a tenth of the calls brings most of the work. */
  private static final Sizes FEW_LONG =
      new Sizes(
          Check.agreed("1.3559322", .8 / .59),
          .9 * .1 + .1 * 5,
          .9 * .1 * .1 + .1 * 5 * 5,
          .9 / .1 + .1 / 5);

  private SingleNodeCases() {}

  private record Sizes(double rate, double mean, double meanSquare, double meanInverse) {
    double waiting() {
      return Formulas.waiting(rate, mean, meanSquare);
    }
  }

  static List<Case> all() {
    return List.of(
        Case.of(
            "O-1 M/M/1",
            "T is exponential of rate mu - lambda: Harchol-Balter 2013, ch. 13",
            firstComeFirstServed(1, .8, Yaml.EXPONENTIAL),
            Check.of("", "T", Sample::meanLatency, "5", Formulas.manyServers(1, .8)),
            Check.of("", "E[N]", Sample::callsThere, "4", .8 * Formulas.manyServers(1, .8)),
            quantile("p50", .5, "3.465736"),
            quantile("p95", .95, "14.978661").within(.02),
            quantile("p99", .99, "23.025851").within(.03)),
        erlangC(2, .8, ".711111", "2.777778"),
        erlangC(4, .8, ".596432", "1.745541"),
        erlangC(8, .8, ".457645", "1.286028"),
        erlangC(16, .9, ".591343", "1.369590").slowly(),
        erlangC(12, .7, ".183889", "1.051080"),
        pollaczek("constant", "1s", 0, "3", .01),
        pollaczek("lognormal cv 2", Yaml.lognormal(2), 2, "11", .04),
        pollaczek("lognormal cv 4", Yaml.lognormal(4), 4, "35", .12).slowly(),
        sharing(1, "exponential", Yaml.EXPONENTIAL, "5", .01),
        sharing(1, "lognormal cv 2", Yaml.lognormal(2), "5", .02),
        sharing(4, "exponential", Yaml.EXPONENTIAL, "1.745541", .01),
        sharing(4, "lognormal cv 4", Yaml.lognormal(4), "1.745541", .03).slowly(),
        bySize(),
        fewLongOnes("O-13 PS bimodal", "", FEW_LONG.mean / .2, "2.95", 5, "5"),
        fewLongOnes(
            "O-13 FCFS bimodal",
            ", slots: 1",
            FEW_LONG.mean + FEW_LONG.waiting(),
            "9.095085",
            1 + FEW_LONG.waiting() * FEW_LONG.meanInverse,
            "77.7159"));
  }

  private static Check quantile(String name, double share, String printed) {
    return Check.of(
        "",
        name,
        sample -> sample.latencyQuantile(share),
        printed,
        Formulas.singleServerQuantile(.8, share));
  }

  private static Case erlangC(int cores, double rho, String waits, String printed) {
    Check.agreed(waits, Formulas.erlangC(cores, cores * rho));
    return Case.of(
        "O-2 M/M/" + cores,
        "Erlang C: Harchol-Balter 2013, ch. 14",
        firstComeFirstServed(cores, rho, Yaml.EXPONENTIAL),
        Check.of("", "T", Sample::meanLatency, printed, Formulas.manyServers(cores, rho)));
  }

  private static Case pollaczek(
      String law, String exec, double variation, String printed, double limit) {
    return Case.of(
        "O-3 M/G/1 " + law,
        "Pollaczek and Khinchine: Harchol-Balter 2013, ch. 23",
        firstComeFirstServed(1, .8, exec),
        Check.of(
                "", "T", Sample::meanLatency, printed, Formulas.firstComeFirstServed(.8, variation))
            .within(limit));
  }

  private static Case sharing(int cores, String law, String exec, String printed, double limit) {
    return Case.of(
        "O-4 PS " + cores + " cores " + law,
        "processor sharing is insensitive to the law: Harchol-Balter 2013, ch. 22 and 30; with at"
            + " most a core a call it has M/M/k's T: Cohen 1979",
        Yaml.of("count: 1, cpu: " + cores, exec, "random", Yaml.poisson(cores * .8)),
        Check.of("", "T", Sample::meanLatency, printed, Formulas.manyServers(cores, .8))
            .within(limit));
  }

  private static Case bySize() {
    Map<String, Double> sizes = Map.of("short", .5, "long", 1.5);
    return Case.of(
        "O-4 PS by size",
        "E[T|x] = x / (1 - rho): Harchol-Balter 2013, ch. 30",
        Yaml.together(
            "count: 1, cpu: 1",
            Map.of("short", "0.5s", "long", "1.5s"),
            "random",
            Yaml.poisson(.8)),
        Check.of("", "T of 0.5 s", s -> s.meanLatency("short"), "2.5", .5 / (1 - .8)),
        Check.of("", "T of 1.5 s", s -> s.meanLatency("long"), "7.5", 1.5 / (1 - .8)),
        Check.of("", "slowdown", s -> s.meanSlowdown(sizes), "5", 1 / (1 - .8)));
  }

  private static Case fewLongOnes(
      String name, String slots, double time, String printed, double slowdown, String shown) {
    var execs = new TreeMap<String, String>();
    var sizes = new TreeMap<String, Double>();
    for (int i = 0; i < 10; i++) {
      execs.put("f" + i, i == 0 ? "5s" : "0.1s");
      sizes.put("f" + i, i == 0 ? 5 : .1);
    }
    return Case.of(
        name,
        "Pollaczek and Khinchine; processor sharing: Harchol-Balter 2013, ch. 23 and 30",
        Yaml.together("count: 1, cpu: 1" + slots, execs, "random", Yaml.poisson(FEW_LONG.rate)),
        Check.of("", "T", Sample::meanLatency, printed, time).within(.02),
        Check.of("", "slowdown", s -> s.meanSlowdown(sizes), shown, slowdown).within(.02));
  }

  private static String firstComeFirstServed(int cores, double rho, String exec) {
    return Yaml.of(
        "count: 1, cpu: " + cores + ", slots: " + cores, exec, "random", Yaml.poisson(cores * rho));
  }
}
