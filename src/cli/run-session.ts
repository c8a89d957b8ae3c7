import type { App } from '../app/app.ts';
import { reasonOf } from '../core/errors.ts';
import type { Emit, RunFinished } from '../core/events.ts';
import { createRunControl, INTERRUPTED, type RunControl } from '../pipeline/run-control.ts';
import { type Session, type SessionFlags, withSession } from './session.ts';
import type { Shell } from './shell.ts';

export interface RunHandles {
  readonly app: App;
  readonly emit: Emit;
  readonly control: RunControl;
  readonly session: Session;
}

/**
 * A session whose work can be interrupted: the first SIGINT or SIGTERM stops in order, the second at
 * once. The run's exit code becomes the program's.
 */
export function withRunSession(
  shell: Shell,
  flags: SessionFlags,
  run: (handles: RunHandles) => Promise<Pick<RunFinished, 'exitCode'>>,
): Promise<void> {
  return withSession(shell, flags, async (session) => {
    const reporter = session.reporter();
    const emit: Emit = (event) => reporter.on(event);
    const control = createRunControl((reason) => emit({ type: 'run.stopping', reason }));
    const onSignal = (): void => (control.soft.aborted ? control.stopNow() : control.stop(INTERRUPTED));
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    try {
      const { exitCode } = await run({ app: session.app, emit, control, session });
      shell.exit(exitCode);
    } catch (error) {
      emit({ type: 'run.broke', reason: reasonOf(error) });
      throw error;
    } finally {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      reporter.close();
    }
  });
}
