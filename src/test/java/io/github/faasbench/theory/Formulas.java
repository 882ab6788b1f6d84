package io.github.faasbench.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * Closed forms of queueing theory. The unit of time is the mean service time unless said, rho the
 * load of a server, T the mean time from arrival to end. The references are chapters of
 * Harchol-Balter, "Performance Modeling and Design of Computer Systems", Cambridge 2013, unless
 * another source is named.
 */
public final class Formulas {

  private Formulas() {}

  /** The share of calls that meet all servers busy and are refused: Erlang B, chapter 15. */
  public static double erlangB(int servers, double offered) {
    double blocked = 1;
    for (int i = 1; i <= servers; i++) {
      blocked = offered * blocked / (i + offered * blocked);
    }
    return blocked;
  }

  /** The share of calls that meet all servers busy and wait: Erlang C, chapter 14. */
  public static double erlangC(int servers, double offered) {
    double blocked = erlangB(servers, offered);
    return blocked / (1 - offered / servers * (1 - blocked));
  }

  /** T of M/M/k. */
  public static double manyServers(int servers, double rho) {
    double offered = servers * rho;
    return 1 + erlangC(servers, offered) / (servers - offered);
  }

  /** T of M/G/1, first come first served, by load and coefficient of variation. */
  public static double firstComeFirstServed(double rho, double variation) {
    return 1 + waiting(rho, 1, 1 + variation * variation);
  }

  /** Time in the queue of an M/G/1: Pollaczek and Khinchine, chapter 23. */
  public static double waiting(double rate, double mean, double meanSquare) {
    return rate * meanSquare / (2 * (1 - rate * mean));
  }

  /** A quantile of the time in an M/M/1, which is exponential, chapter 13. */
  public static double singleServerQuantile(double rho, double quantile) {
    return -Math.log(1 - quantile) / (1 - rho);
  }

  /** T of E_k/M/1: what each of k servers is when they take Poisson arrivals in turn. */
  public static double roundRobin(int servers, double rho) {
    double rate = servers * rho;
    return 1 / (1 - root(s -> Math.pow(rate / (rate + 1 - s), servers)));
  }

  /** T of D/M/1: arrivals at equal distances. */
  public static double evenArrivals(double rho) {
    return 1 / (1 - root(s -> Math.exp(-(1 - s) / rho)));
  }

  /** The root of s = f(s) below 1, for the transform of the arrivals' distances at 1 - s. */
  private static double root(DoubleUnaryOperator transform) {
    double s = 0.5;
    for (int i = 0; i < 10_000; i++) {
      s = transform.applyAsDouble(s);
    }
    return s;
  }

  /** T where each call draws d of infinitely many servers: Mitzenmacher, TPDS 12(10), 2001. */
  public static double powerOfChoices(double rho, int choices) {
    double time = 0;
    for (int i = 1; i < 64; i++) {
      double exponent = (Math.pow(choices, i) - choices) / (choices - 1);
      time += Math.pow(rho, exponent);
    }
    return time;
  }

  /** Erlangs that the i-th of many nodes with that many slots carries under first fit. */
  public static double firstFit(int node, int slots, double offered) {
    return offered * (erlangB(slots * (node - 1), offered) - erlangB(slots * node, offered));
  }

  /** What a closed loop makes of its clients. */
  public record Loop(double throughput, double responseTime) {}

  /** Clients that think and then call one server: mean value analysis, chapter 18. */
  public static Loop closedLoop(int clients, double think, double service) {
    double there = 0;
    double response = service;
    double throughput = 0;
    for (int n = 1; n <= clients; n++) {
      response = service * (1 + there);
      throughput = n / (think + response);
      there = throughput * response;
    }
    return new Loop(throughput, response);
  }

  /** The same with several servers and one queue: the machine repair model, M/M/c//N. */
  public static Loop closedLoop(int clients, double think, double service, int servers) {
    double weight = 1;
    double all = 1;
    double done = 0;
    for (int n = 1; n <= clients; n++) {
      double rate = Math.min(n, servers) / service;
      weight *= (clients - n + 1) / think / rate;
      all += weight;
      done += weight * rate;
    }
    double throughput = done / all;
    return new Loop(throughput, clients / throughput - think);
  }

  /**
   * Clients that never think and go to any of the nodes: a closed Jackson network, chapter 18. Each
   * node serves 1 per unit.
   */
  public static Loop closedNetwork(int clients, int nodes) {
    double throughput = (double) nodes * clients / (clients + nodes - 1);
    return new Loop(throughput, clients / throughput);
  }
}
