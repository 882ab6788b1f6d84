package io.github.faasbench.gateway;

import java.util.ArrayList;
import java.util.List;

/** Calls that have not given their record yet, in the order in which they came: a linked list. */
final class OpenCalls {

  private Call first;
  private Call last;
  private int count;

  void add(Call call) {
    call.open = true;
    call.before = last;
    if (last == null) {
      first = call;
    } else {
      last.after = call;
    }
    last = call;
    count++;
  }

  void remove(Call call) {
    call.open = false;
    if (call.before == null) {
      first = call.after;
    } else {
      call.before.after = call.after;
    }
    if (call.after == null) {
      last = call.before;
    } else {
      call.after.before = call.before;
    }
    count--;
  }

  int count() {
    return count;
  }

  List<Call> all() {
    List<Call> all = new ArrayList<>();
    for (Call call = first; call != null; call = call.after) {
      all.add(call);
    }
    return all;
  }
}
