import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the contract of the runtimes asks for: the first argument says what to do. */
public final class Fibonacci {

  /** Has no text to tell. */
  private static final class Mute extends Error {
    @Override
    public String toString() {
      throw new IllegalStateException();
    }
  }

  public static Object handle(String[] args) throws Exception {
    List<String> rest = Arrays.asList(args).subList(1, args.length);
    switch (args[0]) {
      case "echo":
        return rest;
      case "print":
        System.out.println(rest.get(0));
        return "Ok";
      case "fail":
        throw new Exception(rest.get(0));
      case "mute":
        throw new Mute();
      case "huge":
        return "x".repeat(1 << 20);
      case "unsayable":
        return Double.NaN;
      case "map":
        return Map.of("a", new Object[] {1, 2.5, null, true, List.of(), Map.of()});
      case "thread":
        new Thread(() -> sleep(1_000_000)).start();
        return "Ok";
      default:
        return "Ok";
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.println(handle(args));
  }
}
