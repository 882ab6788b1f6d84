import java.math.BigInteger;

/** Computes N iterations of the Fibonacci series: once from the command line, or call by call from a resident runtime. */
public final class Fibonacci {

  static BigInteger fibonacci(int n) {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int i = 0; i < n; i++) {
      BigInteger sum = a.add(b);
      a = b;
      b = sum;
    }
    return a;
  }

  public static Object handle(String[] args) {
    fibonacci(Integer.parseInt(args[0]));
    return "Ok";
  }

  public static void main(String[] args) {
    System.out.println(handle(args));
  }
}
