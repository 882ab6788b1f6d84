package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.RunRequest.Demand;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import java.nio.charset.StandardCharsets;

/**
 * A function's model, ready to draw from. Service times are drawn by (seed, function, invocation)
 * and start times by another seed and the same two, so that a call is the same under every policy;
 * what is done for no call is drawn by its own count.
 */
final class Model {

  /** A longer time than anybody simulates, and short enough to be added to: 30 years. */
  private static final long LONGEST_NANOS = 1_000_000_000L * 60 * 60 * 24 * 365 * 30;

  final String function;

  /** The image's reference with its tag. */
  final String image;

  /** The image's number in the cluster. */
  final int imageNumber;

  final long memoryBytes;

  /** Cores in the processor's units. */
  final long cores;

  final long sizeBytes;
  private final String givenImage;
  private final FunctionModel given;
  private final boolean execGiven;
  private final long serviceSeed;
  private final long startsSeed;
  private final long pullSeed;
  private final long unpauseSeed;
  private final Stream stream = new Stream(0);
  private long prepared;
  private long pulled;

  Model(FunctionSpec function, int imageNumber, SimCluster.Seeds seeds) {
    this.function = function.name();
    givenImage = function.image();
    image = Inventory.withTag(givenImage);
    this.imageNumber = imageNumber;
    given =
        function
            .model()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "function " + function.name() + " has no model to simulate it by"));
    execGiven = given.execGiven();
    memoryBytes = given.memoryBytes();
    cores = Processor.units(given.cores());
    sizeBytes = given.sizeBytes();
    long key = key(function.name());
    serviceSeed = Stream.of(seeds.service(), key).nextLong();
    Stream starts = Stream.of(seeds.starts(), key);
    startsSeed = starts.nextLong();
    pullSeed = starts.nextLong();
    unpauseSeed = starts.nextLong();
  }

  /** Whether that reference means its image. */
  boolean isOf(String reference) {
    return reference.equals(givenImage) || Inventory.withTag(reference).equals(image);
  }

  /** CPU time of a call. */
  long execNanos(Demand demand) {
    if (demand.execNanos() >= 0) {
      return demand.execNanos();
    }
    if (!execGiven) {
      throw new IllegalStateException(
          "neither the model of " + function + " nor the call says how long it takes");
    }
    return draw(given.exec(), stream.reset(serviceSeed, demand.invocation()));
  }

  /** Wall time until a new container can run its first call: creation, start, runtime. */
  long startNanos(Demand demand) {
    stream.reset(startsSeed, demand.invocation() > 0 ? demand.invocation() : --prepared);
    long start = draw(given.start(), stream);
    return start + (demand.initNanos() >= 0 ? demand.initNanos() : draw(given.init(), stream));
  }

  /** Wall time until a paused container runs again, for that call. */
  long unpauseNanos(Demand demand) {
    return draw(given.unpause(), stream.reset(unpauseSeed, demand.invocation()));
  }

  /** Wall time of an image pull, where its size does not say. */
  long pullNanos(Demand demand) {
    long key = demand.invocation() > 0 ? demand.invocation() : --pulled;
    return draw(given.pull(), stream.reset(pullSeed, key));
  }

  private static long draw(Distribution distribution, Stream stream) {
    return Math.min(LONGEST_NANOS, (long) (distribution.sample(stream) * 1e9 + 0.5));
  }

  /** FNV-1a of the name, 64 bits: the same on every machine. */
  private static long key(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b & 0xFF) * 0x100000001B3L;
    }
    return hash;
  }
}
