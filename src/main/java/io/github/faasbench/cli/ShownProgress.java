package io.github.faasbench.cli;

import io.github.faasbench.runner.RunListener;

/** Shows the user how a run goes on. */
interface ShownProgress extends RunListener {

  /** Nothing more will come. */
  void end();
}
