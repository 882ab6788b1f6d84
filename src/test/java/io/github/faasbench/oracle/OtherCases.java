package io.github.faasbench.oracle;

import io.github.faasbench.theory.Formulas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Systems that refuse calls, closed loops, and containers that are kept for a time. */
final class OtherCases {

  private static final String ERLANG =
      "Erlang B, insensitive to the law: Harchol-Balter 2013, ch. 15";
  private static final String MEANS = "mean value analysis: Harchol-Balter 2013, ch. 18";

  private OtherCases() {}

  static List<Case> all() {
    var cases = new ArrayList<Case>();
    cases.add(loss(1000, 2016, Yaml.EXPONENTIAL, "exponential", ".5044546"));
    cases.add(loss(10, 8, Yaml.EXPONENTIAL, "exponential", ".1216611"));
    cases.add(loss(10, 8, Yaml.lognormal(2), "lognormal cv 2", ".1216611"));
    cases.add(loss(5, 3, "1s", "constant", ".1100543"));
    cases.add(lossAtGateway());
    cases.add(oneServer("FCFS", ", slots: 1", "{exponential: {mean: 100ms}}"));
    cases.add(oneServer("PS lognormal cv 2", "", "{lognormal: {mean: 100ms, sd: 200ms}}"));
    cases.add(longThinking());
    cases.add(fourCores(20, .25, "14.313551", ".397277", ".894597"));
    cases.add(fourCores(50, .1, "38.849823", ".287007", ".971246"));
    cases.add(network());
    cases.add(timeToLive("12/h", 1 / 300.0, ".135335", ".333333"));
    cases.add(timeToLive("6/h", 1 / 600.0, ".367879", ".5"));
    cases.add(timeToLive("3/h", 1 / 1200.0, ".606531", ".666667"));
    return cases;
  }

  private static Case loss(int slots, int rate, String exec, String law, String printed) {
    return Case.of(
        "O-12 M/G/" + slots + "/" + slots + " " + law,
        ERLANG,
        Yaml.of(
            "count: 1, whenFull: reject, cpu: " + slots + ", slots: " + slots,
            exec,
            "random",
            Yaml.poisson(rate)),
        Check.of("", "rejected", Sample::rejectedShare, printed, Formulas.erlangB(slots, rate))
            .within(.02));
  }

  /** First fit knows the slots: what none of the nodes has is refused before it is sent. */
  private static Case lossAtGateway() {
    return Case.of(
        "O-12 M/M/10/10 at the gateway",
        ERLANG,
        Yaml.of("count: 2, cpu: 5, slots: 5", Yaml.EXPONENTIAL, "first-fit", Yaml.poisson(8))
            + "whenNoNode: reject\n",
        Check.of("", "rejected", Sample::rejectedShare, ".1216611", Formulas.erlangB(10, 8))
            .within(.02));
  }

  private static Case oneServer(String discipline, String slots, String exec) {
    String loads = "[" + closed(10, "1s") + ", " + closed(20, "1s") + "]";
    Formulas.Loop ten = Formulas.closedLoop(10, 1, .1);
    Formulas.Loop twenty = Formulas.closedLoop(20, 1, .1);
    return Case.of(
        "O-15 closed Z=1 S=.1 " + discipline,
        MEANS,
        Yaml.of("count: 1, cpu: 1" + slots, exec, "random", loads),
        Check.of("clients=10", "X", Sample::throughput, "7.854177", ten.throughput()),
        Check.of("clients=10", "R", Sample::meanLatency, ".273208", ten.responseTime()),
        Check.of("clients=20", "X", Sample::throughput, "9.981310", twenty.throughput()),
        Check.of("clients=20", "R", Sample::meanLatency, "1.003745", twenty.responseTime()));
  }

  private static Case longThinking() {
    Formulas.Loop loop = Formulas.closedLoop(50, 5, .1);
    return Case.of(
        "O-15 closed N=50 Z=5 S=.1",
        MEANS,
        Yaml.of(
            "count: 1, cpu: 1, slots: 1",
            "{exponential: {mean: 100ms}}",
            "random",
            closed(50, "5s")),
        Check.of("", "X", Sample::throughput, "8.952125", loop.throughput()),
        Check.of("", "R", Sample::meanLatency, ".585266", loop.responseTime()));
  }

  private static Case fourCores(
      int clients, double service, String throughput, String response, String busy) {
    Formulas.Loop loop = Formulas.closedLoop(clients, 1, service, 4);
    return Case.of(
        "O-15 closed M/M/4//" + clients,
        "machine repair model: Kleinrock 1975, vol. 1, ch. 3",
        Yaml.of(
            "count: 1, cpu: 4, slots: 4",
            "{exponential: {mean: " + Math.round(1000 * service) + "ms}}",
            "random",
            closed(clients, "1s")),
        Check.of("", "X", Sample::throughput, throughput, loop.throughput()),
        Check.of("", "R", Sample::meanLatency, response, loop.responseTime()),
        Check.of("", "U", s -> s.callsExecuted() / 4, busy, loop.throughput() * service / 4));
  }

  /** Without think time, over nodes drawn at random. */
  private static Case network() {
    Formulas.Loop loop = Formulas.closedNetwork(16, 4);
    return Case.of(
        "O-15 closed network N=16 n=4",
        "closed Jackson network: Harchol-Balter 2013, ch. 18",
        Yaml.of("count: 4, cpu: 1, slots: 1", Yaml.EXPONENTIAL, "random", closed(16, "0s")),
        Check.of("", "X", Sample::throughput, "3.368421", loop.throughput()),
        Check.of("", "R", Sample::meanLatency, "4.75", loop.responseTime()));
  }

  private static String closed(int clients, String think) {
    return "{closed: {clients: " + clients + ", think: " + think + "}}";
  }

  /** A container that lives ten minutes, counted from its last use or from its first. */
  private static Case timeToLive(String rate, double perSecond, String last, String first) {
    return Case.of(
        "O-16 time to live 600, rate " + rate,
        "renewal theory: e^-rT; 1 / (1 + rT) where use does not renew",
        Yaml.functions(
                "count: 1, cpu: 1", Map.of("f", "0s"), "random", "{poisson: {rate: " + rate + "}}")
            + "warming: cold\n"
            + "keepAlive: [{fixed: {ttl: 10m, reset: true}}, {fixed: {ttl: 10m, reset: false}}]\n",
        Check.of("reset=true", "cold", Sample::coldShare, last, Math.exp(-perSecond * 600)),
        Check.of("reset=false", "cold", Sample::coldShare, first, 1 / (1 + perSecond * 600)));
  }
}
