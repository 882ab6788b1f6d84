package io.github.faasbench.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exact Markov chain of n single servers where each Poisson call draws d of them and joins the
 * shortest of their queues; d = n is join-shortest-queue. States are sorted queue lengths up to a
 * longest one; the stationary distribution comes from Gauss and Seidel's iteration.
 */
public final class ShortestOfSome {

  private static final double ENOUGH = 1e-11;

  private final int servers;
  private final int choices;
  private final boolean distinct;
  private final double rho;
  private final List<int[]> states = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final int longest;

  /** Into each state: from where, at what rate; and the rate out of it. */
  private int[][] from;

  private double[][] rates;
  private double[] out;

  /** Of each state: calls there, and servers at work. */
  private int[] calls;

  private int[] busy;

  private ShortestOfSome(int servers, int choices, boolean distinct, double rho, int longest) {
    this.servers = servers;
    this.choices = choices;
    this.distinct = distinct;
    this.rho = rho;
    this.longest = longest;
    enumerate(new int[servers], 0, longest);
    connect();
  }

  /**
   * T, in mean service times.
   *
   * @param distinct whether the servers drawn for a call are different ones
   * @param longest queues are cut there; a call that finds no place is lost
   */
  public static double meanTime(
      int servers, int choices, boolean distinct, double rho, int longest) {
    return new ShortestOfSome(servers, choices, distinct, rho, longest).meanTime();
  }

  /** All non-increasing sequences. */
  private void enumerate(int[] queues, int place, int most) {
    if (place == servers) {
      numbers.put(key(queues), states.size());
      states.add(queues.clone());
      return;
    }
    for (int length = 0; length <= most; length++) {
      queues[place] = length;
      enumerate(queues, place + 1, length);
    }
  }

  private int key(int[] sorted) {
    int key = 0;
    for (int length : sorted) {
      key = key * (longest + 2) + length;
    }
    return key;
  }

  private void connect() {
    List<List<double[]>> into = new ArrayList<>();
    states.forEach(state -> into.add(new ArrayList<>()));
    out = new double[states.size()];
    for (int number = 0; number < states.size(); number++) {
      int[] queues = states.get(number);
      for (int place = 0; place < servers; place++) {
        double joins = servers * rho * (chance(place + 1) - chance(place));
        if (joins > 0 && queues[place] < longest) {
          link(into, number, queues, place, 1, joins);
        }
        if (queues[place] > 0) {
          link(into, number, queues, place, -1, 1);
        }
      }
    }
    calls = states.stream().mapToInt(queues -> Arrays.stream(queues).sum()).toArray();
    busy =
        states.stream()
            .mapToInt(queues -> (int) Arrays.stream(queues).filter(length -> length > 0).count())
            .toArray();
    from = new int[states.size()][];
    rates = new double[states.size()][];
    for (int number = 0; number < states.size(); number++) {
      List<double[]> links = into.get(number);
      from[number] = links.stream().mapToInt(link -> (int) link[0]).toArray();
      rates[number] = links.stream().mapToDouble(link -> link[1]).toArray();
    }
  }

  /** That all servers drawn are among the first so many, those with the longest queues. */
  private double chance(int first) {
    double all = 1;
    for (int draw = 0; draw < choices; draw++) {
      all *=
          distinct
              ? Math.max(0, first - draw) / (double) (servers - draw)
              : first / (double) servers;
    }
    return all;
  }

  private void link(
      List<List<double[]>> into, int number, int[] queues, int place, int change, double rate) {
    int[] next = queues.clone();
    next[place] += change;
    Arrays.sort(next);
    for (int i = 0, j = servers - 1; i < j; i++, j--) {
      int length = next[i];
      next[i] = next[j];
      next[j] = length;
    }
    into.get(numbers.get(key(next))).add(new double[] {number, rate});
    out[number] += rate;
  }

  private double meanTime() {
    double[] share = new double[states.size()];
    Arrays.fill(share, 1);
    double before = 0;
    double mean = balance(share);
    while (Math.abs(mean - before) > ENOUGH * mean) {
      for (int number = 0; number < share.length; number++) {
        double inflow = 0;
        for (int i = 0; i < from[number].length; i++) {
          inflow += share[from[number][i]] * rates[number][i];
        }
        share[number] = inflow / out[number];
      }
      before = mean;
      mean = balance(share);
    }
    return mean / (servers * rho);
  }

  /**
   * Weighs the states with the same number of calls so that as many calls come as go between one
   * number and the next (aggregation and disaggregation: Takahashi 1975), which settles in some
   * sweeps what would take thousands.
   *
   * @return the mean number of calls there
   */
  private double balance(double[] share) {
    double[] there = new double[servers * longest + 1];
    double[] comes = new double[there.length];
    double[] goes = new double[there.length];
    for (int number = 0; number < share.length; number++) {
      there[calls[number]] += share[number];
      comes[calls[number]] += share[number] * (out[number] - busy[number]);
      goes[calls[number]] += share[number] * busy[number];
    }
    double[] weight = new double[there.length];
    weight[0] = 1;
    double all = there[0];
    double mean = 0;
    for (int n = 1; n < there.length; n++) {
      weight[n] = goes[n] == 0 ? 0 : weight[n - 1] * comes[n - 1] / goes[n];
      all += weight[n] * there[n];
      mean += weight[n] * there[n] * n;
    }
    for (int number = 0; number < share.length; number++) {
      share[number] *= weight[calls[number]] / all;
    }
    return mean / all;
  }
}
